// WCAG 2.2 AA by axe-core on every screen, light and dark, narrow and wide; and nothing that overflows.
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findings, overflow } from '../support/accessible.ts'
import { judged, next, openPanel, openStage, untilReady, visit, type Stage } from '../support/gate-page.ts'
import { SECONDS } from '../support/authority.ts'
import { startGateServer, type GateServer } from '../support/gate-server.ts'

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

/** Each opens a screen from a fresh scan screen. */
const screens: Record<string, (page: Page) => Promise<unknown>> = {
  'first run': untilReady,
  scan: (page) => page.getByRole('button', { name: 'Got it' }).click(),
  'a line about some other code': async (page) => {
    await page.getByRole('button', { name: 'Got it' }).click()
    return judged(page, 'https://cafe.example/menu')
  },
  paste: async (page) => {
    await page.getByRole('button', { name: 'Text' }).click()
    await page.getByRole('dialog').waitFor()
  },
  ready: (page) => openPanel(page, 'Ready?'),
  keys: async (page) => {
    await untilReady(page)
    await openPanel(page, 'Keys')
    await page.getByText('Example Health Authority').waitFor()
  },
  tally: (page) => openPanel(page, 'Tally'),
  'tally of a shift': openShift,
  'report of a shift': async (page) => {
    await openShift(page)
    await page.getByRole('button', { name: 'Report' }).click()
    await page.getByRole('heading', { name: 'Shift report' }).waitFor()
  },
  'delete the tally': async (page) => {
    await openShift(page)
    await page.getByRole('button', { name: 'Delete all' }).click()
    await page.getByRole('button', { name: 'Keep them' }).waitFor()
  },
  settings: (page) => openPanel(page, 'Settings'),
  help: (page) => openPanel(page, 'Help'),
  green: async (page) => judged(page, await server.authority.token({ n: 'A. B.' })),
  amber: async (page) => judged(page, await server.authority.token({ vs: 1 })),
  red: async (page) => judged(page, await server.authority.token({ vs: 0 })),
  dark: async (page) => judged(page, await server.authority.token({ iat: SECONDS() - 90_000, exp: SECONDS() - 4000 })),
  grey: async (page) => judged(page, await server.authority.token({ iss: 'https://elsewhere.example' })),
}

/** A shift in which every outcome was shown. */
async function openShift(page: Page): Promise<void> {
  await untilReady(page)
  await openPanel(page, 'Tally')
  await page.getByRole('button', { name: 'Start shift' }).click()
  await page.locator('[data-shift="on"]').waitFor()
  await page.locator('.tabs').getByRole('button', { name: 'Scan' }).click()
  for (const vs of [2, 1, 0] as const) {
    await judged(page, await server.authority.token({ vs }))
    await next(page)
  }
  await judged(page, await server.authority.token({ iat: SECONDS() - 90_000, exp: SECONDS() - 4000 }))
  await next(page)
  await openPanel(page, 'Tally')
  await page.locator('[data-total="4"]').waitFor()
}

const views = [
  { name: '320 px, light', viewport: { width: 320, height: 640 }, colorScheme: 'light' },
  { name: 'tablet, dark', viewport: { width: 1024, height: 768 }, colorScheme: 'dark' },
  { name: 'phone on its side, dark', viewport: { width: 740, height: 360 }, colorScheme: 'dark' },
] as const

describe.each(views)('$name', ({ viewport, colorScheme }) => {
  test.each(Object.entries(screens))('%s', async (_, open) => {
    const page = await visit(stage, server.page, { viewport, colorScheme, reducedMotion: 'reduce' })
    await page.locator('[data-screen="scan"]').waitFor()
    await open(page)
    expect(await findings(page)).toEqual([])
    expect(await overflow(page)).toEqual([])
  })
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
  await page.getByRole('button', { name: 'Got it' }).click()
  expect(await findings(page)).toEqual([])
  expect(await overflow(page)).toEqual([])
})

test.each(Object.entries(screens))('%s with text twice as large', async (_, open) => {
  const page = await visit(stage, server.page, { viewport: { width: 360, height: 740 } })
  await page.locator('[data-screen="scan"]').waitFor()
  await open(page)
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%'
  })
  expect(await overflow(page)).toEqual([])
})

test('every page and every answer can be reached and left with the keyboard alone', async () => {
  const page = await visit(stage, server.page)
  await untilReady(page)
  const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
  const tabTo = async (name: string): Promise<void> => {
    for (let presses = 0; (await focused()) !== name && presses < 30; presses++) await page.keyboard.press('Tab')
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
