// The built holder's page in three engines: a live code by OTP from the real service, bound to a key that the engine made
// and keeps, drawn so that a reader reads it; and drawn anew with the service gone.
import { Readable } from 'node:stream'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openBelief, openConfig } from '../../src/core/belief.ts'
import { verify } from '../../src/core/verify.ts'
import { holderSite } from '../../src/host/holder.ts'
import { inflate } from '../../src/inflate.ts'
import { openDatabase, type Database } from '../../src/issuer/service/database.ts'
import { keyedHash } from '../../src/issuer/service/keyed-hash.ts'
import { importRegister } from '../../src/issuer/service/register-import.ts'
import { makeKey, publicJwk } from '../../src/issuer/sign.ts'
import { SECONDS } from '../support/authority.ts'
import { otpIn, PEPPER, startTestIssuer, type TestIssuer } from '../support/issuer.ts'
import { readPicture } from '../support/read-picture.ts'
import { engines, type Engine, type Tab } from './engine.ts'

const patience = { timeout: 30_000, interval: 100 }
const REGISTER = 'mobile,full_name,doses_received,doses_required\n9876543210,Asha Nair,2,2\n'

describe.each(engines)('$name', (wanted) => {
  if (!wanted.isHere) return test.skip('this machine has none')
  const root = makeKey('ES256', 'root')
  let engine: Engine
  let database: Database
  let service: TestIssuer
  let tab: Tab

  beforeAll(async () => {
    engine = await wanted.launch()
    database = await openDatabase('memory')
    await importRegister(Readable.from([REGISTER]), database.sql, keyedHash(PEPPER), { onBadLine: () => {} })
  })
  afterAll(async () => {
    await engine.close()
    await database.close()
  })
  beforeEach(async () => {
    service = await startTestIssuer(database, {
      listen: { port: 0 },
      issuer: undefined,
      root: await root,
      extraRoutes: () => holderSite({ dir: 'dist/holder', originsOf: async () => [] }),
    })
    tab = await engine.device()
  })
  afterEach(() => service.issuer.stop())

  const on = (screen: string) =>
    expect.poll(() => tab.read(`document.querySelector('[data-screen="${screen}"]') !== null`), patience).toBe(true)

  /** The code on the screen, as a camera reads it. */
  const code = async (): Promise<string> => readPicture(await tab.picture())

  test('a live code, kept on the device and good with nobody to ask', async () => {
    const { origin } = service.issuer
    await tab.open(`${origin}/me/`)
    await on('agree')
    await tab.read(`navigator.serviceWorker.ready.then(() => true)`)
    await tab.press('I agree')
    await on('form')
    await tab.click('input[name="keep"]')
    await tab.press('Go on')
    await on('person')
    await tab.type('input[name="name"]', 'Asha Nair')
    await tab.type('input[name="tel"]', '9876543210')
    await tab.press('Send OTP')
    await on('otp')
    await tab.type('input[autocomplete="one-time-code"]', otpIn(service.outbox.at(-1)))
    await tab.press('Get my code')
    await on('code')

    const trust = await (await service.get('/trust.jwt')).text()
    const config = await openConfig(JSON.stringify({ trustList: '/trust.jwt', roots: [publicJwk(await root)] }))
    if (!config.ok) throw new Error(config.fault)
    const named = await openBelief({ trustList: trust, statusLists: [] }, config.value, inflate, 0)
    const uris = [...(named.belief.trust?.issuers.values() ?? [])].flatMap(({ statusLists }) => [...statusLists])
    const statusLists = await Promise.all(uris.map(async (uri) => (await fetch(uri)).text()))
    const { belief } = await openBelief({ trustList: trust, statusLists }, config.value, inflate, 0)
    const verdict = async () => verify(await code(), belief, SECONDS())

    await expect.poll(verdict, patience).toMatchObject({ kind: 'verified', status: 2, live: true })
    const first = await code()

    await service.issuer.stop()
    await tab.open(`${origin}/me/?again`)
    await on('code')
    await expect.poll(verdict, patience).toMatchObject({ kind: 'verified', status: 2, live: true })
    const again = await code()
    // The same token, with a fresh proof by the key that was kept.
    expect(again.split('~')[0]).toBe(first.split('~')[0])
    expect(again).not.toBe(first)
  })
})
