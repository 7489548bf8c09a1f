// The documents against what is there: links lead somewhere, and commands, options, files and tests that are named exist.
import { Command } from '@commander-js/extra-typings'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { addConfig } from '../../src/cli/config.ts'
import { addEnrol } from '../../src/cli/enrol.ts'
import { addEntities } from '../../src/cli/entity.ts'
import { addEntry } from '../../src/cli/entry.ts'
import { addHeaders } from '../../src/cli/headers.ts'
import { addIssue } from '../../src/cli/issue.ts'
import { addKeygen } from '../../src/cli/keygen.ts'
import { addKeys } from '../../src/cli/keys.ts'
import { addPurge } from '../../src/cli/purge.ts'
import { addRegister } from '../../src/cli/register.ts'
import { addRevoke } from '../../src/cli/revoke.ts'
import { addServe } from '../../src/cli/serve.ts'
import { addTrust } from '../../src/cli/trust.ts'
import { addVerify } from '../../src/cli/verify.ts'
import { isFields } from '../../src/core/compact.ts'

const documents = [
  'README.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]
const textOf = (path: string): string => readFileSync(path, 'utf8')
const matchesIn = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((found) => found[1] ?? '')

/** Every file of a folder, by its path. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
const tests = filesIn('test')

/** The name of a heading as an address has it, on GitHub and elsewhere. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s/g, '-')
const anchorsIn = (path: string): string[] => matchesIn(textOf(path), /^#+\s+(.+)$/gm).map(anchorOf)

describe.each(documents)('%s', (path) => {
  const text = textOf(path)
  const withoutFences = text.replace(/^```.*?^```$/gms, '')

  test('has links and pictures that lead somewhere', () => {
    const targets = [...matchesIn(withoutFences, /\]\(([^)\s]+)\)/g), ...matchesIn(withoutFences, /\bsrc="([^"]+)"/g)]
    const broken = targets.filter((target) => {
      if (/^https?:/.test(target)) return false
      const [file = '', anchor] = target.split('#')
      const place = file === '' ? path : join(dirname(path), file)
      return !existsSync(place) || (anchor !== undefined && !anchorsIn(place).includes(anchor))
    })
    expect(broken).toEqual([])
  })

  test('names npm scripts that there are', () => {
    const parsed: unknown = JSON.parse(textOf('package.json'))
    const scripts = isFields(parsed) && isFields(parsed['scripts']) ? parsed['scripts'] : {}
    // A line of prose may break between the words.
    const named = matchesIn(text, /\bnpm\s+run\s+(?:-s\s+)?([\w:-]+)/g)
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })

  test('names commands and options that there are', () => {
    const lines = text.replaceAll(/\\\n\s*/g, ' ').split('\n')
    const faults = lines.flatMap((line) =>
      matchesIn(line, /(?:^|[`(]|run -s )kycvs(?: --)? ([a-z][^`|]*)/g).flatMap(faultsOf),
    )
    expect(faults).toEqual([])
    const options = matchesIn(withoutFences, /`(--[a-z][\w-]*)/g)
    expect(options.filter((option) => !everyOption.has(option))).toEqual([])
  })

  test('names files that there are', () => {
    const named = matchesIn(withoutFences, /`([\w./-]+\/[\w.-]+\.(?:tsx?|sql|css))`/g)
    expect(named.filter((name) => !existsSync(name) && !existsSync(join('src', name)))).toEqual([])
  })
})

const program = new Command('kycvs')
for (const add of [addKeygen, addIssue, addRevoke, addTrust, addVerify, addConfig, addServe]) add(program)
for (const add of [addRegister, addEntities, addKeys, addEntry, addPurge, addHeaders, addEnrol]) add(program)

interface Known {
  readonly words: string
  readonly options: ReadonlySet<string>
}

/** Commands with their subcommands, by all their words: the longer ones first. */
const commands = program.commands
  .flatMap((command) => [
    ...command.commands.map((sub) => known(`${command.name()} ${sub.name()}`, sub.options)),
    known(command.name(), command.options),
  ])
  .toSorted((one, other) => other.words.length - one.words.length)
const everyOption = new Set(['--help', ...commands.flatMap(({ options }) => [...options])])

function known(words: string, options: readonly { readonly long?: string | undefined }[]): Known {
  return { words, options: new Set(['--help', ...options.flatMap(({ long }) => long ?? [])]) }
}

function faultsOf(call: string): string[] {
  // What follows in the shell is not the command's own.
  const [own = ''] = call.split(/[>;&#]/)
  const command = commands.find(({ words }) => own === words || own.startsWith(`${words} `))
  if (!command) return [`no command: ${own}`]
  return matchesIn(own, /(?<=\s)(--[\w-]+)/g)
    .filter((option) => !command.options.has(option))
    .map((option) => `${command.words} has no ${option}`)
}

/** Where the threat model names a test by its own words: “words” (`file.test.ts`). */
const proofs = [...textOf('docs/threat-model.md').matchAll(/((?:“[^”]+”(?:,\s|;\s)?)+)\s\(`([\w.-]+\.ts)`\)/g)].flatMap(
  ([, words = '', file = '']) => matchesIn(words, /“([^”]+)”/g).map((name): [string, string] => [name, file]),
)

describe('the threat model', () => {
  test('is proved by tests', () => expect(proofs.length).toBeGreaterThan(40))

  test.each(proofs)('“%s” is a test of %s', (name, file) => {
    const path = tests.find((one) => basename(one) === file) ?? ''
    expect(textOf(path)).toContain(name)
  })

  test('names test files and vectors that there are', () => {
    const text = textOf('docs/threat-model.md')
    const files = matchesIn(text, /`([\w.-]+\.test\.ts)`/g).filter(
      (name) => !tests.some((one) => basename(one) === name),
    )
    const vectors = new Set(readdirSync('test/vectors').map((name) => basename(name, '.json')))
    const named = matchesIn(
      text,
      /`((?:signature|header|payload|code|times|status|trust|live|clock|claims|kid)-[\w.*-]+)`/g,
    )
    const missing = named.filter((name) => {
      const pattern = new RegExp(`^${name.replaceAll('.', '\\.').replaceAll('*', '.*')}$`)
      return ![...vectors].some((vector) => pattern.test(vector))
    })
    expect([...files, ...missing]).toEqual([])
  })
})
