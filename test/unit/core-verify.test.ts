// What a verdict says besides its kind, and that nothing unproven is in it.
import { createHash } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { openBelief, openConfig } from '../../src/core/belief.ts'
import { sdHash } from '../../src/core/live.ts'
import { doubt, verify, type Belief } from '../../src/core/verify.ts'
import { inflate } from '../../src/inflate.ts'
import { split } from '../vectors/forge.ts'
import { bearer, config, DAY, live, now, present, statusList, trustList } from '../vectors/good.ts'

let belief: Belief

beforeAll(async () => {
  const opened = await openConfig(JSON.stringify(config()))
  if (!opened.ok) throw new Error(opened.fault)
  const held = { trustList: trustList(), statusLists: [statusList()] }
  belief = (await openBelief(held, opened.value, inflate, 0)).belief
})

async function reason(code: string, at = now): Promise<string> {
  const verdict = await verify(code, belief, at)
  return verdict.kind === 'verified' ? '' : verdict.reason
}
const unsigned = (token: string): string => token.slice(0, token.lastIndexOf('.') + 1)

test('a verdict on a bearer token says who issued it, when, and for how long', async () => {
  expect(await verify(bearer({ vs: 1, n: 'A. B.' }), belief, now)).toEqual({
    kind: 'verified',
    status: 1,
    issuer: 'Example Health Authority',
    issuedAt: now - 3600,
    expiresAt: now - 3600 + DAY,
    live: false,
    initials: 'A. B.',
  })
})

test('a verdict on a live token says so, and has no initials when the token has none', async () => {
  const verdict = await verify(present(live()), belief, now)
  expect(verdict).toMatchObject({ kind: 'verified', live: true })
  expect(verdict).not.toHaveProperty('initials')
})

test('a refusal has a reason and nothing of the token', async () => {
  const [header, , signature] = split(bearer())
  const [, forged] = split(bearer({ n: 'Mallory.' }))
  expect(await verify(`${header}.${forged}.${signature}`, belief, now)).toEqual({
    kind: 'refused',
    reason: 'bad-signature',
  })
  expect(await verify(bearer({ n: 'A. B.' }), belief, now + 2 * DAY)).toEqual({ kind: 'refused', reason: 'expired' })
})

test('the first fault in the order form, key, signature, claims, revocation is the one that is told', async () => {
  const later = now + 2 * DAY
  const revoked = { status: { status_list: { idx: 3, uri: 'https://kycvs.example/status/7' } } }
  expect(await reason(unsigned(bearer({ vs: 3, iss: 'https://nobody.example' })))).toBe('bad-claims')
  expect(await reason(unsigned(bearer({ iss: 'https://nobody.example' })), later)).toBe('unknown-key')
  expect(await reason(unsigned(bearer({ aud: 'x' })), later)).toBe('bad-signature')
  expect(await reason(bearer(revoked), later)).toBe('expired')
  expect(await reason(live(revoked))).toBe('not-live')
  expect(await reason(bearer(revoked))).toBe('revoked')
})

test('doubt is what the scan screen can say before any code', () => {
  expect(doubt(belief, now)).toBeUndefined()
  expect(doubt({ ...belief, trust: undefined }, now)).toEqual({ kind: 'unsure', reason: 'no-keys' })
  expect(doubt(belief, now - 2 * DAY)).toEqual({ kind: 'unsure', reason: 'clock-wrong' })
  expect(doubt(belief, now + 20 * DAY)).toEqual({ kind: 'unsure', reason: 'stale-keys' })
})

test('the same code is judged anew each time: verify remembers nothing', async () => {
  const code = present(live())
  const first = await verify(code, belief, now)
  expect(await verify(code, belief, now + 51)).toEqual({ kind: 'refused', reason: 'not-live' })
  expect(await verify(code, belief, now)).toEqual(first)
})

test('sd_hash is SHA-256 over the token and its tilde', async () => {
  const token = live()
  expect(await sdHash(token)).toBe(createHash('sha256').update(`${token}~`).digest('base64url'))
})
