// The whole of it, from the register to the gate: a CSV file, the holder's page, an OTP through an SMS gateway, the QR on the
// screen as a camera sees it, and the built gate, offline.
import { Readable } from 'node:stream'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isFields } from '../../src/core/compact.ts'
import { holderSite } from '../../src/host/holder.ts'
import { listen, type Listening } from '../../src/host/listen.ts'
import { staticSite } from '../../src/host/static.ts'
import { openDatabase, type Database } from '../../src/issuer/service/database.ts'
import { toGateway } from '../../src/issuer/service/delivery.ts'
import { keyedHash } from '../../src/issuer/service/keyed-hash.ts'
import { importRegister } from '../../src/issuer/service/register-import.ts'
import { makeKey, publicJwk } from '../../src/issuer/sign.ts'
import { dark, green, openPanel, openStage, untilReady, verdictOf, visit, type Stage } from '../support/gate-page.ts'
import { askForOtp, fillPerson, on, press, typeOtp } from '../support/holder-page.ts'
import { PEPPER, startTestIssuer, type TestIssuer } from '../support/issuer.ts'

const REGISTER = `mobile,full_name,doses_received,doses_required
+919876543210,Asha Nair,2,2
9876543211,Bilal Haddad,1,2
`
const amber = { verdict: 'verified', status: '1', tone: 'amber' }

/** What the SMS gateway was handed, by number: the last message that nobody has read. */
const phones = new Map<string, string>()
let sms: Listening
let database: Database
let service: TestIssuer
let gates: Readonly<Record<'north' | 'south', Listening>>
let stage: Stage

beforeAll(async () => {
  const here = { host: 'localhost', port: 0 }
  sms = await listen(here, () => async (request) => {
    const message: unknown = await request.json()
    if (isFields(message)) phones.set(String(message['to']), String(message['text']))
    return new Response(null, { status: 202 })
  })
  database = await openDatabase('memory')
  const imported = await importRegister(Readable.from([REGISTER]), database.sql, keyedHash(PEPPER), {
    onBadLine: () => {},
  })
  expect(imported).toMatchObject({ goodLines: 2, badLines: 0 })
  const root = await makeKey('ES256', 'root')
  service = await startTestIssuer(database, {
    listen: { port: 0 },
    issuer: undefined,
    root,
    deliver: toGateway({ url: `http://localhost:${sms.port}/send` }),
    extraRoutes: () => holderSite({ dir: 'dist/holder', originsOf: async () => [] }),
  })
  const { origin } = service.issuer
  const gateAt = (gate: string): Promise<Listening> => {
    const config = { operator: 'Example Mall', gate, trustList: `${origin}/trust.jwt`, roots: [publicJwk(root)] }
    const site = staticSite({ dir: 'dist/gate', base: '/gate/', connect: [origin], config })
    return listen(here, () => site.fetch)
  }
  gates = { north: await gateAt('north-entrance'), south: await gateAt('south-entrance') }
  stage = await openStage()
})

afterAll(async () => {
  await stage.close()
  await Promise.all(Object.values(gates).map((gate) => gate.stop()))
  await service.issuer.stop()
  await database.close()
  await sms.stop()
})

const holderPage = (): Promise<Page> => visit(stage, `${service.issuer.origin}/me/`)

/** The OTP of a message that arrives from now on. */
const nextOtp = (mobile: string): Promise<string> =>
  vi.waitUntil(
    () => {
      const text = phones.get(mobile)
      phones.delete(mobile)
      return text && /#(\d{6})$/.exec(text)?.[1]
    },
    { timeout: 10_000 },
  )

/** A gate that could be carried away from the network, and is. */
async function offlineGate(which: keyof typeof gates = 'north'): Promise<Page> {
  stage.film()
  const page = await visit(stage, `http://localhost:${gates[which].port}/gate/`)
  await untilReady(page)
  await page.context().setOffline(true)
  return page
}

/** Holds up what is on a page at this moment. */
async function holdUp(code: Page): Promise<Buffer> {
  const picture = await code.locator('.qr').screenshot()
  stage.filmPicture(picture)
  return picture
}

/** A gate opens its camera with its page, so a new film needs that again. */
async function verdictAt(gate: Page): Promise<object> {
  await gate.reload()
  return verdictOf(gate)
}

async function withdraw(name: string, mobile: string): Promise<void> {
  const page = await holderPage()
  await on(page, 'agree')
  await press(page, 'My consents')
  await fillPerson(page, { name, mobile })
  await on(page, 'otp')
  await typeOtp(page, await nextOtp(mobile))
  await on(page, 'consents')
  await press(page, 'Withdraw')
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click()
  await page.locator('.consents li').getByText('Withdrawn').waitFor()
}

/** The gate is in the network again, and refreshes what it holds as it starts. */
async function untilRevoked(gate: Page, code: Page): Promise<void> {
  await gate.context().setOffline(false)
  await vi.waitUntil(
    async () => {
      await holdUp(code)
      return 'reason' in (await verdictAt(gate))
    },
    { timeout: 60_000 },
  )
  await holdUp(code)
  expect(await verdictAt(gate)).toEqual(dark('revoked'))
}

test('a live code: green offline; its picture refused 90 s later; withdrawn, refused after the next refresh', async () => {
  const mobile = '+919876543210'
  const person = await holderPage()
  await askForOtp(person, { name: 'asha  NAIR', mobile })
  await typeOtp(person, await nextOtp(mobile))
  await on(person, 'code')

  const gate = await offlineGate()
  const picture = await holdUp(person)
  expect(await verdictAt(gate)).toEqual(green)

  stage.filmPicture(picture)
  await gate.clock.setFixedTime(Date.now() + 90_000)
  expect(await verdictAt(gate)).toEqual(dark('not-live'))

  await gate.clock.setFixedTime(Date.now())
  await withdraw('Asha Nair', mobile)
  // Until it hears of that, an offline gate cannot know.
  await holdUp(person)
  await gate.clock.setFixedTime(Date.now())
  expect(await verdictAt(gate)).toEqual(green)
  const informed = await visit(stage, `http://localhost:${gates.north.port}/gate/`)
  await untilRevoked(informed, person)
})

test('a sheet of paper: amber offline, and 90 s later too; withdrawn, refused after the next refresh', async () => {
  const mobile = '+919876543211'
  const person = await holderPage()
  await askForOtp(person, { name: 'Bilal Haddad', mobile, paper: true })
  await typeOtp(person, await nextOtp(mobile))
  await on(person, 'code')

  const gate = await offlineGate()
  const picture = await holdUp(person)
  expect(await verdictAt(gate)).toEqual(amber)

  await withdraw('Bilal Haddad', mobile)
  stage.filmPicture(picture)
  await gate.clock.setFixedTime(Date.now() + 90_000)
  expect(await verdictAt(gate)).toEqual(amber)
  await gate.clock.setFixedTime(Date.now())
  await untilRevoked(gate, person)
})

/** The poster alone, on one sheet: whose gate, which one, and its QR of 120 mm. */
async function checkPrinted(gate: Page): Promise<void> {
  await gate.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await gate.setViewportSize({ width: 794, height: 1123 })
  expect(await gate.locator('body').innerText()).toMatch(
    /^Example Mall\s+north-entrance\s+For a code that works at this gate only/,
  )
  // 96 px are an inch.
  expect((await gate.locator('.poster-sheet .qr').boundingBox())?.width).toBeCloseTo((120 / 25.4) * 96, 0)
  const pdf = await gate.pdf({ format: 'A4' })
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1)
}

test('a live code for one gate only, by the poster that the gate itself shows: green there, refused elsewhere', async () => {
  const mobile = '+919876543210'
  const shown = await offlineGate('north')
  await openPanel(shown, 'Keys')
  const poster = await shown.locator('.poster-sheet .qr').screenshot()
  await checkPrinted(shown)
  // The invented camera goes on with its old film for as long as any page has it.
  await shown.close()
  stage.filmPicture(poster)

  const person = await holderPage()
  await askForOtp(person, { name: 'Asha Nair', mobile })
  await typeOtp(person, await nextOtp(mobile))
  await on(person, 'code')
  await press(person, 'For one gate only')
  await person.getByText('Only for gate “north-entrance”').waitFor()

  const south = await offlineGate('south')
  await holdUp(person)
  expect(await verdictAt(south)).toEqual(dark('not-live'))
  await south.close()
  const north = await offlineGate('north')
  await holdUp(person)
  expect(await verdictAt(north)).toEqual(green)
})
