// WCAG 2.2 AA by axe-core on every screen, light and dark, narrow and wide; and nothing that overflows, with text twice as
// large too.
import { afterAll, beforeAll, expect, test } from 'vitest'
import english from '../../src/gate/locales/en.json'
import { faultsIn, findings, misfits, misfitsOfReaders } from '../support/accessible.ts'
import { judged, openStage, untilReady, visit, type Stage } from '../support/gate-page.ts'
import { startGateServer, type GateServer } from '../support/gate-server.ts'
import { gateScreens, type Open } from '../support/screens.ts'

let stage: Stage
let server: GateServer

beforeAll(async () => {
  server = await startGateServer()
  stage = await openStage()
})
afterAll(async () => {
  await stage.close()
  await server.stop()
})

const shapes = {
  '320 px, light': { viewport: { width: 320, height: 640 }, colorScheme: 'light' },
  'tablet, dark': { viewport: { width: 1024, height: 768 }, colorScheme: 'dark' },
  'phone on its side, dark': { viewport: { width: 740, height: 360 }, colorScheme: 'dark' },
  'forced colours': { viewport: { width: 360, height: 740 }, colorScheme: 'dark', forcedColors: 'active' },
} as const

test.each(Object.entries<Open>(gateScreens))('%s', async (_, open) => {
  const page = await visit(stage, server.page, { reducedMotion: 'reduce' })
  await page.locator('[data-screen="scan"]').waitFor()
  await open(page, server.authority, english)
  expect(await faultsIn(page, shapes, misfitsOfReaders)).toEqual({})
})

test.each(['denied', 'busy'] as const)('camera %s', async (fault) => {
  const error = fault === 'denied' ? 'NotAllowedError' : 'NotReadableError'
  const page = await visit(stage, server.page, {
    prepare: (fresh) =>
      fresh.addInitScript((name) => {
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('for a test', name))
      }, error),
  })
  await page.locator(`[data-camera="${fault}"]`).waitFor()
  await page.getByRole('button', { name: 'Skip' }).click()
  expect(await findings(page)).toEqual([])
  expect(await misfits(page)).toEqual([])
})

test('every page and every answer can be reached and left with the keyboard alone', async () => {
  const page = await visit(stage, server.page)
  await untilReady(page)
  const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
  const tabTo = async (name: string): Promise<void> => {
    for (let presses = 0; (await focused()) !== name && presses < 60; presses++) await page.keyboard.press('Tab')
    expect(await focused()).toBe(name)
  }
  await tabTo('Menu')
  await page.keyboard.press('Enter')
  await page.locator('[data-screen="ready"]').waitFor()
  for (const name of ['Tally', 'Keys', 'Settings', 'Help']) {
    await tabTo(name)
    await page.keyboard.press('Enter')
    await page.locator(`[data-screen="${name.toLowerCase()}"]`).waitFor()
  }
  await page.keyboard.press('Escape')
  await judged(page, await server.authority.token())
  await tabTo('Next')
  await page.keyboard.press('Enter')
  await page.locator('[data-screen="scan"]').waitFor()
})
