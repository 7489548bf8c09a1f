// Every screen of the gate, and how it comes: what the tests of accessibility and the gallery go through.
import type { Page } from 'playwright'
import { outcomes } from '../../src/gate/session/settings.ts'
import { SECONDS } from './authority.ts'
import { judged, next, openPanel, untilReady } from './gate-page.ts'
import type { GateServer } from './gate-server.ts'

type Authority = GateServer['authority']
export type Open = (page: Page, authority: Authority) => Promise<unknown>

const verdict =
  (claims: () => Parameters<Authority['token']>[0]): Open =>
  async (page, authority) => {
    await judged(page, await authority.token(claims()))
    // It would be gone while it is looked at.
    await page.locator('.verdict-foot [aria-pressed]').click()
  }

/** Each opens a screen from a fresh scan screen. */
export const gateScreens = {
  'first run': untilReady,
  practice: async (page) => {
    await page.getByRole('button', { name: 'Practise' }).click()
    await page.getByRole('img', { name: 'A practice code' }).waitFor()
  },
  'practice, the result of a specimen': async (page) => {
    await gateScreens.practice(page)
    await page.getByRole('button', { name: 'Scan it' }).click()
    await page.locator('.verdict').waitFor()
  },
  'practice, at its end': async (page) => {
    await gateScreens.practice(page)
    for (const _ of outcomes) {
      await page.getByRole('button', { name: 'Scan it' }).click()
      await page.getByRole('button', { name: 'Next' }).click()
    }
    await page.getByRole('button', { name: 'Start scanning' }).waitFor()
  },
  scan: (page) => page.getByRole('button', { name: 'Skip' }).click(),
  'a line about some other code': async (page) => {
    await page.getByRole('button', { name: 'Skip' }).click()
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
  'report of a shift': async (page, authority) => {
    await openShift(page, authority)
    await page.getByRole('button', { name: 'Report' }).click()
    await page.getByRole('heading', { name: 'Shift report' }).waitFor()
  },
  'delete the tally': async (page, authority) => {
    await openShift(page, authority)
    await page.getByRole('button', { name: 'Delete all' }).click()
    await page.getByRole('button', { name: 'Keep them' }).waitFor()
  },
  settings: (page) => openPanel(page, 'Settings'),
  help: (page) => openPanel(page, 'Help'),
  green: verdict(() => ({ n: 'A. B.' })),
  amber: verdict(() => ({ vs: 1 })),
  red: verdict(() => ({ vs: 0 })),
  dark: verdict(() => ({ iat: SECONDS() - 90_000, exp: SECONDS() - 4000 })),
  grey: verdict(() => ({ iss: 'https://elsewhere.example' })),
  'what to do now': async (page, authority) => {
    await judged(page, await authority.token({ iss: 'https://elsewhere.example' }))
    await page.getByRole('button', { name: 'What do I do now?' }).click()
    await page.getByRole('dialog').waitFor()
  },
} as const satisfies Readonly<Record<string, Open>>

/** A shift in which every outcome was shown. */
async function openShift(page: Page, authority: Authority): Promise<void> {
  await untilReady(page)
  await openPanel(page, 'Tally')
  await page.getByRole('button', { name: 'Start shift' }).click()
  await page.locator('[data-shift="on"]').waitFor()
  await page.locator('.tabs').getByRole('button', { name: 'Scan' }).click()
  for (const vs of [2, 1, 0] as const) {
    await judged(page, await authority.token({ vs }))
    await next(page)
  }
  await judged(page, await authority.token({ iat: SECONDS() - 90_000, exp: SECONDS() - 4000 }))
  await next(page)
  await openPanel(page, 'Tally')
  await page.locator('[data-total="4"]').waitFor()
}
