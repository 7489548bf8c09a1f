// Words that stand in the code of the gate and in no catalogue, and what the code says of the catalogue's: by parsing it.
import { parseSync } from 'vite'

/** A call of `say`: which ids it may be about, and the names of what it fills in. */
export interface Saying {
  readonly ids: readonly RegExp[]
  readonly values: readonly string[]
}

interface Node {
  readonly type: string
  readonly start: number
  readonly [member: string]: unknown
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

const nodesIn = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [])

const childrenOf = (node: Node): Node[] => Object.values(node).flatMap(nodesIn)

const nameOf = (node: unknown): string =>
  isNode(node) && 'name' in node && typeof node['name'] === 'string' ? node['name'] : ''

function programOf(name: string, source: string): Node {
  const { program, errors } = parseSync(name, source)
  if (errors.length > 0 || !isNode(program)) throw new Error(`${name} does not parse`)
  return program
}

/** Nothing under these is shown to anybody. */
const silent = /^(?:Import|ExportAll|TS(?:LiteralType|TypeReference|UnionType|TemplateLiteralType))/

/** Attributes that are shown or read out; the others hold names that only machines read. */
const shown = /^(?:aria-(?:label|description|roledescription|valuetext|placeholder)|title|alt|placeholder|label)$/

/** Two words, or one that begins like a sentence. */
const looksLikeWords = (text: string): boolean =>
  /\p{L}\S*\s+\S*\p{L}/u.test(text) || /^\s*\p{Lu}\p{Ll}/u.test(text) || /[^\p{ASCII}\p{P}\s]/u.test(text)

/** What a machine reads, though it looks like words: a key, a shape of SVG, types of files. */
const machine = /^(?:Escape|[MmLlHhVvAaCcZz\d\s.,-]+|[\w.+-]+\/[\w.+*-]+(?:;.*)?)$/

function textOf(node: Node): string {
  const { value } = node
  if ((node.type === 'Literal' || node.type === 'JSXText') && typeof value === 'string') return value
  if (node.type === 'TemplateElement' && typeof value === 'object' && value !== null && 'raw' in value)
    return String(value.raw)
  return ''
}

/** Every string that a person might be shown: "3: Hold the code". */
export function stringsIn(name: string, source: string): string[] {
  const found: string[] = []
  const look = (node: Node, within: { readonly jsx: boolean; readonly attribute: boolean }): void => {
    if (silent.test(node.type)) return
    const text = textOf(node)
    const isSpoken =
      node.type === 'JSXText' || (within.jsx && /^(?:Literal|TemplateElement)$/.test(node.type)) || within.attribute
    const counts = isSpoken ? /\p{L}/u.test(text) : looksLikeWords(text) && !machine.test(text)
    if (counts) found.push(`${source.slice(0, node.start).split('\n').length}: ${text.trim()}`)
    for (const child of childrenOf(node)) {
      // A call's arguments are that function's business: an id is none of the words.
      const opaque =
        /^(?:CallExpression|NewExpression|ArrowFunctionExpression|JSXSpreadAttribute|TSAsExpression)$/.test(node.type)
      const attribute = node.type === 'JSXAttribute' && shown.test(nameOf(node['name']))
      if (node.type === 'JSXAttribute' && !attribute && child.type === 'Literal') continue
      if (node.type === 'JSXAttribute') look(child, { jsx: false, attribute })
      else if (/^JSX(?:Element|Fragment)$/.test(node.type)) look(child, { jsx: true, attribute: false })
      else look(child, opaque || node.type === 'BinaryExpression' ? { jsx: false, attribute: false } : within)
    }
  }
  look(programOf(name, source), { jsx: false, attribute: false })
  return found
}

/** The ids that an expression may have: of a template every one that fits. */
function idsOf(node: Node): RegExp[] {
  if (node.type === 'ConditionalExpression')
    return [node['consequent'], node['alternate']].flatMap(nodesIn).flatMap(idsOf)
  const parts = node.type === 'TemplateLiteral' ? nodesIn(node['quasis']).map(textOf) : [textOf(node)]
  return [new RegExp(`^${parts.map((part) => part.replaceAll('.', String.raw`\.`)).join('[^.]+')}$`)]
}

export function sayingsIn(name: string, source: string): Saying[] {
  const found: Saying[] = []
  const look = (node: Node): void => {
    if (node.type === 'CallExpression' && nameOf(node['callee']) === 'say') {
      const [id, values] = nodesIn(node['arguments'])
      const given = values ? nodesIn(values['properties']).map(({ key }) => nameOf(key)) : []
      found.push({ ids: id ? idsOf(id) : [], values: given })
    }
    for (const child of childrenOf(node)) look(child)
  }
  look(programOf(name, source))
  return found
}
