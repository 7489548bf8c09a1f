// The browser finds nothing that keeps the gate from being installed.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromiumArgs, chromiumPath } from '../support/chromium.ts'
import { untilReady } from '../support/gate-page.ts'
import { startGateServer, type GateServer } from '../support/gate-server.ts'

let server: GateServer
beforeAll(async () => {
  server = await startGateServer()
})
afterAll(() => server.stop())

test('installability errors are none, and the manifest’s icons are what they say', async () => {
  // Chromium installs from a profile on disk only.
  const profile = await mkdtemp(join(tmpdir(), 'kycvs-profile-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    args: [...chromiumArgs],
  })
  try {
    const page = await context.newPage()
    await page.goto(server.page)
    await untilReady(page)
    const devtools = await context.newCDPSession(page)
    expect((await devtools.send('Page.getInstallabilityErrors')).installabilityErrors).toEqual([])

    const { data = '', errors } = await devtools.send('Page.getAppManifest')
    expect(errors).toEqual([])
    const manifest: unknown = JSON.parse(data)
    expect(manifest).toMatchObject({ name: 'KYC-VS Gate', short_name: 'Gate', display: 'standalone' })
    const icons = await page.evaluate(async () => {
      const href = document.querySelector('link[rel="manifest"]')?.getAttribute('href') ?? ''
      const { icons: named }: { icons: { src: string; sizes: string; purpose: string }[] } = await (
        await fetch(href)
      ).json()
      return Promise.all(
        named.map(async ({ src, sizes, purpose }) => {
          const picture = await createImageBitmap(await (await fetch(src)).blob())
          return { purpose, sizes, real: `${picture.width}x${picture.height}` }
        }),
      )
    })
    expect(icons.filter(({ sizes, real }) => sizes !== real)).toEqual([])
    expect(icons.map(({ purpose, sizes }) => `${purpose} ${sizes}`).toSorted()).toEqual([
      'any 192x192',
      'any 512x512',
      'maskable 192x192',
      'maskable 512x512',
    ])
  } finally {
    await context.close()
    await rm(profile, { recursive: true })
  }
})
