// How the built gate comes onto the screen: painted before its script is there, and nothing jumps under a thumb after that.
import type { BrowserContext, Page, Route } from 'playwright'
import { expect, test } from 'vitest'
import { openContext, untilReady, type Stage } from '../support/gate-page.ts'
import type { GateServer } from '../support/gate-server.ts'
import { onStage } from '../support/on-stage.ts'

let stage: Stage
let server: GateServer
onStage((given) => ({ stage, server } = given))

/** What of the page stood elsewhere in one frame than in the one before, with nobody having touched it. */
const jumpsOn = (page: Page): Promise<readonly string[]> =>
  page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const nothing = setTimeout(() => resolve([]), 500)
        new PerformanceObserver((list) => {
          clearTimeout(nothing)
          const jumps = list.getEntries().map((entry) => JSON.stringify(entry))
          resolve(jumps.filter((jump) => jump.includes('"hadRecentInput":false')))
        }).observe({ type: 'layout-shift', buffered: true })
      }),
  )

async function jumpsAtStart(context: BrowserContext, address: string, until: (page: Page) => Promise<void>) {
  const page = await context.newPage()
  await page.goto(address)
  await page.locator('[data-settled]').waitFor()
  await until(page)
  const jumps = await jumpsOn(page)
  await page.close()
  return jumps
}

test('its picture is painted while the script is still on its way', async () => {
  const context = await openContext(stage.browser, { serviceWorkers: 'block' })
  const page = await context.newPage()
  const held: Route[] = []
  await page.route(/assets\/index-[^/]+\.js$/, (route) => void held.push(route))
  await page.goto(server.page, { waitUntil: 'commit' })
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0)
  expect(await page.locator('.boot').count()).toBe(1)
  expect(await page.locator('[data-screen]').count()).toBe(0)
  await expect.poll(() => held.length, { timeout: 30_000 }).toBe(1)
  await held[0]?.continue()
  await page.locator('[data-screen="scan"][data-settled]').waitFor()
  expect(await page.locator('.boot').count()).toBe(0)
})

const skip = (page: Page): Promise<void> => page.getByRole('button', { name: 'Skip' }).click()
const rules = (page: Page): Promise<void> => page.locator('.policies').waitFor()
const able = (page: Page): Promise<void> => page.locator('[data-kiosk="able"]').waitFor()

test('nothing jumps in a first run, at a gate that is known, beside its rules, or on a stand', async () => {
  server.serves.config = { ...server.serves.config, policies: { partly: { action: 'Let in with a mask' } } }
  const context = await openContext(stage.browser)
  expect(await jumpsAtStart(context, server.page, untilReady)).toEqual([])
  expect(await jumpsAtStart(context, server.page, skip)).toEqual([])
  expect(await jumpsAtStart(context, server.page, rules)).toEqual([])
  expect(await jumpsAtStart(context, `${server.page}?kiosk`, able)).toEqual([])
  expect(await jumpsAtStart(context, `${server.page}?kiosk`, able)).toEqual([])
})
