// Made for the people at the gate: the practice of the first run, and what to do about a result that is not green.
import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { outcomes } from '../../src/gate/session/settings.ts'
import { enrolmentLink, inGroups } from '../../src/gate/trust/enrolment.ts'
import { looks } from '../../src/gate/ui/looks.ts'
import { makeKey } from '../../src/issuer/sign.ts'
import { findings, overflow } from '../support/accessible.ts'
import { SECONDS } from '../support/authority.ts'
import {
  dark,
  green,
  grey,
  judged,
  next,
  openPanel,
  untilReady,
  verdictOf,
  visit,
  type Stage,
} from '../support/gate-page.ts'
import type { GateServer } from '../support/gate-server.ts'
import { onStage } from '../support/on-stage.ts'

let stage: Stage
let server: GateServer
onStage((given) => ({ stage, server } = given))

test('practice shows every result as a specimen, counts nothing, and is offered once and in Help', async () => {
  const page = await visit(stage, server.page, { viewport: { width: 320, height: 568 } })
  await untilReady(page)
  await page.getByRole('button', { name: 'Practise' }).click()
  const picture = page.getByRole('img', { name: 'A practice code' })
  for (const outcome of outcomes) {
    await picture.waitFor()
    await page.getByRole('button', { name: 'Scan it' }).click()
    await page.locator(`.verdict[data-tone="${looks[outcome].tone}"]`).waitFor()
    // Whoever watches this page for verdicts sees none.
    expect(await page.locator('[data-verdict], [data-status], [data-reason]').count()).toBe(0)
    expect(await page.getByText('SPECIMEN: practice only').isVisible()).toBe(true)
    expect(await overflow(page)).toEqual([])
    await page.getByRole('button', { name: 'Next' }).click()
  }
  await page.getByText('No name, no number and no code is kept or sent.').waitFor()
  await page.getByRole('button', { name: 'Start scanning' }).click()
  await page.locator('[data-screen="scan"]').waitFor()
  expect(await page.getByText('New here?').count()).toBe(0)

  await openPanel(page, 'Tally')
  await page.locator('[data-total="0"]').waitFor()
  await openPanel(page, 'Help')
  await page.getByRole('button', { name: 'Practise for a minute' }).click()
  await picture.waitFor()
  await page.getByRole('button', { name: 'Skip practice' }).click()
  await page.locator('[data-screen="scan"]').waitFor()
  expect(await judged(page, await server.authority.token())).toEqual(green)
})

test('a specimen that is scanned in earnest is a stranger’s', async () => {
  // The picture of one device's practice, before the camera of another.
  const trainee = await visit(stage, server.page, { viewport: { width: 640, height: 900 } })
  await trainee.getByRole('button', { name: 'Practise' }).click()
  const code = trainee.getByRole('img', { name: 'A practice code' })
  await code.waitFor()
  stage.filmPicture(await code.screenshot())
  // While one page has the camera on, nobody opens the new film.
  await trainee.context().close()
  const page = await visit(stage, server.page)
  expect(await verdictOf(page)).toEqual(grey('unknown-key'))
})

test('what to do now holds the result for as long as it is open, and then it returns by itself', async () => {
  stage.film()
  const page = await visit(stage, server.page, { prepare: (fresh) => fresh.clock.install() })
  await page.locator('[data-screen="scan"]').waitFor()
  const ask = page.getByRole('button', { name: 'What do I do now?' })
  expect(await judged(page, await server.authority.token())).toEqual(green)
  expect(await ask.count()).toBe(0)
  await next(page)

  const expired = await server.authority.token({ iat: SECONDS() - 90_000, exp: SECONDS() - 4000 })
  expect(await judged(page, expired)).toEqual(dark('expired'))
  await ask.click()
  const sheet = page.getByRole('dialog', { name: 'What do I do now?' })
  await sheet.getByText('Your code has run out').click()
  await page.clock.runFor(60_000)
  expect(await sheet.isVisible()).toBe(true)
  // Escape closes the sheet alone.
  await page.keyboard.press('Escape')
  await expect.poll(() => sheet.count()).toBe(0)
  expect(await verdictOf(page)).toEqual(dark('expired'))
  await page.clock.runFor(9000)
  await page.locator('[data-screen="scan"]').waitFor()

  expect(await judged(page, await server.authority.token({ vs: 1 }))).toMatchObject({ tone: 'amber' })
  await ask.click()
  await sheet.getByRole('button', { name: 'Back to the result' }).click()
  expect(await verdictOf(page)).toMatchObject({ tone: 'amber' })
})

const german: Readonly<Record<string, string>> = { y: 'z', z: 'y', Y: 'Z', Z: 'Y', '-': 'ß', _: '?' }

/** Where a character is on a US keyboard. */
function placeOf(character: string): string {
  if (/[a-z]/i.test(character)) return `Key${character.toUpperCase()}`
  if (/\d/.test(character)) return `Digit${character}`
  return { '.': 'Period', '-': 'Minus', _: 'Minus', ']': 'BracketRight' }[character] ?? ''
}

/**
 * Presses keys as a scanner does that is set to a US keyboard, and then Enter.
 * @param letters what the device makes of them, where its layout is another
 */
async function typeFast(page: Page, text: string, letters: Readonly<Record<string, string>> = {}): Promise<void> {
  // In the page, at once: a test machine that is busy is slower than any scanner.
  await page.evaluate(
    (keys) => {
      for (const init of keys) document.body.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true }))
    },
    [
      ...text.split('').map((character) => ({
        key: letters[character] ?? character,
        code: placeOf(character),
        shiftKey: /[A-Z_]/.test(character),
      })),
      { key: 'Enter', code: 'Enter' },
    ],
  )
}

test('scanners: other layouts are read or named, a serial one sends lines, and a page shows what comes without the code', async () => {
  const page = await visit(stage, server.page, {
    viewport: { width: 320, height: 640 },
    // No scanner can be plugged in here: a port that says what the test wants, in the place of the browser's own.
    prepare: (fresh) =>
      fresh.addInitScript(() => {
        const line = new TransformStream<Uint8Array, Uint8Array>()
        const port = { open: () => Promise.resolve(), readable: line.readable }
        const serial = Object.assign(new EventTarget(), {
          requestPort: () => Promise.resolve(port),
          getPorts: () => Promise.resolve([]),
        })
        Object.defineProperty(navigator, 'serial', { value: serial })
        const writer = line.writable.getWriter()
        addEventListener('serial-line', (event) => {
          if (event instanceof CustomEvent) void writer.write(new TextEncoder().encode(String(event.detail)))
        })
      }),
  })
  const send = (text: string): Promise<unknown> =>
    page.evaluate((detail) => dispatchEvent(new CustomEvent('serial-line', { detail })), text)
  await untilReady(page)
  await page.getByRole('button', { name: 'Skip' }).click()
  const token = await server.authority.token()

  // Read by the places of the keys.
  await typeFast(page, token, german)
  expect(await verdictOf(page)).toEqual(green)
  await next(page)
  // A scanner that is set to German, on this device, which is not: its keys are in the wrong places.
  await typeFast(
    page,
    token.replaceAll(/[yz]/gi, (letter) => german[letter] ?? ''),
  )
  await page.getByText('The scanner types other letters than this device reads.').waitFor()

  await openPanel(page, 'Settings')
  await page.getByRole('button', { name: 'Scanner that types or sends lines' }).click()
  const heard = (understood: string) => page.locator(`[data-understood="${understood}"]`)
  await page.getByText('Nothing has come yet.').waitFor()
  await typeFast(page, `]Q1${token}`)
  await heard('code').waitFor()
  const shown = `]Q1 ${token.slice(0, 3)} … ${token.length} characters … ${token.slice(-3)} [Enter]`
  expect(await page.locator('.heard-keys').textContent()).toBe(shown)
  expect(await page.content()).not.toContain(token.slice(0, 12))
  expect(await findings(page)).toEqual([])
  expect(await overflow(page)).toEqual([])
  await typeFast(page, token, german)
  await heard('us-keyboard').waitFor()

  await page.getByRole('button', { name: 'Choose the port' }).click()
  await page.locator('[data-serial="open"]').waitFor()
  await send(`]Q1${token}\r\n`)
  await heard('code').waitFor()
  expect(await page.locator('.heard-keys').textContent()).toContain(']Q1')
  expect(await page.locator('[data-verdict]').count()).toBe(0)
  await page.locator('.tabs').getByRole('button', { name: 'Scan' }).click()
  await page.locator('[data-screen="scan"]').waitFor()
  await send(`]Q1${token}\r\n`)
  expect(await verdictOf(page)).toEqual({ ...green })
})

test('no page of the menu is blank, not even for a moment, while the device is asked', async () => {
  const page = await visit(stage, server.page)
  await untilReady(page)
  await page.evaluate(() => {
    new MutationObserver(() => {
      if (document.querySelector('.panel-body')?.childElementCount === 0) document.documentElement.dataset['blank'] = ''
    }).observe(document.body, { subtree: true, childList: true })
  })
  for (const name of ['Ready?', 'Tally', 'Keys', 'Settings', 'Help'] as const) {
    await openPanel(page, name)
    await page.locator('.panel-body > *').first().waitFor({ state: 'attached' })
    await page.locator('.tabs').getByRole('button', { name: 'Scan' }).click()
  }
  expect(await page.locator('html[data-blank]').count()).toBe(0)
})

test('enrolment: nothing but the config is fetched, and nothing believed, until its root was compared with paper', async () => {
  const { kid } = server.authority.root
  const asked = (): string[] =>
    server.seen.map(({ url }) => url).filter((url) => url.startsWith(server.listsOrigin) || /config/.test(url))
  const screen = (shown: string) => page.locator(`[data-enrolment="${shown}"]`)
  const page = await visit(stage, enrolmentLink(server.page, kid), { viewport: { width: 320, height: 568 } })
  await screen('match').getByText(inGroups(kid), { exact: true }).waitFor()
  await screen('match').getByText(server.page, { exact: true }).waitFor()
  expect([await findings(page), await overflow(page)]).toEqual([[], []])
  // Nor by a code, nor because the network comes back.
  await typeFast(page, await server.authority.token())
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true))
  expect(new Set(asked())).toEqual(new Set([`${server.page}config.json`]))
  expect(await page.locator('[data-verdict], [data-screen="scan"]').count()).toBe(0)

  // A list that is not to be had: it says so, and asks again.
  const { trust } = server.serves
  server.serves.trust = '<h1>Sign in</h1>'
  await page.getByRole('button', { name: 'Both are the same' }).click()
  await screen('confirmed').locator('[data-outcome="not-a-trust-list"]').waitFor()
  server.serves.trust = trust
  await page.getByRole('button', { name: 'Try again' }).click()
  await screen('confirmed').locator('[data-outcome="updated"]').waitFor()
  expect([await findings(page), await overflow(page)]).toEqual([[], []])
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByRole('button', { name: 'Skip' }).click()
  expect(page.url()).toBe(server.page)
  expect(await judged(page, await server.authority.token())).toEqual(green)
  await next(page)
  // Whoever wants to compare once more finds it among the keys.
  await openPanel(page, 'Keys')
  await page.locator('.panel [data-root]').getByText(inGroups(kid), { exact: true }).waitFor()
})

test('enrolment: another root than the link’s, and one that a person says is another, lead nowhere and say what to do', async () => {
  const stranger = await makeKey('ES256', 'root')
  const { kid } = server.authority.root
  const page = await visit(stage, enrolmentLink(server.page, stranger.kid))
  const screen = (shown: string) => page.locator(`[data-enrolment="${shown}"]`)
  for (const root of [stranger.kid, kid]) await screen('mismatch').getByText(inGroups(root), { exact: true }).waitFor()
  await screen('mismatch').getByText('Close this page, and scan the QR on your paper once more.').waitFor()
  expect(await findings(page)).toEqual([])
  expect(await page.locator('.panel-body button').count()).toBe(0)

  await page.goto(enrolmentLink(server.page, kid))
  await page.getByRole('button', { name: 'One is different' }).click()
  await screen('differs').getByText('Let nobody in by it.').waitFor()
  expect(await page.locator('.panel-body button').count()).toBe(0)

  // A config that is wrong, and then is not.
  const good = server.serves.config
  server.serves.config = { ...good, roots: [] }
  await page.goto(enrolmentLink(server.page, kid))
  await screen('no-config').getByText('“roots” in config.json must hold public keys.').waitFor()
  server.serves.config = good
  await page.getByRole('button', { name: 'Try again' }).click()
  await screen('match').waitFor()
  // Not one of these asked for a list. On paper before the camera such a link is some other code.
  expect(server.seen.filter(({ url }) => url.startsWith(server.listsOrigin))).toEqual([])
  await page.goto(server.page)
  expect(await judged(page, enrolmentLink(server.page, stranger.kid))).toMatchObject({ reason: 'not-a-token' })
})
