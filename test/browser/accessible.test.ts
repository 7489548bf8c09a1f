// WCAG 2.2 AA by axe-core on every screen, light and dark, narrow and wide; and nothing that overflows, with text twice as
// large too.
import type { Page } from 'playwright'
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

/** What has the focus: by which name, and what is wrong with how it shows. */
const stop = (page: Page): Promise<{ name: string; faults: string[] }> =>
  page.evaluate(() => {
    const focused = document.activeElement
    if (!focused || focused === document.body) return { name: '', faults: ['no focus'] }
    const name = `${focused.getAttribute('aria-label') ?? ''} ${focused.textContent ?? ''}`.trim()
    const { top, left, right, bottom } = focused.getBoundingClientRect()
    const middle = document.elementFromPoint(
      (Math.max(left, 0) + Math.min(right, innerWidth)) / 2,
      (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2,
    )
    const { outlineStyle, outlineWidth } = getComputedStyle(focused)
    const isOutlined = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2
    const faults = [
      ...(focused.checkVisibility({ visibilityProperty: true, opacityProperty: true }) ? [] : ['not visible']),
      ...(isOutlined ? [] : ['no outline']),
      ...(middle && focused.contains(middle) ? [] : ['covered']),
    ]
    return { name, faults: faults.map((fault) => `${fault}: ${focused.outerHTML.slice(0, 120)}`) }
  })

/** Once around with Tab, and a step back: every stop shows, and no stop keeps the focus. */
async function around(page: Page): Promise<void> {
  const stops = await page.evaluate(
    () =>
      [...document.querySelectorAll('button, input, select, textarea, a[href], summary, [tabindex="0"]')].filter(
        (each) => !each.matches(':disabled') && !each.closest('[inert]') && each.checkVisibility(),
      ).length,
  )
  const seen = new Set<number>()
  const faults: string[] = []
  // The browser's own bar is one stop more, and a group of radio buttons is one stop.
  for (let presses = 0; presses < stops + 2; presses += 1) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(() =>
      [...document.querySelectorAll('*')].indexOf(document.activeElement ?? document.body),
    )
    if (seen.has(at)) break
    seen.add(at)
    const now = await stop(page)
    if (now.name !== '' || !now.faults.includes('no focus')) faults.push(...now.faults)
  }
  expect(faults).toEqual([])
  expect(seen.size).toBeGreaterThan(Math.min(3, stops - 1))
  expect(seen.size).toBeLessThanOrEqual(stops + 1)
  const here = await stop(page)
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Tab')
  expect(await stop(page)).toEqual(here)
}

test('every page can be reached, used and left with the keyboard alone, and no focus is lost', async () => {
  const page = await visit(stage, server.page, { reducedMotion: 'reduce' })
  await untilReady(page)
  const name = async (): Promise<string> => (await stop(page)).name
  const tabTo = async (wanted: string): Promise<void> => {
    for (let presses = 0; (await name()) !== wanted && presses < 60; presses += 1) await page.keyboard.press('Tab')
    expect(await stop(page)).toEqual({ name: wanted, faults: [] })
  }
  const press = async (wanted: string, key = 'Enter'): Promise<void> => {
    await tabTo(wanted)
    await page.keyboard.press(key)
  }
  await press('Skip')
  await around(page)
  await press('Menu')
  await page.locator('[data-screen="ready"]').waitFor()
  await around(page)
  for (const tab of ['Tally', 'Keys', 'Settings', 'Help']) {
    await press(tab, 'Space')
    await page.locator(`[data-screen="${tab.toLowerCase()}"]`).waitFor()
    await around(page)
  }
  await page.keyboard.press('Escape')
  await page.locator('[data-screen="scan"]').waitFor()
  await expect.poll(name).toBe('Menu')

  await judged(page, await server.authority.token())
  await press('Next')
  await page.locator('[data-screen="scan"]').waitFor()

  await press('Menu')
  await press('Tally')
  await press('Start shift')
  await page.locator('[data-shift="on"]').waitFor()
  expect(await name()).toBe('End shift')
  await page.keyboard.press('Space')
  await page.locator('[data-shift="off"]').waitFor()
  expect(await name()).toBe('Start shift')
  await press(english['page.tally.reset'])
  await press(english['page.tally.reset-now'])
  await expect.poll(name).toBe(english['page.tally.kept'])

  await press('Settings')
  await page.locator('[data-screen="settings"]').waitFor()
  const fresh = page.getByLabel(english['page.pin.fresh'])
  for (let presses = 0; presses < 60; presses += 1) {
    if (await fresh.evaluate((field) => field === document.activeElement)) break
    await page.keyboard.press('Tab')
  }
  await page.keyboard.type('4711')
  await page.keyboard.press('Tab')
  await page.keyboard.type('4711')
  await page.keyboard.press('Enter')
  await page.locator('[data-pin="set"]').waitFor()
  await expect.poll(name).toContain('Settings')
  await page.keyboard.press('Escape')
  await expect.poll(name).toBe('Menu')
})
