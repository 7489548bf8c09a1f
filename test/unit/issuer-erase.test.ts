// A person is erased from a service that runs: their codes are refused, nothing answers for them, and nobody else is touched.
import { eq } from 'drizzle-orm'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { payloadOf } from '../../src/core/compact.ts'
import { inflateList, openStatusList, statusAt } from '../../src/core/status-list.ts'
import { inflate } from '../../src/inflate.ts'
import { openDatabase, type Database } from '../../src/issuer/service/database.ts'
import { erase, heldOf } from '../../src/issuer/service/erasure.ts'
import { keyedHash } from '../../src/issuer/service/keyed-hash.ts'
import { oneKey } from '../../src/issuer/service/keys.ts'
import { readPerson } from '../../src/issuer/service/person.ts'
import { importRegister } from '../../src/issuer/service/register-import.ts'
import { consents, people, revocations } from '../../src/issuer/service/schema.ts'
import { keySigner } from '../../src/issuer/service/signer.ts'
import { trustIn } from '../../src/issuer/own-belief.ts'
import { makeKey, type PrivateJwk } from '../../src/issuer/sign.ts'
import { CSV, ISS, PEPPER, seed, startTestIssuer, type TestIssuer } from '../support/issuer.ts'
import { databasesOf, kinds, type Databases } from '../support/postgres.ts'

const asha = ['9000000001', 'Asha Nair'] as const
/** Of the same number. */
const ravi = ['9000000001', 'Ravi Nair'] as const
const hash = keyedHash(PEPPER)
const keyOf = ([mobile, name]: readonly [string, string]): Buffer =>
  readPerson(hash, mobile, name)?.key ?? Buffer.alloc(0)

describe.each(kinds)('on %s', { timeout: 60_000 }, (kind) => {
  let databases: Databases
  let database: Database
  let key: PrivateJwk
  let service: TestIssuer

  beforeAll(async () => {
    databases = await databasesOf(kind)
    database = await openDatabase(await databases.create())
    await seed(database)
    key = await makeKey('ES256', 'issuer')
    service = await start()
  }, 120_000)
  afterAll(async () => {
    await service.issuer.stop()
    await database.close()
    await databases.stop()
  })

  const start = (): Promise<TestIssuer> => startTestIssuer(database, { keys: oneKey(keySigner(key)) })
  const confirmed = async (person: readonly [string, string]): Promise<string> => {
    const { status, body } = await service.post('/kyc-vs/confirm', await service.ask(...person))
    expect(status).toBe(200)
    return String(body['token'])
  }
  /** What a gate finds in the list that the token names. */
  const entryOf = async (token: string): Promise<number | undefined> => {
    const { idx, uri } = JSON.parse(JSON.stringify(payloadOf(token)?.['status'])).status_list
    const trust = await trustIn(key, ISS, [uri])
    const jws = await (await service.get(new URL(uri).pathname)).text()
    const list = trust && (await openStatusList(jws, trust))
    const inflated = list?.ok ? await inflateList(list.value, inflate) : undefined
    if (!inflated) throw new Error('the list is not sound')
    return statusAt(inflated, idx)
  }
  const mine = () =>
    database.sql
      .select()
      .from(consents)
      .where(eq(consents.personKey, keyOf(asha)))

  test('off the register, codes revoked, what was open closed; the record of consent stays, others do too', async () => {
    const [token, other] = [await confirmed(asha), await confirmed(ravi)]
    const old = await confirmed(asha)
    const { idx } = JSON.parse(JSON.stringify(payloadOf(old)?.['status'])).status_list
    const past = new Date(Date.now() - 60_000)
    await database.sql.update(consents).set({ expiresAt: past }).where(eq(consents.idx, idx))
    const others = await database.sql.$count(people)
    const manage = await service.post('/kyc-vs/consents', await service.ask(...asha, { purpose: 'manage-consents' }))
    const open = await service.ask(...asha)
    expect(await heldOf(database.sql, keyOf(asha))).toEqual({
      onRegister: true,
      open: 2,
      tokens: 1,
      consents: 2,
      lastToken: expect.any(Date),
    })

    expect(await erase(database.sql, keyOf(asha))).toEqual({ onRegister: true, open: 2, tokens: 1 })
    expect(await database.sql.$count(people)).toBe(others - 1)
    expect((await service.post('/kyc-vs/confirm', open)).status).toBe(410)
    const id = (await mine())[0]?.id
    expect((await service.post('/kyc-vs/consents/withdraw', { manage: manage.body['manage'], id })).status).toBe(401)
    expect(await service.post('/kyc-vs/confirm', await service.ask(...asha))).toMatchObject({
      status: 404,
      body: { type: 'urn:kyc-vs:problem:not-registered' },
    })
    // The one that had run out needs no revoking.
    expect(await database.sql.select().from(revocations)).toHaveLength(1)
    expect(await mine()).toHaveLength(2)
    expect((await mine()).filter(({ withdrawnAt }) => withdrawnAt)).toHaveLength(1)
    // The next process to look at the lists signs them: within a minute, and at each start.
    await service.issuer.stop()
    service = await start()
    expect(await entryOf(token)).toBe(1)
    expect(await entryOf(other)).toBe(0)
    await confirmed(ravi)

    // They can still see what they once agreed to. Erased again, nothing is left to erase but that.
    const list = await service.post('/kyc-vs/consents', await service.ask(...asha, { purpose: 'manage-consents' }))
    expect(list.body['consents']).toHaveLength(2)
    expect(await erase(database.sql, keyOf(asha))).toEqual({ onRegister: false, open: 1, tokens: 0 })
  })

  test('while confirms are under way: no valid code is left', async () => {
    for (let round = 0; round < 20; round++) {
      await importRegister(Readable.from([CSV]), database.sql, hash, { onBadLine: () => {} })
      const asked = await service.ask(...asha)
      const [{ status }] = await Promise.all([
        service.post('/kyc-vs/confirm', asked),
        new Promise((resolve) => setTimeout(resolve, round % 5)).then(() => erase(database.sql, keyOf(asha))),
      ])
      expect([200, 404, 410]).toContain(status)
      expect(await heldOf(database.sql, keyOf(asha))).toMatchObject({ onRegister: false, open: 0, tokens: 0 })
    }
  })

  test('somebody of whom nothing is held changes nothing', async () => {
    const before = await database.sql.$count(people)
    const nobody = Buffer.alloc(32, 9)
    expect(await heldOf(database.sql, nobody)).toEqual({
      onRegister: false,
      open: 0,
      tokens: 0,
      consents: 0,
      lastToken: null,
    })
    expect(await erase(database.sql, nobody)).toEqual({ onRegister: false, open: 0, tokens: 0 })
    expect(await database.sql.$count(people)).toBe(before)
  })
})
