// The PIN over settings and import, on the built gate.
import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import english from '../../src/gate/locales/en.json'
import { green, judged, next, openPanel, openStage, untilReady, visit, type Stage } from '../support/gate-page.ts'
import { startGateServer, type GateServer } from '../support/gate-server.ts'

let stage: Stage
let server: GateServer

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())
beforeEach(async () => {
  stage.film()
  server = await startGateServer()
})
afterEach(() => server.stop())

const asked = (page: Page) => page.locator('[data-pin="asked"]')
const scan = (page: Page): Promise<void> => page.locator('.tabs').getByRole('button', { name: 'Scan' }).click()
async function give(page: Page, pin: string): Promise<void> {
  await asked(page).getByLabel(english['page.pin.asked']).fill(pin)
  await asked(page).getByRole('button', { name: english['page.pin.open'] }).click()
}

test('locks settings and import, and neither scanning nor Refresh; wrong tries wait, also after a reload', async () => {
  const page = await visit(stage, server.page)
  await untilReady(page)
  await openPanel(page, 'Settings')
  await page.getByLabel(english['page.pin.fresh']).fill('4711')
  await page.getByLabel(english['page.pin.again']).fill('4712')
  expect(await page.getByRole('button', { name: english['page.pin.set'] }).isDisabled()).toBe(true)
  await page.getByLabel(english['page.pin.again']).fill('4711')
  await page.getByRole('button', { name: english['page.pin.set'] }).click()
  await page.locator('[data-pin="set"]').waitFor()
  await scan(page)

  // Staff go on as ever.
  expect(await judged(page, await server.authority.token())).toEqual(green)
  await next(page)
  await openPanel(page, 'Keys')
  await page.getByRole('button', { name: 'Refresh' }).click()
  await page.locator('[data-outcome="same"]').waitFor()
  await page.getByRole('button', { name: 'Import file' }).click()
  await asked(page).waitFor()
  await give(page, '4711')
  await page.getByText(english['page.pin.opened']).waitFor()
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Import file' }).click()
  await choosing
  await scan(page)

  await openPanel(page, 'Settings')
  expect(await page.getByRole('checkbox').count()).toBe(0)
  // The field takes the next one once a try is over.
  for (const pin of ['0000', '1111', '2222']) await give(page, pin)
  await asked(page).getByText('Try again in').waitFor()
  await page.reload()
  await untilReady(page)
  await openPanel(page, 'Settings')
  await asked(page).getByText('Try again in').waitFor()
  expect(await asked(page).getByLabel(english['page.pin.asked']).isDisabled()).toBe(true)
  await asked(page).getByText(english['page.pin.forgotten']).waitFor()
})
