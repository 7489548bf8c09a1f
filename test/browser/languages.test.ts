// The gate in another language than English: chosen in two taps from any screen, remembered, and the device's own at first.
import type { Page } from 'playwright'
import { describe, expect, test } from 'vitest'
import english from '../../src/gate/locales/en.json'
import hindi from '../../src/gate/locales/hi.json'
import { byStatus } from '../../src/gate/session/session.ts'
import { SECONDS } from '../support/authority.ts'
import { catalogue, tags } from '../support/catalogues.ts'
import { findings, misfitsOfReaders, overflow } from '../support/accessible.ts'
import { judged, openPanel, untilReady, visit, type Stage } from '../support/gate-page.ts'
import type { GateServer } from '../support/gate-server.ts'
import { onStage } from '../support/on-stage.ts'

let stage: Stage
let server: GateServer
onStage((given) => ({ stage, server } = given))

const spoken = (page: Page): Promise<(string | null)[]> =>
  page.evaluate(() => ['lang', 'dir'].map((name) => document.documentElement.getAttribute(name)))

/** The two taps. */
async function choose(page: Page, now: string, next: string): Promise<void> {
  await page.locator('.language > button:visible', { hasText: now }).click()
  const choice = page.getByRole('dialog').getByRole('button', { name: next, exact: true })
  expect((await choice.boundingBox())?.height).toBeGreaterThanOrEqual(56)
  await choice.click()
}

test('two taps from the scan screen, a page or a verdict change the language, and it is remembered', async () => {
  const page = await visit(stage, server.page)
  await untilReady(page)
  await page.getByRole('button', { name: 'Skip' }).click()
  await choose(page, 'English', 'हिन्दी')
  await page.getByText(hindi['scan.aim']).waitFor()
  expect(await spoken(page)).toEqual(['hi', 'ltr'])
  expect(await findings(page)).toEqual([])

  await judged(page, await server.authority.token({ n: 'A. B.' }))
  await page.getByRole('alert').getByText(hindi['verdict.full.meaning']).waitFor()
  await page.getByRole('button', { name: hindi['verdict.keep-open'] }).click()
  expect([await findings(page), await overflow(page)]).toEqual([[], []])
  await choose(page, 'हिन्दी', 'English')
  // It is kept open, and is said once more.
  await page.getByRole('alert').getByText(english['verdict.full.meaning']).waitFor()
  await choose(page, 'English', 'हिन्दी')
  await page.getByRole('button', { name: hindi['verdict.next'] }).click()

  await page.reload()
  await page.getByText(hindi['scan.aim']).waitFor()
  await page.getByRole('button', { name: hindi['scan.menu'] }).click()
  await page.locator('.panel').waitFor()
  await choose(page, 'हिन्दी', 'English')
  await page.getByText(english['page.ready.yes']).waitFor()
  await page.getByRole('button', { name: english['page.scan'], exact: true }).click()
  await openPanel(page, 'Keys')
})

test('the device’s language at first', async () => {
  const page = await visit(stage, server.page, { locale: 'hi-IN' })
  await page.getByText(hindi['scan.aim']).waitFor()
  await page.locator('.pill', { hasText: hindi['pill.ready'] }).waitFor()
  expect(await spoken(page)).toEqual(['hi', 'ltr'])
})

test('without the file of its language the gate speaks English, and says so to a screen reader', async () => {
  const page = await visit(stage, server.page, {
    locale: 'hi-IN',
    serviceWorkers: 'block',
    prepare: (fresh) => fresh.route(/assets\/hi\./, (route) => route.abort()),
  })
  await page.getByText(english['scan.aim']).waitFor()
  await page.locator('[data-reader="fast"]').waitFor()
  expect(await spoken(page)).toEqual(['en', 'ltr'])
  await judged(page, await server.authority.token())
  await page.getByRole('alert').getByText(english['verdict.full.meaning']).waitFor()
})

describe('on a phone of 320 px', () => {
  test.each(tags.filter((tag) => tag !== 'en'))(
    '%s: every verdict is said, and nothing stands out or is a box',
    async (tag) => {
      const words = catalogue(tag)
      const say = (id: string): string => words.get(id) ?? catalogue('en').get(id) ?? ''
      const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click()
      const { authority } = server
      const page = await visit(stage, server.page, {
        locale: `${tag}-IN`,
        viewport: { width: 320, height: 640 },
        reducedMotion: 'reduce',
      })
      await page.locator('.pill', { hasText: say('pill.ready') }).waitFor()
      expect(await spoken(page)).toEqual([tag, tag === 'ur' ? 'rtl' : 'ltr'])
      expect(await page.evaluate(boxesIn, [...new Set([...words.values()].join(''))])).toEqual([])
      const faults: unknown[] = []
      const look = async (): Promise<void> => {
        faults.push(...(await findings(page)), ...(await misfitsOfReaders(page)))
      }
      await look()
      await press(say('page.first.skip'))

      const expired = { iat: SECONDS() - 90_000, exp: SECONDS() - 4000 }
      const said = [
        ...([2, 1, 0] as const).map((vs) => ({ claims: { vs }, word: byStatus[vs], about: byStatus[vs] })),
        { claims: expired, word: 'refused', about: 'expired' },
        { claims: { iss: 'https://elsewhere.example' }, word: 'unsure', about: 'unknown-key' },
      ]
      for (const { claims, word, about } of said) {
        await judged(page, await authority.token(claims))
        const answer = page.getByRole('alert')
        await answer.getByRole('heading', { name: say(`verdict.${word}.word`), exact: true }).waitFor()
        await answer.getByText(say(`verdict.${about}.meaning`), { exact: true }).waitFor()
        await press(say('verdict.keep-open'))
        await look()
        if (about === 'unknown-key') {
          await press(say('verdict.what-now'))
          await page.getByRole('dialog').waitFor()
          await look()
          await press(say('page.advice.close'))
        }
        await press(say('verdict.next'))
      }
      await press(say('scan.menu'))
      for (const id of ['page.ready', 'page.tally', 'page.keys', 'page.settings', 'page.help']) {
        await page
          .locator('.tabs')
          .getByRole('button', { name: say(id), exact: true })
          .click()
        await page.getByRole('heading', { name: say(id), level: 1 }).waitFor()
        await look()
      }
      await page.setViewportSize({ width: 1180, height: 820 })
      await page.emulateMedia({ colorScheme: 'dark' })
      await look()
      expect(faults).toEqual([])
    },
  )
})

/** The letters that this device's fonts have no glyph for: they look like a character that there is none of. */
function boxesIn(characters: readonly string[]): string[] {
  const canvas = new OffscreenCanvas(40, 40)
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (!pen) throw new Error('No canvas')
  pen.font = `24px ${getComputedStyle(document.body).fontFamily}`
  const drawn = (text: string): string => {
    pen.clearRect(0, 0, 40, 40)
    pen.fillText(text, 8, 28)
    return pen.getImageData(0, 0, 40, 40).data.join()
  }
  const box = drawn('\u{10FFFE}')
  return characters.filter((character) => /\p{L}/u.test(character) && drawn(character) === box)
}
