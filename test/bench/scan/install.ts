// The peers, installed beside the checkout's own packages and never among them; and the page that compares, built.
import { execFileSync } from 'node:child_process'
import { copyFile, mkdir } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { join, resolve } from 'node:path'
import { build, type Plugin } from 'vite'

export const workshop = resolve('.cache/bench-scan')

/** Installs the peers of package.json, exactly those, without running anything of theirs. */
export async function installPeers(): Promise<void> {
  await mkdir(workshop, { recursive: true })
  for (const name of ['package.json', 'package-lock.json']) {
    await copyFile(join(import.meta.dirname, name), join(workshop, name))
  }
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: workshop,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

const nothing = '\0nothing'

/** Imports that only the benchmark makes are found where it has installed them. */
const peers: Plugin = {
  name: 'peers',
  enforce: 'pre',
  async resolveId(source, importer) {
    // What their Node halves import is never called in a page.
    if (isBuiltin(source)) return nothing
    if (!importer?.startsWith(import.meta.dirname) || /^[./\0]/.test(source)) return undefined
    // Files that their package does not list among its exports.
    if (source.startsWith('rxing-wasm/')) return join(workshop, 'node_modules', source)
    return this.resolve(source, join(workshop, 'page.ts'), { skipSelf: true })
  },
  load: (id) => (id === nothing ? 'export default {}' : undefined),
}

export async function buildPage(name: string, outDir: string): Promise<void> {
  await build({
    root: import.meta.dirname,
    configFile: false,
    base: './',
    logLevel: 'error',
    plugins: [peers],
    resolve: { conditions: ['zbar-inlined', 'browser', 'import', 'module', 'default'] },
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 20_000,
      modulePreload: false,
      rolldownOptions: { input: join(import.meta.dirname, name) },
    },
  })
}
