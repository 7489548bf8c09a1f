// When a live code is made anew, what a gate says to it meanwhile, and whose gate it is for.
import { importJWK } from 'jose'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { DAY } from '../../src/core/trust-list.ts'
import { dueIn, keepMaking, REDRAW_EVERY, type Shown } from '../../src/holder/code/live.ts'
import { makeHolderKey, saidBy } from '../../src/holder/code/held.ts'
import { gateOnPoster, gateTyped, posterOf } from '../../src/browser/poster.ts'
import { present } from '../../src/holder/present.ts'
import { makeAuthority, SECONDS } from '../support/authority.ts'
import { judge } from '../support/holder-page.ts'

const nothing = (): void => undefined

describe('a live code', () => {
  const START = 1_790_000_000
  let seen = nothing
  let made: Shown[] = []
  let stop = nothing
  const unsee = vi.fn<() => void>()

  beforeEach(() => {
    vi.useFakeTimers({ now: START * 1000 })
    made = []
    stop = keepMaking(
      async (now) => `made at ${now - START}`,
      (shown) => made.push(shown),
      {
        clock: SECONDS,
        onSeen: (listener) => {
          seen = listener
          return unsee
        },
      },
    )
  })
  afterEach(() => {
    stop()
    vi.useRealTimers()
  })
  const ages = (): number[] => made.map(({ madeAt }) => madeAt - START)

  test('is there at once, and anew every 30 s', async () => {
    await vi.advanceTimersByTimeAsync(0)
    expect(made).toEqual([{ text: 'made at 0', madeAt: START }])
    await vi.advanceTimersByTimeAsync(29_900)
    expect(ages()).toEqual([0])
    await vi.advanceTimersByTimeAsync(60_200)
    expect(ages()).toEqual([0, 30, 60, 90])
  })

  test('is made at once when the page is looked at again with an old one, and not when it is still good', async () => {
    await vi.advanceTimersByTimeAsync(10_000)
    seen()
    await vi.advanceTimersByTimeAsync(0)
    expect(ages()).toEqual([0])
    // A phone that sleeps runs no timers.
    vi.setSystemTime((START + 500) * 1000)
    seen()
    await vi.advanceTimersByTimeAsync(0)
    expect(ages()).toEqual([0, 500])
    await vi.advanceTimersByTimeAsync(30_000)
    expect(ages()).toEqual([0, 500, 530])
  })

  test('is made anew when the clock was set back', async () => {
    await vi.advanceTimersByTimeAsync(0)
    vi.setSystemTime((START - 3600) * 1000)
    seen()
    await vi.advanceTimersByTimeAsync(0)
    expect(ages()).toEqual([0, -3600])
  })

  test('stops when it is told to', async () => {
    await vi.advanceTimersByTimeAsync(0)
    stop()
    expect(unsee).toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(300_000)
    expect(ages()).toEqual([0])
  })

  test('is due when it is 30 s old, and no sooner', () => {
    expect([0, 1, 29, 30, 31, -1].map((age) => dueIn(START, START + age))).toEqual([REDRAW_EVERY, 29, 1, 0, 0, 0])
  })
})

describe('made with the phone’s key', async () => {
  const authority = await makeAuthority('https://kycvs.example')
  const published = { ...authority, statusList: () => authority.statusList() }
  const { key, jwk } = await makeHolderKey()
  const iat = SECONDS() - 5
  const status = { status_list: { idx: 3, uri: authority.statusUri } }
  const token = await authority.token({
    iat,
    exp: iat + 7 * DAY,
    n: 'A.N.',
    status,
    cnf: { jwk: { ...jwk, kty: 'EC' } },
  })
  const made = (now: number, gate?: string): Promise<string> => present(token, { alg: 'ES256', key }, now, gate)

  test('it is taken for a minute: twice as long as it is shown', async () => {
    const now = SECONDS()
    const text = await made(now)
    expect(await judge(text, published, {}, now)).toMatchObject({ kind: 'verified', status: 2, live: true })
    expect(await judge(text, published, {}, now + 60)).toMatchObject({ kind: 'verified' })
    expect(await judge(text, published, {}, now + 61)).toEqual({ kind: 'refused', reason: 'not-live' })
  })

  test('for one gate only, it is worth nothing at another', async () => {
    const now = SECONDS()
    const text = await made(now, 'north-entrance')
    expect(await judge(text, published, { gate: 'north-entrance' }, now)).toMatchObject({ kind: 'verified' })
    expect(await judge(text, published, { gate: 'south-entrance' }, now)).toEqual({
      kind: 'refused',
      reason: 'not-live',
    })
    expect(await judge(text, published, {}, now)).toEqual({ kind: 'refused', reason: 'not-live' })
  })

  test('the key cannot be read out, and its public half is bare', async () => {
    expect(key.extractable).toBe(false)
    expect(Object.keys(jwk)).toEqual(['kty', 'crv', 'x', 'y'])
    expect(await importJWK({ ...jwk, kty: 'EC' }, 'ES256')).toBeDefined()
  })

  test('what the token says can be read for its owner', () => {
    expect(saidBy(token)).toMatchObject({ status: 2, initials: 'A.N.', live: true, issuer: 'https://kycvs.example' })
    expect(saidBy('no token')).toBeUndefined()
  })
})

describe('a gate’s poster', () => {
  test('names the gate', () => {
    expect(gateOnPoster('kycvs-gate:north-entrance')).toBe('north-entrance')
    expect(gateOnPoster(' kycvs-gate:Tor 7\n')).toBe('Tor 7')
  })
  test('is drawn for an id that can be read from it, and for no other', () => {
    for (const id of ['north-entrance', 'Tor 7', 'x'.repeat(64)]) {
      const poster = posterOf(id)
      expect(poster && gateOnPoster(poster)).toBe(id)
    }
    for (const id of ['', ' north', 'x'.repeat(65), 'a\u0007']) expect(posterOf(id)).toBeUndefined()
  })
  test('is not any other QR', () => {
    for (const text of ['north-entrance', 'kycvs-gate:', 'kycvs-gate:  ', 'https://gate.example', 'x kycvs-gate:a']) {
      expect(gateOnPoster(text)).toBeUndefined()
    }
    expect(gateOnPoster(`kycvs-gate:${'x'.repeat(65)}`)).toBeUndefined()
    expect(gateOnPoster('kycvs-gate:a\u0007')).toBeUndefined()
  })
  test('may be typed: its id, or its whole text', () => {
    expect(gateTyped(' north-entrance ')).toBe('north-entrance')
    expect(gateTyped('kycvs-gate:north-entrance')).toBe('north-entrance')
    expect(gateTyped('  ')).toBeUndefined()
    expect(gateTyped(`kycvs-gate:${'x'.repeat(65)}`)).toBeUndefined()
  })
})
