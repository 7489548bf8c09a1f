// docs/licences.md: whose work ships, and under which licence. `npm run licences` writes it, and a test compares.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lockedPackages, type Locked } from './lock.ts'
import { shippedIn, type Shipped } from './shipped.ts'

export const LICENCES = 'docs/licences.md'

/** Licences that ask for no more than to be named. SPDX. */
const permissive: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'PostgreSQL',
])

/** Whether one may choose a permissive licence out of an SPDX expression of alternatives. */
export const isPermissive = (license: string): boolean =>
  license
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some((choice) => permissive.has(choice))

/** What a package has in it of others, which no lock file tells. */
const within: Readonly<Record<string, string>> = {
  'html5-qrcode': 'zxing-js (Apache-2.0)',
  'zxing-wasm': 'zxing-cpp (Apache-2.0), Emscripten’s runtime (MIT)',
  '@electric-sql/pglite': 'PostgreSQL (PostgreSQL), Emscripten’s runtime (MIT)',
}

/** The lines of a package's licence that name somebody. */
function copyrightOf({ path }: Locked): string {
  const file = readdirSync(path).find((name) => /^(?:licen[cs]e|copying)(?:[.-]|$)/i.test(name))
  const text = file === undefined ? '' : readFileSync(join(path, file), 'utf8')
  const lines = [...text.matchAll(/^\W*(copyright (?:\(c\)|©|\d).*?)\.?\s*$/gim)]
  return [...new Set(lines.map(([, line = '']) => line.replaceAll('|', ' ')))].join('; ')
}

const table = (rows: readonly (readonly string[])[]): string => rows.map((row) => `| ${row.join(' | ')} |`).join('\n')

export interface Licences {
  readonly text: string
  /** Packages whose licence is not among the permissive ones. */
  readonly others: readonly string[]
}

export function licences(shipped: Shipped): Licences {
  const locked = lockedPackages()
  const onPhones = locked.filter(({ path }) => shippedIn.some((page) => shipped[page].has(path)))
  const onServers = locked.filter(({ dev }) => !dev)
  const pages = onPhones.map((one) => [
    `${one.name} ${one.version}`,
    ...shippedIn.map((page) => (shipped[page].has(one.path) ? '✓' : '')),
    one.license,
    copyrightOf(one),
    within[one.name] ?? '',
  ])
  const servers = onServers.map(({ name, version, license }) => [`${name} ${version}`, license, within[name] ?? ''])
  const text = `# Licences of what ships

Made by \`npm run licences\`, and compared with the lock file and with a build by \`supply.test.ts\`. This project itself is under MIT.

## To phones

Packages that have code in the built pages, by the source maps of a build: the gate, the holder's page, the script of the embed.
A few lines of Vite's own (MIT) load their parts.

${table([['package', ...shippedIn, 'licence', 'by', 'in it'], ['---', '---', '---', '---', '---', '---', '---'], ...pages])}

## To servers

Packages that \`npm ci --omit=dev\` installs, for the issuer's service and the command. (One of \`@esbuild/*\`: that of the machine.)

${table([['package', 'licence', 'in it'], ['---', '---', '---'], ...servers])}
`
  const others = [...onPhones, ...onServers].filter(({ license }) => !isPermissive(license))
  return { text, others: others.map(({ name, license }) => `${name}: ${license}`) }
}
