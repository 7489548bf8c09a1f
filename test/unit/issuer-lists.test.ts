// Status lists and keys: entries drawn without repeat, lists that are ahead of need and signed again, keys that succeed
// each other, and a trust list that follows.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { payloadOf } from '../../src/core/compact.ts'
import { inflateList, openStatusList, statusAt } from '../../src/core/status-list.ts'
import { importRoot } from '../../src/core/roots.ts'
import { openTrustList } from '../../src/core/trust-list.ts'
import { inflate } from '../../src/inflate.ts'
import { openDatabase, type Database, type DatabaseLocation } from '../../src/issuer/service/database.ts'
import { keysInFolder, oneKey, rotateKeys, type Keys } from '../../src/issuer/service/keys.ts'
import { issuerEntry, ownTrustList } from '../../src/issuer/service/own-trust-list.ts'
import { ENTRIES, permutation } from '../../src/issuer/service/permutation.ts'
import { purge } from '../../src/issuer/service/purge.ts'
import { consents, revocations, statusLists } from '../../src/issuer/service/schema.ts'
import { keySigner } from '../../src/issuer/service/signer.ts'
import { statusIndices, weekEnd } from '../../src/issuer/service/status-indices.ts'
import { statusListsOf, type StatusLists } from '../../src/issuer/service/status-lists.ts'
import { trustIn } from '../../src/issuer/own-belief.ts'
import { makeKey, publicJwk, type PrivateJwk } from '../../src/issuer/sign.ts'
import { databasesOf, kinds, type Databases } from '../support/postgres.ts'

const ISS = 'https://kycvs.example'
const DAY = 86_400
const WEEK = 7 * DAY
/** A Monday, 0:00 UTC. */
const MONDAY = Date.UTC(2026, 10, 23) / 1000

describe('the permutation', () => {
  test('gives each entry once, in another order for another key', () => {
    const [one, other] = [permutation(Buffer.alloc(32, 1)), permutation(Buffer.alloc(32, 2))]
    const seen = new Uint8Array(ENTRIES)
    let same = 0
    let neighbours = 0
    for (let counter = 0; counter < ENTRIES; counter++) {
      const entry = one(counter)
      seen[entry] = 1
      if (entry === other(counter)) same += 1
      if (counter > 0 && Math.abs(entry - one(counter - 1)) === 1) neighbours += 1
    }
    expect(seen.every((times) => times === 1)).toBe(true)
    expect(one(0)).toBe(permutation(Buffer.alloc(32, 1))(0))
    // By chance, about 1 and about 2.
    expect(same).toBeLessThan(20)
    expect(neighbours).toBeLessThan(20)
  })

  test.each([-1, ENTRIES, 0.5, Number.NaN])('has no %d', (counter) => {
    expect(() => permutation(Buffer.alloc(32))(counter)).toThrow(RangeError)
  })
})

test.each([
  [MONDAY - 1, MONDAY],
  [MONDAY, MONDAY + WEEK],
  [MONDAY + WEEK - 1, MONDAY + WEEK],
])('the week of %i ends at %i', (time, end) => expect(weekEnd(time)).toBe(end))

// A PGlite takes some seconds to make, on a busy machine more.
describe.each(kinds)('on %s', { timeout: 60_000 }, (kind) => {
  let databases: Databases
  let key: PrivateJwk
  let keys: Keys
  const open: Database[] = []

  beforeAll(async () => {
    databases = await databasesOf(kind)
    key = await makeKey('ES256', 'issuer')
    keys = oneKey(keySigner(key))
  }, 120_000)
  afterAll(async () => {
    for (const database of open) await database.close()
    await databases.stop()
  })

  async function opened(location?: DatabaseLocation): Promise<Database> {
    const database = await openDatabase(location ?? (await databases.create()))
    open.push(database)
    return database
  }
  const listsIn = (database: Database, iss = ISS): StatusLists =>
    statusListsOf(database.sql, { issuer: iss, keys, life: WEEK })
  const ready = async (database: Database, now: number): Promise<StatusLists> => {
    const lists = listsIn(database)
    await lists.prepare(now)
    expect(await lists.signDue(now)).toBe(true)
    return lists
  }

  test('lists are there two weeks before the first token that needs them, one a week', async () => {
    const database = await opened()
    const lists = await ready(database, MONDAY)
    // Live tokens of today run out next Monday; bearer tokens of two weeks from now, six weeks from now.
    const rows = await database.sql.select().from(statusLists).orderBy(statusLists.until)
    const weeks = rows.map(({ until }) => (until.getTime() / 1000 - MONDAY) / WEEK)
    expect(weeks).toEqual([2, 3, 4, 5, 6, 7])
    expect(await lists.uris(MONDAY)).toEqual([1, 2, 3, 4, 5, 6].map((id) => `${ISS}/status/${id}`))
    await lists.prepare(MONDAY + DAY)
    expect(await lists.uris(MONDAY)).toHaveLength(6)
    await lists.prepare(MONDAY + WEEK)
    expect(await lists.uris(MONDAY + WEEK)).toHaveLength(7)
    // A list stays named for some days after its week, and is then no longer signed.
    expect(await lists.uris(MONDAY + 2 * WEEK + DAY)).toHaveLength(7)
    expect(await lists.uris(MONDAY + 2 * WEEK + 3 * DAY)).toHaveLength(6)
  })

  test('entries are never given twice, by several processes, and a list that is full has a successor', async () => {
    const location = await databases.create()
    const first = await opened(location)
    const others = location === 'memory' ? [first, first] : [await opened(location), await opened(location)]
    const lists = await ready(first, MONDAY)
    const exp = MONDAY + 28 * DAY
    // Nearly full: the next blocks are the last.
    await first.sql.update(statusLists).set({ taken: ENTRIES - 512 })
    const processes = [first, ...others].map((database) =>
      statusIndices(database.sql, async () => {
        await listsIn(database).prepare(MONDAY)
        await listsIn(database).signDue(MONDAY)
      }),
    )
    const drawn = (
      await Promise.all(processes.map(({ take }) => Promise.all(Array.from({ length: 700 }, () => take(exp)))))
    ).flat()
    expect(new Set(drawn.map((entry) => `${entry.list}/${entry.idx}`)).size).toBe(2100)
    expect(new Set(drawn.map((entry) => entry.list)).size).toBe(2)
    expect(drawn.every((entry) => entry.idx >= 0 && entry.idx < ENTRIES)).toBe(true)
    const full = await first.sql.select().from(statusLists)
    expect(full.every(({ taken }) => taken <= ENTRIES)).toBe(true)
    expect((await lists.uris(MONDAY)).length).toBeGreaterThan(6)
  })

  test('a list is signed again when an entry is revoked, after 12 hours, and when the service moves', async () => {
    const database = await opened()
    const lists = await ready(database, MONDAY)
    const trust = await trustIn(key, ISS, await lists.uris(MONDAY))
    if (!trust) throw new Error('no trust')
    const held = async (list: number) => {
      const result = await openStatusList((await lists.jws(list)) ?? '', trust)
      const inflated = result.ok ? await inflateList(result.value, inflate) : undefined
      if (!inflated) throw new Error('the list is not sound')
      return inflated
    }
    const first = await held(1)
    expect([first.uri, first.iat, first.exp, first.bits]).toEqual([`${ISS}/status/1`, MONDAY, MONDAY + WEEK, 1])
    expect(first.bytes.length).toBe(ENTRIES / 8)
    await lists.signDue(MONDAY + 60)
    expect((await held(1)).iat).toBe(MONDAY)

    await database.sql.insert(revocations).values([0, 7, 8, 4711, ENTRIES - 1].map((idx) => ({ list: 1, idx })))
    // In the same second: `iat` grows all the same.
    expect(await lists.signDue(MONDAY)).toBe(true)
    const second = await held(1)
    expect(second.iat).toBe(MONDAY + 1)
    for (const idx of [0, 7, 8, 4711, ENTRIES - 1]) expect(statusAt(second, idx)).toBe(1)
    for (const idx of [1, 6, 9, 4710, ENTRIES - 2]) expect(statusAt(second, idx)).toBe(0)
    expect((await held(2)).iat).toBe(MONDAY)
    await database.sql.insert(revocations).values({ list: 1, idx: 5 })
    await lists.signDue(MONDAY + 5)
    expect(statusAt(await held(1), 4711)).toBe(1)
    expect(statusAt(await held(1), 5)).toBe(1)

    await lists.signDue(MONDAY + DAY / 2 + 6)
    expect((await held(1)).iat).toBe(MONDAY + DAY / 2 + 6)
    const moved = listsIn(database, 'https://moved.example')
    await moved.signDue(MONDAY + DAY)
    expect(payloadOf((await moved.jws(1)) ?? '')).toMatchObject({ sub: 'https://moved.example/status/1' })
  })

  test('the trust list follows keys and lists, and its number only grows, even under another root', async () => {
    const database = await opened()
    const lists = await ready(database, MONDAY)
    let at = keys
    const [rootKey, nextKey] = [await makeKey('ES256', 'root'), await makeKey('Ed25519', 'root')]
    const trustOf = (root: PrivateJwk) =>
      ownTrustList(database.sql, root, (now) => issuerEntry({ iss: ISS, name: 'Health' }, at, lists, now))
    const trust = trustOf(rootKey)
    const held = async (root = rootKey) => {
      const imported = await importRoot(publicJwk(root))
      const list = await openTrustList((await trust.jws()) ?? '', imported ? [imported] : [])
      if (!list.ok) throw new Error(list.fault)
      expect(list.value.dropped).toEqual([])
      return list.value
    }
    await trust.renew(MONDAY)
    expect((await held()).seq).toBe(1)
    expect((await held()).issuers.get(ISS)?.statusLists.size).toBe(6)
    await trust.renew(MONDAY + 60)
    expect((await held()).seq).toBe(1)
    at = oneKey(keySigner(await makeKey('Ed25519', 'issuer')))
    await trust.renew(MONDAY + 120)
    expect((await held()).seq).toBe(2)
    await trust.renew(MONDAY + 120 + DAY / 2)
    expect((await held()).seq).toBe(3)
    await trustOf(nextKey).renew(MONDAY + DAY)
    expect((await held(nextKey)).seq).toBe(4)
  })

  test('what has served its time is purged, and nothing else', async () => {
    const database = await opened()
    const now = Math.floor(Date.now() / 1000)
    await ready(database, now - 80 * DAY)
    await ready(database, now)
    const consent = (days: number) => ({
      id: crypto.randomUUID(),
      personKey: Buffer.alloc(32),
      purpose: 'p',
      initialsShared: false,
      list: 1,
      idx: days,
      expiresAt: new Date((now - days * DAY) * 1000),
    })
    await database.sql.insert(consents).values([consent(-1), consent(29), consent(31), consent(400)])
    await database.sql.insert(revocations).values([
      { list: 1, idx: 1 },
      { list: 12, idx: 1 },
    ])
    const purged = await purge(database.sql, 30)
    expect(purged).toMatchObject({ consents: 2, revocations: 1, otps: 0 })
    expect(purged?.lists).toBeGreaterThan(0)
    expect(await database.sql.select().from(consents)).toHaveLength(2)
    expect(await purge(database.sql, 30)).toMatchObject({ consents: 0, lists: 0, revocations: 0 })
  })
})

describe('the keys of a folder', () => {
  let dir = ''
  beforeAll(async () => {
    dir = join(await mkdtemp(join(tmpdir(), 'kycvs-keys-')), 'keys')
  })
  afterAll(() => rm(join(dir, '..'), { recursive: true }))

  test('succeed each other: the old one stays until its last token has run out', async () => {
    const first = await rotateKeys(dir, 'ES256', MONDAY)
    expect(await keysInFolder(dir).published(MONDAY)).toEqual([
      expect.objectContaining({ kid: first.kid, nbf: MONDAY }),
    ])
    const second = await rotateKeys(dir, 'Ed25519', MONDAY + DAY)
    const third = await rotateKeys(dir, 'ES256', MONDAY + 2 * DAY, DAY)
    const signerAt = async (time: number) => (await keysInFolder(dir).signer(time)).kid
    expect(await signerAt(MONDAY + DAY - 1)).toBe(first.kid)
    expect(await signerAt(MONDAY + DAY)).toBe(second.kid)
    expect(await signerAt(MONDAY + 3 * DAY - 1)).toBe(second.kid)
    expect(await signerAt(MONDAY + 3 * DAY)).toBe(third.kid)
    await expect(signerAt(MONDAY - 1)).rejects.toThrow(/no key/)
    // Bounded an hour after it was replaced: other processes may not know yet.
    const published = await keysInFolder(dir).published(MONDAY + 2 * DAY)
    expect(published.map(({ kid, nbf, exp }) => [kid, nbf, exp])).toEqual([
      [first.kid, MONDAY, MONDAY + DAY + 3600],
      [second.kid, MONDAY + DAY, MONDAY + 3 * DAY + 3600],
      [third.kid, MONDAY + 3 * DAY, undefined],
    ])
    const lastToken = MONDAY + DAY + 3600 + 28 * DAY
    const kids = async (time: number) => (await keysInFolder(dir).published(time)).map(({ kid }) => kid)
    expect(await kids(lastToken)).toContain(first.kid)
    expect(await kids(lastToken + DAY + 1)).toEqual([second.kid, third.kid])
    const fourth = await rotateKeys(dir, 'ES256', lastToken + DAY + 1)
    expect(fourth.removed).toEqual([first.kid])
    expect(await readdir(dir)).toHaveLength(3)
    for (const name of await readdir(dir)) expect((await stat(join(dir, name))).mode & 0o777).toBe(0o600)
    expect(JSON.stringify(await keysInFolder(dir).published(MONDAY))).not.toContain('"d"')
  })

  test('sign what their public halves prove, and only once they are read', async () => {
    const [name = ''] = await readdir(dir)
    const text = await readFile(join(dir, name), 'utf8')
    await writeFile(join(dir, 'broken.jwk'), text.replace(/"d": "[^"]+",?/, ''))
    await expect(keysInFolder(dir).signer(MONDAY)).rejects.toThrow(/broken\.jwk/)
    await rm(join(dir, 'broken.jwk'))
  })
})
