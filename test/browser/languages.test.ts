// The gate in another language than English: chosen in two taps from any screen, remembered, and the device's own at first.
import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import english from '../../src/gate/locales/en.json'
import hindi from '../../src/gate/locales/hi.json'
import { findings, overflow } from '../support/accessible.ts'
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
