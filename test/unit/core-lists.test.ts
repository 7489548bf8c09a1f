// What opening says besides a verdict: faults, what was dropped, which list may follow which, and what time is proven.
import { beforeAll, describe, expect, test } from 'vitest'
import { openBelief, openConfig, type Config, type OpenedBelief } from '../../src/core/belief.ts'
import {
  inflateList,
  keepEntries,
  openStatusList,
  replaces,
  statusAt,
  type StatusList,
} from '../../src/core/status-list.ts'
import { openTrustList, succession, type TrustList } from '../../src/core/trust-list.ts'
import { inflate } from '../../src/inflate.ts'
import { makeRoot, makeSigner } from '../vectors/forge.ts'
import {
  config,
  DAY,
  issuer,
  issuerEntry,
  issuerKey,
  listedKey,
  now,
  otherEntry,
  otherIssuer,
  otherKey,
  packed,
  root,
  statusList,
  statusUri,
  trustList,
} from '../vectors/good.ts'

let gate: Config

beforeAll(async () => {
  const opened = await openConfig(JSON.stringify(config()))
  if (!opened.ok) throw new Error(opened.fault)
  gate = opened.value
})

async function trusted(jws: string): Promise<TrustList> {
  const list = await openTrustList(jws, gate.roots)
  if (!list.ok) throw new Error(list.fault)
  return list.value
}

async function status(jws: string): Promise<StatusList> {
  const list = await openStatusList(jws, await trusted(trustList()))
  if (!list.ok) throw new Error(list.fault)
  return list.value
}

/** Every entry of two bytes, and the one after the last. */
async function read(bits: number): Promise<(number | undefined)[]> {
  const list = await status(statusList({ status_list: packed(Uint8Array.of(0b1110_0100, 0b0001_1011), bits) }))
  const inflated = await inflateList(list, inflate)
  if (!inflated) throw new Error('it does not inflate')
  return Array.from({ length: 16 / bits + 1 }, (_, index) => statusAt(inflated, index))
}

const opening = (trust: string | undefined, statusLists: string[] = [], floor = 0): Promise<OpenedBelief> =>
  openBelief({ trustList: trust, statusLists }, gate, inflate, floor)

/** A status list of the other issuer. */
const ofOther = (iat: number): string =>
  statusList({ sub: `${otherIssuer}/status/1`, iat, exp: now + 500 * DAY }, {}, otherKey)

describe('config', () => {
  const faults: [fault: string, text: string][] = [
    ['json', ''],
    ['json', '[]'],
    ['json', '{"roots":'],
    ['operator', JSON.stringify(config({ operator: 7 }))],
    ['gate', JSON.stringify(config({ gate: '' }))],
    ['audience', JSON.stringify(config({ audience: ['example-mall'] }))],
    ['trustList', JSON.stringify(config({ trustList: undefined }))],
    ['minSeq', JSON.stringify(config({ minSeq: '7' }))],
    ['policies', JSON.stringify(config({ policies: [] }))],
    ['roots', JSON.stringify(config({ roots: undefined }))],
    ['roots', JSON.stringify(config({ roots: [] }))],
    ['roots', JSON.stringify(config({ roots: [root.jwk, makeSigner('ES384').jwk] }))],
    ['roots', JSON.stringify(config({ roots: [{ ...root.jwk, d: 'AAAA' }] }))],
  ]
  test.each(faults)('%s is at fault in %s', async (fault, text) => {
    expect(await openConfig(text)).toEqual({ ok: false, fault })
  })

  test('what is optional may be missing, and what is unknown is left alone', async () => {
    const text = JSON.stringify(config({ operator: undefined, gate: undefined, audience: undefined, colour: 'blue' }))
    const opened = await openConfig(text)
    expect(opened).toMatchObject({ ok: true, value: { trustList: '/trust.jwt', audience: undefined } })
  })

  test("a root's kid is its thumbprint", () => expect(gate.roots.map(({ kid }) => kid)).toEqual([root.kid]))
})

describe('trust list', () => {
  const stranger = makeRoot('ES256')
  const faults: [fault: string, jws: string][] = [
    ['not-a-trust-list', 'x'],
    ['not-a-trust-list', statusList()],
    ['unknown-root', trustList({}, {}, stranger)],
    ['bad-signature', trustList({}, {}, { ...stranger, kid: root.kid })],
    ['bad-claims', trustList({ seq: undefined })],
  ]
  test.each(faults)('%s', async (fault, jws) => {
    expect(await openTrustList(jws, gate.roots)).toEqual({ ok: false, fault })
  })

  test('what is bad in it is dropped and reported, and the rest is kept', async () => {
    const keys = [listedKey(issuerKey), listedKey(otherKey, { use: 'enc' }), { kid: 7 }]
    const list = await trusted(trustList({ issuers: [issuerEntry({ keys }), otherEntry({ name: '' }), null] }))
    expect([...list.issuers.keys()]).toEqual([issuer])
    expect([...(list.issuers.get(issuer)?.keys.keys() ?? [])]).toEqual([issuerKey.kid])
    expect(list.dropped).toHaveLength(4)
    expect(list.dropped).toEqual(
      expect.arrayContaining([
        { iss: issuer, kid: otherKey.kid },
        { iss: issuer, kid: '' },
        { iss: otherIssuer },
        { iss: '' },
      ]),
    )
  })

  test('an issuer that no token could name, and a key that no token could name, are dropped', async () => {
    const tooLong = 'k'.repeat(65)
    const keys = [listedKey(issuerKey), listedKey(otherKey, { kid: tooLong })]
    const http = otherEntry({ iss: 'http://other.example' })
    const list = await trusted(trustList({ issuers: [issuerEntry({ keys }), http] }))
    expect(list.dropped).toHaveLength(2)
    expect(list.dropped).toEqual(
      expect.arrayContaining([{ iss: issuer, kid: tooLong }, { iss: 'http://other.example' }]),
    )
  })

  test('of two entries under one name neither is kept', async () => {
    const twice = [listedKey(issuerKey), listedKey(otherKey), listedKey(issuerKey)]
    const list = await trusted(
      trustList({ issuers: [issuerEntry({ keys: twice }), otherEntry(), otherEntry(), otherEntry()] }),
    )
    expect([...list.issuers.keys()]).toEqual([issuer])
    expect([...(list.issuers.get(issuer)?.keys.keys() ?? [])]).toEqual([otherKey.kid])
    expect(list.dropped).toEqual(expect.arrayContaining([{ iss: issuer, kid: issuerKey.kid }, { iss: otherIssuer }]))
  })

  test('seq only grows', async () => {
    const held = await trusted(trustList())
    expect(succession(undefined, held)).toBe('newer')
    expect(succession(held, await trusted(trustList({ seq: 8 })))).toBe('newer')
    expect(succession(held, await trusted(trustList({ seq: 6 })))).toBe('rolled-back')
    expect(succession(held, await trusted(trustList()))).toBe('forked')
    expect(succession(held, held)).toBe('same')
  })
})

describe('status list', () => {
  const faults: [fault: string, jws: string][] = [
    ['not-a-status-list', 'x'],
    ['not-a-status-list', trustList()],
    ['not-named', statusList({ sub: `${statusUri}0` })],
    ['bad-signature', statusList({}, {}, otherKey)],
    ['bad-claims', statusList({ iat: '0' })],
    ['bad-claims', statusList({ status_list: packed(Uint8Array.of(0), 3) })],
  ]
  test.each(faults)('%s', async (fault, jws) => {
    expect(await openStatusList(jws, await trusted(trustList()))).toEqual({ ok: false, fault })
  })

  test('entries of every width stand least significant bit first', async () => {
    expect(await read(1)).toEqual([0, 0, 1, 0, 0, 1, 1, 1, 1, 1, 0, 1, 1, 0, 0, 0, undefined])
    expect(await read(2)).toEqual([0, 1, 2, 3, 3, 2, 1, 0, undefined])
    expect(await read(4)).toEqual([4, 14, 11, 1, undefined])
    expect(await read(8)).toEqual([228, 27, undefined])
  })

  test('those that are asked for are inflated once, one at a time, and the ones asked for last stay within the budget', async () => {
    const all = await Promise.all(
      [1, 2, 3].map((iat) => status(statusList({ iat, status_list: packed(new Uint8Array(10)) }))),
    )
    let [times, underWay, most] = [0, 0, 0]
    const entries = keepEntries(async (...given) => {
      times += 1
      underWay += 1
      most = Math.max(most, underWay)
      const bytes = await inflate(...given)
      underWay -= 1
      return bytes
    }, 20)
    const ask = (...at: number[]) =>
      Promise.all(all.filter((_, index) => at.includes(index)).map((list) => entries(list)))
    expect((await ask(0, 1)).map((list) => list?.bytes.length)).toEqual([10, 10])
    await ask(0, 1)
    expect([times, most]).toEqual([2, 1])
    // A third one takes the place of the one that was asked for the longest ago.
    await ask(0)
    await ask(2)
    await ask(0)
    expect(times).toBe(3)
    await ask(1)
    expect(times).toBe(4)
  })

  test('per URI iat only grows', async () => {
    const held = await status(statusList())
    expect(replaces(undefined, held)).toBe(true)
    expect(replaces(held, held)).toBe(false)
    expect(replaces(held, await status(statusList({ iat: now - 599 })))).toBe(true)
    expect(replaces(held, await status(statusList({ iat: now - 601 })))).toBe(false)
  })
})

describe('belief', () => {
  test('nothing held is nothing believed', async () => {
    const { belief, trustFault } = await opening(undefined, [statusList()], 5)
    expect(belief).toEqual({
      trust: undefined,
      statusLists: new Map(),
      entries: expect.any(Function),
      newest: 5,
      audience: 'example-mall',
      gate: 'north-entrance',
    })
    expect(trustFault).toBeUndefined()
  })

  test('faults are reported, and what is good beside them is kept', async () => {
    const { belief, statusFaults } = await opening(trustList(), ['x', statusList(), statusList({ iat: '0' })])
    expect(statusFaults).toEqual(['not-a-status-list', 'bad-claims'])
    expect([...belief.statusLists.keys()]).toEqual([statusUri])
    expect((await opening('x')).trustFault).toBe('not-a-trust-list')
  })

  test('the newest proven time is the highest of floor, trust list and status lists, of whichever issuer', async () => {
    expect((await opening(trustList())).belief.newest).toBe(now - DAY)
    expect((await opening(trustList(), [statusList()])).belief.newest).toBe(now - 600)
    expect((await opening(trustList(), [statusList(), ofOther(now - 300)])).belief.newest).toBe(now - 300)
    expect((await opening(trustList(), [statusList()], now)).belief.newest).toBe(now)
  })
})
