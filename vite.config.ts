import react from '@vitejs/plugin-react'
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { VitePWA, type ManifestOptions } from 'vite-plugin-pwa'
import type { Plugin, UserConfig } from 'vite'
import { defineConfig } from 'vitest/config'
import { catalogues } from './src/catalogues.ts'

/** The build's own time, in seconds: that of the commit, so that two builds of one commit give the same bytes. */
function buildTime(): number {
  const stated = process.env['SOURCE_DATE_EPOCH']
  if (stated) return Number(stated)
  try {
    return Number(
      execFileSync('git', ['log', '-1', '--format=%ct'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    )
  } catch {
    return 0
  }
}

/** What one page differs in from the other. */
interface PageBuild {
  /** The folder of its index.html. */
  readonly root: string
  readonly outDir: string
  /** The folder of its service worker, from the root. */
  readonly workerDir: string
  /** Files without which it does not work, besides its own code, styles and pictures. */
  readonly precached: readonly string[]
  readonly manifest: Partial<ManifestOptions>
}

const pages = {
  gate: {
    root: '.',
    outDir: 'dist/gate',
    workerDir: 'src/gate',
    precached: ['config.json', '**/*.wasm'],
    manifest: {
      name: 'KYC-VS Gate',
      short_name: 'Gate',
      description: 'Scan a vaccination-status code and see green, amber or red, with no signal.',
      orientation: 'any',
      background_color: '#0b0f14',
      theme_color: '#0b0f14',
      categories: ['health', 'utilities'],
    },
  },
  holder: {
    root: 'src/holder',
    outDir: 'dist/holder',
    workerDir: '.',
    precached: [],
    manifest: {
      name: 'KYC-VS Code',
      short_name: 'My code',
      description: 'A code that tells a gate your vaccination status: you decide who sees it.',
      orientation: 'any',
      background_color: '#f6f7f8',
      theme_color: '#f6f7f8',
      categories: ['health', 'utilities'],
    },
  },
} as const satisfies Record<string, PageBuild>

const icons = (['any', 'maskable'] as const).flatMap((purpose) =>
  ['192x192', '512x512'].map((sizes) => {
    const name = purpose === 'any' ? 'icon' : purpose
    return { src: `icons/${name}-${sizes.replace(/x.*/, '')}.png`, sizes, type: 'image/png', purpose }
  }),
)

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Every style is in the page from the start, so a chunk that is loaded later has none to wait for: it is imported, and no more. */
const plainImports: Plugin = {
  name: 'plain-imports',
  enforce: 'pre',
  load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load()' : undefined),
}

/** The page's own style and picture come first: its script, which has the rest to do, does not take the line from them. */
const paintFirst: Plugin = {
  name: 'paint-first',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => html.replace('<script type="module"', '<script type="module" fetchpriority="low"'),
  },
}

/** A page that is static files for any path of any host, stored on the device by its own service worker. */
function built({ root, outDir, workerDir, precached, manifest }: PageBuild): UserConfig {
  return {
    root: here(root),
    base: './',
    define: { __BUILD_TIME__: JSON.stringify(buildTime()) },
    build: {
      outDir: here(outDir),
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: false,
      assetsInlineLimit: 0,
      // What the page starts with is one file: nothing is won by a second one.
      rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } } },
    },
    worker: { format: 'es' },
    plugins: [
      plainImports,
      paintFirst,
      catalogues(),
      react(),
      VitePWA({
        strategies: 'injectManifest',
        srcDir: workerDir,
        filename: 'sw.ts',
        injectRegister: null,
        includeManifestIcons: false,
        injectManifest: {
          // The manifest is put among them by the plugin itself.
          globPatterns: ['**/*.{js,css,html,svg,png}', ...precached],
          maximumFileSizeToCacheInBytes: 2 ** 21,
        },
        manifest: { id: './', start_url: './', scope: './', display: 'standalone', icons, ...manifest },
      }),
    ],
  }
}

/** The script that other sites put into their pages: one file beside the holder's page, of no framework. */
const embed: UserConfig = {
  root: here('src/embed'),
  publicDir: false,
  build: {
    outDir: here(pages.holder.outDir),
    emptyOutDir: false,
    target: 'es2022',
    lib: { entry: here('src/embed/embed.ts'), formats: ['es'], fileName: 'embed' },
  },
}

/** `vite build` makes the gate, `--mode holder` the person's page, and `--mode embed` after it the script of the embed. */
export default defineConfig(({ mode }) => ({
  ...(mode === 'embed' ? embed : built(mode === 'holder' ? pages.holder : pages.gate)),
  test: {
    // Most of a test is waiting: two at a time also where there are two cores.
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.ts'], environment: 'node' } },
      // These drive browsers against what was built, and want nothing of this file's own plugins. The other engines have one
      // display to share: their files come last, one after another.
      ...['browser', 'engines'].map((name, groupOrder) => ({
        test: {
          name,
          include: [`test/${name}/**/*.test.ts`],
          environment: 'node' as const,
          fileParallelism: name === 'browser',
          sequence: { groupOrder },
          // A verdict goes by itself after seconds: on a machine that stands still for as long, a test may miss it once.
          retry: 1,
          // Whatever is waited for has as long as a busy machine needs.
          expect: { poll: { timeout: 20_000 } },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      })),
      // Runs inside a Chromium. A function, so that a build needs neither Playwright nor a browser.
      async () => {
        const { playwright } = await import('@vitest/browser-playwright')
        const { chromiumArgs, chromiumPath } = await import('./test/support/chromium.ts')
        return {
          test: {
            name: 'vectors-browser',
            include: ['test/*.browser.test.ts'],
            browser: {
              enabled: true,
              headless: true,
              screenshotFailures: false,
              provider: playwright({ launchOptions: { executablePath: chromiumPath(), args: [...chromiumArgs] } }),
              instances: [{ browser: 'chromium' }],
            },
          },
        }
      },
    ],
  },
}))
