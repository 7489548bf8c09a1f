// The camera's permission, withdrawn and given while the gate runs, and the page left and gone back to: in Chromium as it
// is, with its own invented camera.
import { chromium, type Browser, type Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromiumArgs, chromiumPath } from '../support/chromium.ts'
import { openContext, untilReady } from '../support/gate-page.ts'
import { startGateServer, type GateServer } from '../support/gate-server.ts'

let browser: Browser
let server: GateServer

beforeAll(async () => {
  // Without the switch that says yes for the person.
  browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [...chromiumArgs, '--use-fake-device-for-media-stream'],
  })
  server = await startGateServer()
})
afterAll(() => Promise.all([browser.close(), server.stop()]))

/** A page that may have the camera, and what changes that. */
async function gate(): Promise<{ page: Page; permit: (setting: 'granted' | 'denied') => Promise<unknown> }> {
  const context = await openContext(browser)
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  const { targetInfo } = await devtools.send('Target.getTargetInfo')
  const permit = (setting: 'granted' | 'denied'): Promise<unknown> =>
    devtools.send('Browser.setPermission', {
      permission: { name: 'camera' },
      setting,
      origin: server.origin,
      ...(targetInfo.browserContextId !== undefined && { browserContextId: targetInfo.browserContextId }),
    })
  await permit('granted')
  await page.goto(server.page)
  await untilReady(page)
  await expect.poll(() => hasPicture(page)).toBe(true)
  return { page, permit }
}
const hasPicture = (page: Page): Promise<boolean> =>
  page.locator('video').evaluate((video) => video instanceof HTMLVideoElement && video.srcObject !== null)

test('the camera goes when it is no longer allowed, which the page says, and comes when it is again', async () => {
  const { page, permit } = await gate()

  await permit('denied')
  await page.locator('[data-camera=denied]').waitFor()
  expect(await hasPicture(page)).toBe(false)

  await permit('granted')
  await page.locator('[data-camera=denied]').waitFor({ state: 'detached' })
  await expect.poll(() => hasPicture(page)).toBe(true)
})

test('a page that is gone back to has its camera again', async () => {
  const { page } = await gate()
  // Chromium keeps no page that has asked for a camera, so it is opened anew; camera.test.ts has one that was kept.
  await page.goto('about:blank')
  await page.goBack()
  await page.locator('[data-screen="scan"]').waitFor()
  await expect.poll(() => hasPicture(page)).toBe(true)
})
