// Which packages have code in the built pages: the source maps of a build name every file that something is left of.
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { isFields } from '../../src/core/compact.ts'

/** What reaches a device of others, by the mode that `vite build` makes it in. */
const modes = { gate: 'production', holder: 'holder', embed: 'embed' } as const
export type Page = keyof typeof modes
export const shippedIn = ['gate', 'holder', 'embed'] as const satisfies readonly Page[]

/** The install paths (`node_modules/jose`) of the packages that are in each page. */
export type Shipped = Readonly<Record<Page, ReadonlySet<string>>>

/** Builds each page aside to find out. */
export async function shippedPackages(): Promise<Shipped> {
  const folder = mkdtempSync(join(tmpdir(), 'kycvs-maps-'))
  try {
    const packagesIn = async (page: Page): Promise<ReadonlySet<string>> => {
      const out = join(folder, page)
      const options = ['--mode', modes[page], '--sourcemap', '--outDir', out, '--logLevel', 'error']
      // A process of its own, for a test runner's has NODE_ENV=test, and that is another React.
      const env = { ...process.env, NODE_ENV: 'production' }
      await promisify(execFile)(process.execPath, ['node_modules/vite/bin/vite.js', 'build', ...options], { env })
      return new Set(sourcesIn(out).flatMap((source) => /node_modules\/.*$/.exec(source)?.map(packageOf) ?? []))
    }
    return {
      gate: await packagesIn('gate'),
      holder: await packagesIn('holder'),
      embed: await packagesIn('embed'),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function sourcesIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.map'))
  if (names.length === 0) throw new Error(`A build without source maps: ${folder}`)
  return names.flatMap((name) => {
    const map: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'))
    return isFields(map) && Array.isArray(map['sources']) ? map['sources'].map(String) : []
  })
}

/** A file's package, which may be installed below another: `node_modules/a/node_modules/@b/c/d.js`. */
const packageOf = (path: string): string => path.replace(/^((?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+).*$/, '$1')
