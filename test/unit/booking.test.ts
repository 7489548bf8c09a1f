// What the ticket office's server takes for an answer: one of this issuer's, to it, fresh, and nothing else.
import { createLocalJWKSet } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { statusIn } from '../../src/demo/booking/answer.ts'
import { bareKey } from '../../src/issuer/key-file.ts'
import { makeKey, publicJwk, signToken, type PrivateJwk, type TokenClaims } from '../../src/issuer/sign.ts'

const expected = { issuer: 'https://kycvs.example', audience: 'rail-booking' }
const now = Math.floor(Date.now() / 1000)
const sound: TokenClaims = { iss: expected.issuer, aud: expected.audience, iat: now, exp: now + 86_400, vs: 2 }

let key: PrivateJwk
let stranger: PrivateJwk
const answer = (token: string) => statusIn(token, expected, createLocalJWKSet({ keys: [publicJwk(key)] }))

beforeAll(async () => {
  key = await makeKey('ES256', 'issuer')
  stranger = await makeKey('ES256', 'issuer')
})

describe('the ticket office', () => {
  test.each([0, 1, 2] as const)('takes a fresh answer that says %i', async (vs) => {
    expect(await answer(await signToken({ ...sound, vs }, key))).toBe(vs)
  })

  const unsound: [string, Partial<TokenClaims>][] = [
    ['that was given a while ago', { iat: now - 700 }],
    ['that has run out', { iat: now - 300, exp: now - 200 }],
    ['to somebody else', { aud: 'other-shop' }],
    ['of another issuer', { iss: 'https://elsewhere.example' }],
  ]
  test.each(unsound)('takes no answer %s', async (_, changes) => {
    expect(await answer(await signToken({ ...sound, ...changes }, key))).toBeUndefined()
  })

  test('takes no answer to nobody, which any gate would take', async () => {
    const { aud: _, ...claims } = sound
    expect(await answer(await signToken(claims, key))).toBeUndefined()
  })

  test('takes no live token: it is worth nothing without its holder', async () => {
    const jwk = bareKey(await makeKey('ES256', 'issuer')) ?? {}
    expect(await answer(await signToken({ ...sound, cnf: { jwk } }, key))).toBeUndefined()
  })

  test('takes no answer that a stranger signed, even under the issuer’s kid, and no other text', async () => {
    expect(await answer(await signToken(sound, stranger))).toBeUndefined()
    expect(await answer(await signToken(sound, { ...stranger, kid: key.kid }))).toBeUndefined()
    for (const text of ['', 'e.e.e', 'https://cafe.example/menu']) expect(await answer(text)).toBeUndefined()
  })
})
