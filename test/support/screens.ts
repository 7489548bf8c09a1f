// Every screen of the gate, and how it comes: what the tests of accessibility and the gallery go through.
import type { Page } from 'playwright'
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
    await page.locator('.verdict-foot .quiet').click()
  }

/** Each opens a screen from a fresh scan screen. */
export const gateScreens = {
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
