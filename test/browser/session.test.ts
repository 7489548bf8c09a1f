// A verdict's time on the screen, how it is kept or left, and what staff may choose.
import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { outcomes, type Outcome } from '../../src/gate/session/settings.ts'
import { looks } from '../../src/gate/ui/looks.ts'
import english from '../../src/gate/locales/en.json'
import { SECONDS } from '../support/authority.ts'
import { dark, green, judged, next, openPanel, untilReady, verdictOf, visit, type Stage } from '../support/gate-page.ts'
import type { GateServer } from '../support/gate-server.ts'
import { onStage } from '../support/on-stage.ts'

let stage: Stage
let server: GateServer
onStage((given) => ({ stage, server } = given))

const scanScreen = (page: Page) => page.locator('[data-screen="scan"]')
const verdict = (page: Page) => page.locator('[data-verdict="verified"], [data-verdict="refused"]')
const expired = () => server.authority.token({ iat: SECONDS() - 90_000, exp: SECONDS() - 4000 })

/** A page whose clock the test moves. It also goes by itself, so what must still be there is looked for well before its end. */
async function withClock(): Promise<Page> {
  const page = await visit(stage, server.page, { prepare: (fresh) => fresh.clock.install() })
  await scanScreen(page).waitFor()
  return page
}

test('green goes back to scanning by itself after 4 seconds, a refusal after 8', async () => {
  const page = await withClock()
  expect(await judged(page, await server.authority.token())).toEqual(green)
  await page.clock.runFor(1500)
  expect(await verdict(page).count()).toBe(1)
  await page.clock.runFor(3500)
  await scanScreen(page).waitFor()

  expect(await judged(page, await expired())).toEqual(dark('expired'))
  await page.clock.runFor(5000)
  expect(await verdict(page).count()).toBe(1)
  await page.clock.runFor(3500)
  await scanScreen(page).waitFor()
})

test('nobody has 4 seconds only to read what is not green', async () => {
  const page = await withClock()
  for (const code of [
    server.authority.token({ vs: 1 }),
    server.authority.token({ vs: 0 }),
    server.authority.token({ iss: 'https://elsewhere.example' }),
  ]) {
    const shown = await judged(page, await code)
    await page.clock.runFor(5000)
    expect(await verdictOf(page)).toEqual(shown)
    await page.clock.runFor(3500)
    await scanScreen(page).waitFor()
  }
})

test('a tap anywhere, Escape, and the button go back at once', async () => {
  const page = await withClock()
  for (const leave of [
    () => page.mouse.click(180, 120),
    () => page.keyboard.press('Escape'),
    () => page.getByRole('button', { name: 'Next' }).click(),
  ]) {
    await judged(page, await server.authority.token())
    await leave()
    await scanScreen(page).waitFor()
  }
})

test('held, a verdict stays until it is tapped; the button does the same', async () => {
  const page = await withClock()
  await judged(page, await server.authority.token())
  await page.mouse.move(180, 120)
  await page.mouse.down()
  await page.clock.runFor(600)
  await page.mouse.up()
  await page.clock.runFor(20_000)
  expect(await verdict(page).count()).toBe(1)
  await page.mouse.click(180, 120)
  await scanScreen(page).waitFor()

  await judged(page, await server.authority.token())
  await page.getByRole('button', { name: 'Keep open' }).click()
  await page.clock.runFor(20_000)
  expect(await verdict(page).count()).toBe(1)
  await next(page)
})

test('in the background a verdict is gone at once, and the camera is let go', async () => {
  const page = await withClock()
  await judged(page, await server.authority.token())
  const turn = (state: 'hidden' | 'visible') =>
    page.evaluate((now) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => now })
      document.dispatchEvent(new Event('visibilitychange'))
    }, state)
  const cameraIsOn = () => page.evaluate(() => document.querySelector('video')?.srcObject instanceof MediaStream)
  await expect.poll(cameraIsOn).toBe(true)
  await turn('hidden')
  await expect.poll(() => verdict(page).count()).toBe(0)
  expect(await cameraIsOn()).toBe(false)
  await turn('visible')
  await scanScreen(page).waitFor()
  await expect.poll(cameraIsOn).toBe(true)
})

test('a code that stays in view is judged once, not again and again', async () => {
  stage.film(await server.authority.token())
  const page = await visit(stage, server.page)
  expect(await verdictOf(page)).toEqual(green)
  await next(page)
  // Longer than any reader takes for a look; the camera's picture has not changed.
  await page.waitForTimeout(1500)
  expect(await verdict(page).count()).toBe(0)
})

test('each outcome has its own vibration, which can be turned off and stays off', async () => {
  const page = await visit(stage, server.page, {
    prepare: (fresh) =>
      fresh.addInitScript(() => {
        navigator.vibrate = (pattern) => {
          document.documentElement.dataset['pulse'] = JSON.stringify(pattern)
          return true
        }
      }),
  })
  const pulse = () => page.evaluate(() => document.documentElement.dataset['pulse'])
  await untilReady(page)
  // Browsers let a page shake only after it was touched.
  await page.getByRole('button', { name: 'Skip' }).click()
  await judged(page, await server.authority.token())
  expect(await pulse()).toBe('[60]')
  await next(page)
  await judged(page, await expired())
  expect(await pulse()).toBe('[120,60,120,60,240]')
  await next(page)

  await openPanel(page, 'Settings')
  await page.getByRole('group', { name: 'Not valid (dark)' }).getByLabel('Vibration').uncheck()
  await page.reload()
  await untilReady(page)
  await page.mouse.click(180, 300)
  await judged(page, await expired())
  expect(await pulse()).toBeUndefined()
  await next(page)
  await judged(page, await server.authority.token())
  expect(await pulse()).toBe('[60]')
})

test('each outcome has its own sound, which can be turned off and stays off', async () => {
  const page = await visit(stage, server.page, {
    prepare: (fresh) =>
      fresh.addInitScript(() => {
        globalThis.OscillatorNode = class extends OscillatorNode {
          constructor(audio: BaseAudioContext, options?: OscillatorOptions) {
            super(audio, options)
            performance.mark('heard', { detail: options?.frequency })
          }
        }
      }),
  })
  /** The pitches since they were last forgotten. */
  const heard = (): Promise<unknown[]> =>
    page.evaluate(() =>
      performance
        .getEntriesByName('heard')
        .map((mark): unknown => (mark instanceof PerformanceMark ? mark.detail : undefined)),
    )
  const forget = (): Promise<void> => page.evaluate(() => performance.clearMarks('heard'))
  await untilReady(page)
  // Browsers let a page sound only after it was touched.
  await page.getByRole('button', { name: 'Skip' }).click()
  const codes: Readonly<Record<Outcome, string>> = {
    full: await server.authority.token(),
    partly: await server.authority.token({ vs: 1 }),
    none: await server.authority.token({ vs: 0 }),
    refused: await expired(),
    unsure: await server.authority.token({ iss: 'https://elsewhere.example' }),
  }
  for (const outcome of outcomes) {
    await judged(page, codes[outcome])
    await expect.poll(heard).toEqual(looks[outcome].sound.map(([pitch]) => pitch))
    await forget()
    await next(page)
  }

  await openPanel(page, 'Settings')
  await page.getByRole('group', { name: english['page.outcome.none'] }).getByLabel('Sound').uncheck()
  await page.reload()
  await untilReady(page)
  await page.mouse.click(180, 300)
  await judged(page, codes.none)
  await next(page)
  await judged(page, codes.refused)
  await expect.poll(heard).toEqual(looks.refused.sound.map(([pitch]) => pitch))
})

test('codes are taken on the scan screen alone', async () => {
  const page = await withClock()
  await openPanel(page, 'Help')
  await page.keyboard.type(await server.authority.token())
  await page.keyboard.press('Enter')
  await page.locator('[data-screen="help"]').waitFor()
  await page.locator('.tabs').getByRole('button', { name: 'Scan' }).click()
  // Had the first been kept for later, it would be in the way of this one.
  expect(await judged(page, await expired())).toEqual(dark('expired'))
})

test('a code that comes again within the minutes that are set says so, in the same colour', async () => {
  const page = await withClock()
  const again = page.locator('[data-seen-ago]')
  const code = await server.authority.token({ vs: 1 })
  const amber = { verdict: 'verified', status: '1', tone: 'amber' }
  expect(await judged(page, code)).toEqual(amber)
  expect(await again.count()).toBe(0)
  await next(page)
  await page.clock.fastForward(3 * 60_000)
  expect(await judged(page, code)).toEqual(amber)
  expect(await again.textContent()).toBe('Shown here 3 minutes ago')
  await next(page)
  expect(await judged(page, await server.authority.token())).toEqual(green)
  expect(await again.count()).toBe(0)
  await next(page)

  await openPanel(page, 'Settings')
  await page.getByLabel(english['page.settings.replay-within']).selectOption(english['page.settings.replay-never'])
  await page.locator('.tabs').getByRole('button', { name: 'Scan' }).click()
  expect(await judged(page, code)).toEqual(amber)
  expect(await again.count()).toBe(0)
})
