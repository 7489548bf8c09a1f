// A person with the holder's page in a browser: the steps that most tests take, and the QR on the screen as a gate reads it.
import type { Locator, Page } from 'playwright'
import { openBelief, openConfig } from '../../src/core/belief.ts'
import { namedStatusLists, openTrustList } from '../../src/core/trust-list.ts'
import type { Verdict } from '../../src/core/verdict.ts'
import { verify } from '../../src/core/verify.ts'
import { inflate } from '../../src/inflate.ts'
import { SECONDS } from './authority.ts'
import { visit, type Stage, type Visit } from './gate-page.ts'
import type { HolderIssuer, Message, Published } from './holder-issuer.ts'
import { readPicture } from './read-picture.ts'

/** A new device that opens the page, and has stored it. */
export async function openHolder(stage: Stage, issuer: HolderIssuer, visitor?: Visit, query = ''): Promise<Page> {
  const page = await visit(stage, issuer.page + query, visitor)
  if (visitor?.serviceWorkers !== 'block') await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  return page
}

export const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click()
export const on = (page: Page, screen: string): Promise<void> => page.locator(`[data-screen="${screen}"]`).waitFor()
export const trouble = (page: Page, name: string): Locator => page.locator(`[data-trouble="${name}"]`)

export interface Wishes {
  readonly name?: string
  readonly mobile?: string
  readonly paper?: boolean
  readonly keep?: boolean
  readonly initials?: boolean
}

/** From consent to the screen where the OTP is typed. */
export async function askForOtp(page: Page, wishes: Wishes = {}): Promise<void> {
  await on(page, 'agree')
  if (wishes.initials) await page.getByLabel('Add my initials').check()
  await press(page, 'I agree')
  await on(page, 'form')
  if (wishes.paper) await page.getByLabel('On paper').check()
  if (wishes.keep) await page.getByLabel('Keep it on this phone').check()
  await press(page, 'Go on')
  await fillPerson(page, wishes)
  await on(page, 'otp')
}

export async function fillPerson(
  page: Page,
  { name = 'Asha Nair', mobile = '98765 43210' }: Pick<Wishes, 'name' | 'mobile'> = {},
): Promise<void> {
  await on(page, 'person')
  await page.getByLabel('Full name').fill(name)
  await page.getByLabel('Mobile number').fill(mobile)
  await press(page, 'Send OTP')
}

export async function typeOtp(page: Page, otp: string): Promise<void> {
  await page.getByLabel('OTP from the message').fill(otp)
  await page.locator('[form="otp"]').click()
}

/** From consent to a code. */
export async function getCode(page: Page, outbox: readonly Message[], wishes: Wishes = {}): Promise<void> {
  await askForOtp(page, wishes)
  await typeOtp(page, outbox.at(-1)?.otp ?? '')
  await on(page, 'code')
}

/** The QR on the screen, out of its picture; a picture of only it is taken, as a gate's camera would. */
export async function scanned(page: Page): Promise<string> {
  const qr = page.locator('.qr')
  await qr.waitFor()
  return readPicture(await qr.screenshot())
}

/** What a gate that has fetched what is published says to a code. */
export async function judge(
  text: string,
  published: Published,
  place: { readonly gate?: string; readonly audience?: string } = {},
  now = SECONDS(),
): Promise<Verdict> {
  const config = await openConfig(JSON.stringify({ trustList: '/trust.jwt', roots: [published.publicRoot], ...place }))
  if (!config.ok) throw new Error(config.fault)
  const trustList = await published.trustList()
  const opened = await openTrustList(trustList, config.value.roots)
  if (!opened.ok) throw new Error(opened.fault)
  const statusLists = await Promise.all(namedStatusLists(opened.value).map((uri) => published.statusList(uri)))
  const { belief } = await openBelief({ trustList, statusLists }, config.value, inflate, 0)
  return verify(text, belief, now)
}
