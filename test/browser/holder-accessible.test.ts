// The holder's page by axe-core on every screen, light and dark; nothing overflows at 320 px, on a tablet, on a phone on its
// side, or with text twice as large; and all of it can be done from the keyboard.
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultsIn } from '../support/accessible.ts'
import { openStage, type Stage } from '../support/gate-page.ts'
import {
  askForOtp,
  fillPerson,
  getCode,
  judge,
  on,
  openHolder,
  press,
  scanned,
  typeOtp,
} from '../support/holder-page.ts'
import { startHolderIssuer, type HolderIssuer } from '../support/holder-issuer.ts'

let stage: Stage
let issuer: HolderIssuer

beforeAll(async () => {
  issuer = await startHolderIssuer()
  stage = await openStage()
})
afterAll(async () => {
  await stage.close()
  await issuer.stop()
})

const lastOtp = (): string => issuer.outbox.at(-1)?.otp ?? ''

/** Each opens a screen from the page's beginning. */
const screens: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  consent: (page) => on(page, 'agree'),
  'live or paper': (page) => press(page, 'I agree'),
  'who, with faults': async (page) => {
    await press(page, 'I agree')
    await press(page, 'Go on')
    await fillPerson(page, { name: '', mobile: '' })
  },
  OTP: askForOtp,
  'a trouble': async (page) => {
    await askForOtp(page, { name: 'Nobody Known' })
    await typeOtp(page, lastOtp())
    await page.locator('.trouble').waitFor()
  },
  'live code': async (page) => {
    await getCode(page, issuer.outbox, { initials: true })
    await page.locator('.qr').waitFor()
  },
  'one gate': async (page) => {
    await getCode(page, issuer.outbox)
    await press(page, 'For one gate only')
    await page.getByRole('dialog').waitFor()
  },
  delete: async (page) => {
    await getCode(page, issuer.outbox)
    await press(page, 'Delete this code')
    await page.getByRole('dialog').waitFor()
  },
  paper: async (page) => {
    await getCode(page, issuer.outbox, { paper: true, initials: true, keep: true })
    await page.locator('.qr').waitFor()
  },
  'my codes': async (page) => {
    await getCode(page, issuer.outbox)
    await press(page, 'Back')
    await on(page, 'home')
  },
  'my consents': async (page) => {
    const devi = { name: 'Devi Rao', mobile: '98765 43211' }
    await getCode(page, issuer.outbox, devi)
    await press(page, 'Back')
    await press(page, 'My consents')
    await fillPerson(page, devi)
    await on(page, 'otp')
    await typeOtp(page, lastOtp())
    await on(page, 'consents')
  },
}

const shapes = {
  '320 px, dark': { viewport: { width: 320, height: 568 }, colorScheme: 'dark' },
  'a phone': { viewport: { width: 360, height: 740 } },
  'on its side': { viewport: { width: 740, height: 360 } },
  'a tablet, dark': { viewport: { width: 820, height: 1180 }, colorScheme: 'dark' },
} as const

test.each(Object.entries(screens))('%s', async (_, open) => {
  const page = await openHolder(stage, issuer)
  await open(page)
  expect(await faultsIn(page, shapes)).toEqual({})
})

test('the whole code is on the screen at once, upright and on its side', async () => {
  for (const viewport of [shapes['a phone'].viewport, shapes['on its side'].viewport]) {
    const page = await openHolder(stage, issuer, { viewport })
    await getCode(page, issuer.outbox)
    const box = await page.locator('.qr').boundingBox()
    expect(box?.y).toBeGreaterThanOrEqual(0)
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(viewport.height)
    expect(await judge(await scanned(page), issuer)).toMatchObject({ kind: 'verified' })
  }
})

/** The words on what has the focus. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement
    return at instanceof HTMLInputElement ? (at.labels?.[0]?.textContent ?? '') : (at?.textContent ?? '')
  })

test('from the keyboard alone', async () => {
  const page = await openHolder(stage, issuer)
  const tabTo = async (name: string): Promise<void> => {
    for (let tabs = 0; (await focused(page)) !== name; tabs++) {
      expect(tabs).toBeLessThan(12)
      await page.keyboard.press('Tab')
    }
  }
  await on(page, 'agree')
  await tabTo('Add my initials')
  await page.keyboard.press('Space')
  await tabTo('I agree')
  await page.keyboard.press('Enter')
  await on(page, 'form')
  await tabTo('On this phone')
  await page.keyboard.press('ArrowDown')
  await tabTo('Go on')
  await page.keyboard.press('Enter')
  await on(page, 'person')
  await tabTo('Full name')
  await page.keyboard.type('Asha Nair')
  await tabTo('Mobile number')
  await page.keyboard.type('9876543210')
  await page.keyboard.press('Enter')
  await on(page, 'otp')
  await page.keyboard.type(lastOtp())
  await page.keyboard.press('Enter')
  await on(page, 'code')
  expect(await judge(await scanned(page), issuer)).toMatchObject({ initials: 'A.N.', live: false })
})
