// The built holder's page when not all goes well: OTPs that are wrong or late, limits, a service or a device that fails; and
// consents that are taken back.
import type { Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { OTP_SECONDS } from '../../src/issuer/service/otp.ts'
import { openStage, type Stage, type Visit } from '../support/gate-page.ts'
import {
  askForOtp,
  fillPerson,
  getCode,
  judge,
  on,
  openHolder,
  press,
  scanned,
  trouble,
  typeOtp,
  type Wishes,
} from '../support/holder-page.ts'
import { problem, startHolderIssuer, type HolderIssuer } from '../support/holder-issuer.ts'

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
beforeEach(() => issuer.reset())

const open = (visitor?: Visit, query?: string): Promise<Page> => openHolder(stage, issuer, visitor, query)
const lastOtp = (): string => issuer.outbox.at(-1)?.otp ?? ''
/** An OTP that is certainly another. */
const wrongOtp = (): string => (lastOtp() === '000000' ? '000001' : '000000')
const code = (page: Page, wishes?: Wishes): Promise<void> => getCode(page, issuer.outbox, wishes)
const verdict = async (page: Page, gate = {}): Promise<object> => judge(await scanned(page), issuer, gate)

/** A page that has just asked for an OTP, of a service that was first prepared for it. */
async function asksAfter(prepare: () => void): Promise<Page> {
  const page = await open()
  await press(page, 'I agree')
  await press(page, 'Go on')
  prepare()
  await fillPerson(page)
  return page
}

describe('the OTP', () => {
  test('may be pasted with a space, and is what phones fill in', async () => {
    const page = await open()
    await askForOtp(page)
    const input = page.getByLabel('OTP from the message')
    expect(await input.getAttribute('autocomplete')).toBe('one-time-code')
    expect(await input.getAttribute('inputmode')).toBe('numeric')
    expect(await input.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.insertText(`${lastOtp().slice(0, 3)} ${lastOtp().slice(3)}`)
    await page.keyboard.press('Enter')
    await on(page, 'code')
  })

  test('is taken from the message where the phone offers it', async () => {
    const page = await open({
      prepare: async (fresh) => {
        await fresh.exposeFunction('messageArrives', async () => {
          await expect.poll(() => issuer.outbox.length).toBe(1)
          return { code: lastOtp() }
        })
        await fresh.addInitScript(() => {
          Object.defineProperty(window, 'OTPCredential', { value: Credential })
          Object.defineProperty(navigator.credentials, 'get', {
            value: () => Reflect.apply(Reflect.get(window, 'messageArrives'), undefined, []),
          })
        })
      },
    })
    await press(page, 'I agree')
    await press(page, 'Go on')
    await fillPerson(page)
    await on(page, 'code')
  })

  test('wrong says how many tries are left; none left, asks for a new one', async () => {
    const page = await open()
    await askForOtp(page)
    await typeOtp(page, '12')
    await page.getByText('Type the six digits of the message.').waitFor()
    for (const left of ['4 tries left.', '3 tries left.', '2 tries left.', 'One try left.']) {
      await typeOtp(page, wrongOtp())
      await trouble(page, 'wrong-otp').getByText(left).waitFor()
    }
    await typeOtp(page, wrongOtp())
    await trouble(page, 'too-many-tries').getByRole('button', { name: 'Send a new OTP' }).click()
    await expect.poll(() => issuer.outbox.length).toBe(2)
    await trouble(page, 'too-many-tries').waitFor({ state: 'detached' })
    await typeOtp(page, lastOtp())
    await on(page, 'code')
  })

  test('late is said without being asked, and is not sent', async () => {
    const page = await open({ prepare: (fresh) => fresh.clock.install() })
    await askForOtp(page)
    await page.clock.fastForward(OTP_SECONDS * 1000)
    await trouble(page, 'otp-over').waitFor()
    expect(issuer.received).toHaveLength(1)
    await trouble(page, 'otp-over').getByRole('button', { name: 'Send a new OTP' }).waitFor()
  })

  test('followed by one that was asked for elsewhere is said', async () => {
    const page = await open()
    await askForOtp(page)
    const otp = lastOtp()
    await issuer.askElsewhere('+919876543210', 'Asha Nair')
    await typeOtp(page, otp)
    await trouble(page, 'otp-over').waitFor()
  })

  test('can be sent again after a countdown', async () => {
    const page = await open({ prepare: (fresh) => fresh.clock.install() })
    await askForOtp(page)
    const countdown = page.getByRole('button', { name: /^Send again in \d+ s$/ })
    expect(await countdown.isDisabled()).toBe(true)
    const late = page.getByText('No message yet?')
    expect(await late.count()).toBe(0)
    await page.clock.fastForward(30_000)
    await late.waitFor()
    await press(page, 'Send again')
    await expect.poll(() => issuer.outbox.length).toBe(2)
    await countdown.waitFor()
    expect(await late.count()).toBe(0)
    await typeOtp(page, lastOtp())
    await on(page, 'code')
  })

  test('for somebody who is not on the register leads back to name and number', async () => {
    const page = await open()
    await askForOtp(page, { name: 'Nobody Known' })
    await typeOtp(page, lastOtp())
    await trouble(page, 'not-on-register').getByRole('button', { name: 'Change name or number' }).click()
    await on(page, 'person')
    expect(await page.getByLabel('Full name').inputValue()).toBe('Nobody Known')
  })
})

describe('when something is wrong', () => {
  test('name and number are checked before anything is sent', async () => {
    const page = await open()
    await press(page, 'I agree')
    await press(page, 'Go on')
    await fillPerson(page, { name: ' ', mobile: '12345' })
    await page.getByText('Type the full name.').waitFor()
    await page.getByText('Type 10 digits, or + and the country code').waitFor()
    expect(await page.getByLabel('Full name').evaluate((field) => field === document.activeElement)).toBe(true)
    expect(issuer.received).toEqual([])
  })

  test('too many requests: when to come back, in words', async () => {
    const strict = await startHolderIssuer({ perNumber: { most: 1, per: 610 } })
    onTestFinished(() => strict.stop())
    await strict.askElsewhere('+919876543210', 'Asha Nair')
    const page = await openHolder(stage, strict)
    await press(page, 'I agree')
    await press(page, 'Go on')
    await fillPerson(page)
    await trouble(page, 'too-many-requests')
      .getByText(/Try again in 1[01] minutes\./)
      .waitFor()
  })

  test.each([
    ['service-down', () => problem(503, 'unavailable')],
    ['service-down', () => new Response('<h1>Bad gateway</h1>', { status: 502 })],
    ['bad-details', () => problem(422, 'invalid')],
    ['bad-answer', () => new Response('<h1>Please sign in</h1>')],
    ['bad-answer', () => Response.json({ txn_id: 7 })],
  ])('%s', async (name, next) => {
    const page = await asksAfter(() => {
      issuer.line.next = next
    })
    await trouble(page, name).waitFor()
    // What was typed is still there, and the next try goes through.
    await press(page, 'Send OTP')
    await on(page, 'otp')
  })

  test('offline', async () => {
    const page = await open()
    await page.context().setOffline(true)
    await page.reload()
    await press(page, 'I agree')
    await press(page, 'Go on')
    await fillPerson(page)
    await trouble(page, 'offline').waitFor()
    await page.context().setOffline(false)
    await press(page, 'Send OTP')
    await on(page, 'otp')
  })

  test('no room on the phone: the code works all the same', async () => {
    const page = await open({
      prepare: (fresh) =>
        fresh.addInitScript(() => {
          IDBObjectStore.prototype.put = () => {
            throw new DOMException('full', 'QuotaExceededError')
          }
        }),
    })
    await code(page, { keep: true })
    await trouble(page, 'storage-full').waitFor()
    expect(await verdict(page)).toMatchObject({ kind: 'verified' })
  })

  test('a browser that keeps nothing: the code works all the same', async () => {
    const page = await open({ without: ['indexedDB'] })
    await code(page, { keep: true })
    await trouble(page, 'not-kept').waitFor()
    expect(await verdict(page)).toMatchObject({ kind: 'verified' })
  })

  test('no keys in this browser: paper instead, without another consent', async () => {
    const page = await open({
      prepare: (fresh) =>
        fresh.addInitScript(() => {
          Reflect.deleteProperty(SubtleCrypto.prototype, 'generateKey')
        }),
    })
    await askForOtp(page)
    await typeOtp(page, lastOtp())
    await trouble(page, 'no-key').getByRole('button', { name: 'Choose paper instead' }).click()
    await on(page, 'form')
    expect(await page.getByLabel('On paper').isChecked()).toBe(true)
  })

  test('a clock that is wrong: gates would refuse the code, so it is said', async () => {
    issuer.line.clockAhead = 120
    const page = await open()
    await code(page)
    await trouble(page, 'clock-off').waitFor()
  })
})

describe('consents', () => {
  const devi = { name: 'Devi Rao', mobile: '+91 98765 43211' }
  const esa = { name: 'Esa Khan', mobile: '98765 43212' }

  test('are listed and withdrawn by OTP, and the code is then refused', async () => {
    const page = await open({}, '?verifier=rail-booking&purpose=Boarding')
    await code(page, { ...devi, initials: true })
    const text = await scanned(page)
    expect(await judge(text, issuer, { audience: 'rail-booking' })).toMatchObject({ kind: 'verified' })
    await press(page, 'Back')
    await press(page, 'My consents')
    await fillPerson(page, devi)
    await on(page, 'otp')
    await typeOtp(page, lastOtp())
    await on(page, 'consents')
    const consent = page.locator('.consents li')
    expect(await consent.innerText()).toMatch(/^Rail Booking\s+Boarding\s+Shared\s+Status and initials\s+Agreed/)
    await press(page, 'Withdraw')
    await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click()
    await consent.getByText('Withdrawn').waitFor()
    expect(await page.getByRole('button', { name: 'Withdraw' }).count()).toBe(0)
    await expect
      .poll(() => judge(text, issuer, { audience: 'rail-booking' }), { timeout: 10_000 })
      .toEqual({ kind: 'refused', reason: 'revoked' })
  })

  test('may be none', async () => {
    const page = await open()
    await press(page, 'My consents')
    await fillPerson(page, { name: 'Nobody' })
    await on(page, 'otp')
    await typeOtp(page, lastOtp())
    await page.getByText('There is nothing under this name and number.').waitFor()
  })

  test('that took too long to look at begin again', async () => {
    const page = await open()
    await code(page, esa)
    await press(page, 'Back')
    await press(page, 'My consents')
    await fillPerson(page, esa)
    await on(page, 'otp')
    await typeOtp(page, lastOtp())
    await on(page, 'consents')
    issuer.line.next = () => problem(401, 'no-session')
    await press(page, 'Withdraw')
    await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click()
    await trouble(page, 'session-over').getByRole('button', { name: 'Start again' }).click()
    await on(page, 'person')
  })
})
