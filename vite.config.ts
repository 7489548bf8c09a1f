import react from '@vitejs/plugin-react'
import { execFileSync } from 'node:child_process'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig } from 'vitest/config'

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

export default defineConfig({
  base: './',
  define: { __BUILD_TIME__: JSON.stringify(buildTime()) },
  build: { outDir: 'dist/gate', target: 'es2022', modulePreload: false, assetsInlineLimit: 0 },
  worker: { format: 'es' },
  plugins: [
    react(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/gate',
      filename: 'sw.ts',
      injectRegister: null,
      includeManifestIcons: false,
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,wasm,svg,png,webmanifest}', 'config.json'],
        maximumFileSizeToCacheInBytes: 2 ** 21,
      },
      manifest: {
        id: './',
        name: 'KYC-VS Gate',
        short_name: 'Gate',
        description: 'Scan a vaccination-status code and see green, amber or red, with no signal.',
        start_url: './',
        scope: './',
        display: 'standalone',
        orientation: 'any',
        background_color: '#0b0f14',
        theme_color: '#0b0f14',
        categories: ['health', 'utilities'],
        icons: [
          { src: 'icons/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
          { src: 'icons/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
          { src: 'icons/maskable-192.png', sizes: '192x192', type: 'image/png', purpose: 'maskable' },
          { src: 'icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
    }),
  ],
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.ts'], environment: 'node' } },
      // Drives a Chromium against the built gate, so it wants nothing of this file's own plugins.
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          environment: 'node',
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
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
})
