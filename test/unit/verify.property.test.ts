// Properties of `verify` over inputs that nobody thought of.
import * as fc from 'fast-check'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { openBelief, openConfig } from '../../src/core/belief.ts'
import { isFields } from '../../src/core/compact.ts'
import { doubts, misreads, refusals, type Verdict } from '../../src/core/verdict.ts'
import { verify, type Belief } from '../../src/core/verify.ts'
import { inflate } from '../../src/inflate.ts'
import { anyJson, anyText, edit, edited, someClaims, someHeader } from '../support/arbitraries.ts'
import { compact, encode, split } from '../vectors/forge.ts'
import { bearer, config, entry, header, issuerKey, live, now, present, statusList, trustList } from '../vectors/good.ts'

// Thousands of signatures take their time on a machine that is busy.
vi.setConfig({ testTimeout: 60_000 })

let belief: Belief

beforeAll(async () => {
  const opened = await openConfig(JSON.stringify(config()))
  if (!opened.ok) throw new Error(opened.fault)
  const held = { trustList: trustList(), statusLists: [statusList()] }
  belief = (await openBelief(held, opened.value, inflate, 0)).belief
})

const good = {
  bearer: bearer({ n: 'A. B.', aud: 'example-mall', ...entry(0) }),
  another: bearer({ vs: 0 }),
  live: present(live(entry(1))),
  url: `https://gate.example/#${bearer()}`,
}

/** A verdict of the closed set, and nothing beside it. */
function isVerdict(verdict: Verdict): boolean {
  if (verdict.kind === 'verified') return [0, 1, 2].includes(verdict.status)
  const reasons: readonly string[] = { refused: refusals, unsure: doubts, unreadable: misreads }[verdict.kind]
  return reasons.includes(verdict.reason) && Object.keys(verdict).length === 2
}

async function gives(text: string): Promise<void> {
  expect(isVerdict(await verify(text, belief, now)), text.slice(0, 200)).toBe(true)
}

async function isRefused(code: string, original: string): Promise<void> {
  if (code !== original) expect(await verify(code, belief, now), code).not.toMatchObject({ kind: 'verified' })
}

describe('verify is total', () => {
  test('over any text', () => fc.assert(fc.asyncProperty(anyText, gives), { numRuns: 2000 }))

  test('over anything that a trusted key signed', () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(someHeader, anyJson, fc.constant(JSON.stringify(header(issuerKey)))),
        fc.oneof(someClaims, anyJson),
        (first, second) => gives(compact(first, second, issuerKey)),
      ),
      { numRuns: 1000 },
    ))

  test('over any presentation of a live token', () =>
    fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom('iat', 'aud', 'nonce', 'sd_hash', 'exp'), fc.jsonValue()),
        fc.dictionary(fc.constantFrom('alg', 'typ', 'kid'), fc.jsonValue()),
        (change, headerChange) => gives(present(live(), change, headerChange)),
      ),
      { numRuns: 500 },
    ))

  test('at any time', () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.integer(), fc.double()),
        fc.constantFrom(...Object.values(good)),
        async (at, code) => {
          expect(isVerdict(await verify(code, belief, at))).toBe(true)
        },
      ),
    ))
})

describe('no change of a good code is verified', () => {
  test.each(Object.entries(good))('%s itself is', async (_, code) => {
    expect(await verify(code, belief, now)).toMatchObject({ kind: 'verified' })
  })

  test.each(['bearer', 'live'] as const)('%s: one to three edits', (name) =>
    fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) =>
        isRefused(edits.reduce(edited, good[name]), good[name]),
      ),
      { numRuns: 2000 },
    ),
  )

  test('segments of good codes, put together in any other way', () => {
    const whole = [good.bearer, good.another, ...good.live.split('~')]
    const segments = whole.flatMap(split)
    const codes = new Set([...Object.values(good), good.live.split('~')[0]])
    const segment = fc.constantFrom(...segments)
    return fc.assert(
      fc.asyncProperty(fc.array(segment, { minLength: 3, maxLength: 6 }), fc.boolean(), async (parts, tilde) => {
        const code = parts.slice(0, 3).join('.') + (tilde ? `~${parts.slice(3).join('.')}` : '')
        if (codes.has(code)) return
        expect((await verify(code, belief, now)).kind, code).not.toBe('verified')
      }),
      { numRuns: 1000 },
    )
  })

  test('one half of a good token, written otherwise', () =>
    fc.assert(
      fc.asyncProperty(fc.constantFrom(0, 1), fc.oneof(someHeader, someClaims, anyJson), (which, text) => {
        const [first, second, third] = split(good.bearer)
        const code = which === 0 ? `${encode(text)}.${second}.${third}` : `${first}.${encode(text)}.${third}`
        return isRefused(code, good.bearer)
      }),
      { numRuns: 1000 },
    ))

  test('one bit of a KB-JWT that its holder signed, or of the token under it', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(7), fc.nat(5), (at, bit, which) => {
        const segments = good.live.split(/[.~]/)
        const bytes = Buffer.from(segments[which] ?? '', 'base64url')
        bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << bit)
        const [a, b, c, d, e, f] = segments.with(which, encode(bytes))
        return isRefused(`${a}.${b}.${c}~${d}.${e}.${f}`, good.live)
      }),
      { numRuns: 1000 },
    ))

  test('a bearer token of whose claims nothing but vs, n or aud is as it was', () =>
    fc.assert(
      fc.asyncProperty(fc.constantFrom('vs', 'n', 'aud', 'iss', 'iat', 'exp'), fc.jsonValue(), (name, value) => {
        const [first, second, third] = split(good.bearer)
        const payload: unknown = JSON.parse(Buffer.from(second, 'base64url').toString())
        if (!isFields(payload)) throw new TypeError('unreachable')
        return isRefused(`${first}.${encode({ ...payload, [name]: value })}.${third}`, good.bearer)
      }),
    ))
})
