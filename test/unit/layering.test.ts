// Imports point down: every import in src against one table, and the few things that no file may hold.
import { readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

/** Who may import whom, by the first name of a path under src. Everyone may import itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  inflate: ['core'],
  // Of the build alone.
  catalogues: [],
  browser: [],
  gate: ['core', 'inflate', 'browser'],
  holder: ['core', 'browser'],
  embed: [],
  issuer: ['core', 'inflate'],
  host: ['core'],
  demo: ['core', 'issuer', 'holder', 'host'],
  cli: ['core', 'inflate', 'gate', 'issuer', 'holder', 'host', 'demo'],
}
/** Those that run where there is no Node. */
const withoutNode = new Set(['core', 'inflate', 'browser', 'gate', 'holder', 'embed'])

const root = fileURLToPath(new URL('../../src/', import.meta.url))
const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((file) => file.isFile() && /\.tsx?$/.test(file.name))
  .map((file) => join(file.parentPath, file.name))
  .map((path) => ({ path: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }))

const actorOf = (path: string): string => path.replace(/[/.].*$/s, '')

const forms = [
  /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm,
  /^\s*import\s*['"]([^'"]+)['"]/gm,
  /\bimport\(\s*['"`]([^'"`]+)['"`]/g,
  /\bnew URL\(\s*['"`](\.[^'"`]+)['"`]\s*,\s*import\.meta\.url/g,
]

/** What a file imports, as written, less a bundler's query. */
const importsOf = (text: string): string[] =>
  forms.flatMap((form) => [...text.matchAll(form)].map((match) => (match[1] ?? '').replace(/\?.*$/, '')))

/** The faults of one import, in words. */
function faultOf(path: string, target: string): string | undefined {
  const from = actorOf(path)
  if (!target.startsWith('.')) {
    if (from === 'core' && target !== 'jose') return `${path} imports ${target}; the core knows jose alone`
    if (from === 'inflate') return `${path} imports ${target}; it needs no package`
    return withoutNode.has(from) && isBuiltin(target) ? `${path} imports ${target}; there is no Node` : undefined
  }
  const to = posix.join(posix.dirname(path), target)
  if (to.startsWith('../')) return to === '../package.json' ? undefined : `${path} imports ${target}, outside src`
  const allowed = actorOf(to) === from || mayImport[from]?.includes(actorOf(to))
  return allowed ? undefined : `${path} imports ${target}; ${from} may not import ${actorOf(to)}`
}

describe('imports', () => {
  test('every file stands in the table', () => {
    expect(files.length).toBeGreaterThan(10)
    expect([...new Set(files.map(({ path }) => actorOf(path)))].filter((actor) => !(actor in mayImport))).toEqual([])
  })

  test('point down', () => {
    const faults = files.flatMap(({ path, text }) => importsOf(text).flatMap((target) => faultOf(path, target) ?? []))
    expect(faults).toEqual([])
  })

  test('the service worker knows nothing of tokens', () => {
    const workers = files.filter(({ path }) => /(?:\/sw|stored\.worker)\.ts$/.test(path))
    expect(workers.map(({ path }) => path).toSorted()).toEqual([
      'browser/stored.worker.ts',
      'gate/sw.ts',
      'holder/sw.ts',
    ])
    const own = new Set(['../browser/stored.worker.ts', './messages.ts'])
    expect(workers.flatMap(({ text }) => importsOf(text)).filter((to) => to.startsWith('.') && !own.has(to))).toEqual(
      [],
    )
  })

  test('are found in every form', () => {
    const text = `import { a } from './a.ts'
import type {
  B,
} from "./b.ts"
export * from './c.ts'
import './d.css'
const e = await import('./e.ts')
new Worker(new URL('./f.ts', import.meta.url), { type: 'module' })
import g from './g.wasm?url'
const text = 'from nowhere'
`
    expect(importsOf(text).toSorted()).toEqual('a.ts b.ts c.ts d.css e.ts f.ts g.wasm'.split(' ').map((p) => `./${p}`))
  })

  test('that point up are found', () => {
    expect(faultOf('core/verify.ts', './keys.ts')).toBeUndefined()
    expect(faultOf('core/verify.ts', '../gate/gate.ts')).toContain('may not')
    expect(faultOf('core/verify.ts', 'react')).toContain('jose alone')
    expect(faultOf('gate/main.tsx', '../issuer/sign.ts')).toContain('may not')
    expect(faultOf('gate/trust/fetch.ts', 'node:fs')).toContain('no Node')
    expect(faultOf('gate/main.tsx', '../../test/x.ts')).toContain('outside')
    expect(faultOf('cli.ts', './demo/people.ts')).toBeUndefined()
  })
})

/** What no file of the product may hold. Words in comments do not count, except those that speak to the compiler. */
const banned: readonly [name: string, pattern: RegExp][] = [
  ['console', /\bconsole\s*[.[]/],
  ['dangerouslySetInnerHTML', /dangerouslySetInnerHTML/],
  ['as any', /\bas\s+any\b/],
  ['eval', /\beval\(|new Function\(/],
]
const withoutComments = (text: string): string => text.replace(/\/\*.*?\*\/|(?<=^|\s)\/\/[^\n]*/gs, '')

describe('no file of src holds', () => {
  test.each(banned)('%s', (_, pattern) => {
    expect(files.filter(({ text }) => pattern.test(withoutComments(text))).map(({ path }) => path)).toEqual([])
  })

  test('a word that silences the compiler', () => {
    const silenced = /@ts-(?:ignore|nocheck|expect-error)/
    expect(files.filter(({ text }) => silenced.test(text)).map(({ path }) => path)).toEqual([])
  })
})
