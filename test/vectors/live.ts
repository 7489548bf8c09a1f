// Live presentation: <token>~<KB-JWT>. Profile, section 2.
import { createHmac } from 'node:crypto'
import { refused } from '../../src/core/verdict.ts'
import { compact, encode, makeSigner, ofLength, spareBit, split, type Json } from './forge.ts'
import {
  config,
  entry,
  holder,
  issuerEd25519,
  issuerKey,
  kbClaims,
  kbHeader,
  live,
  now,
  present,
  sdHash,
  verified,
  type Cases,
} from './good.ts'

const afterTilde = (code: string): string => code.slice(code.indexOf('~') + 1)

const token = live()
const kb = afterTilde(present(token))
const [first, second, third] = split(kb)
const stranger = makeSigner('ES256')
const ed25519 = makeSigner('Ed25519')
const disclosure = encode('["salt","name","A Person"]')

/** A token bound to `jwk`, presented by whoever `signer` is. */
const bound = (jwk: Json, signer = holder): string => present(live({ cnf: { jwk } }), {}, {}, signer)
/** A presentation whose KB-JWT has this very text for its claims. */
const written = (claimsText: string): string => `${token}~${compact(kbHeader(), claimsText, holder)}`
const claimsText = JSON.stringify(kbClaims(token))
const boundToEd25519 = live({ cnf: { jwk: ed25519.jwk } })
// The nonce is what makes a KB-JWT long.
const kbJwt2048 = ofLength(2048, (nonce) => afterTilde(present(token, { nonce })))
const kbJwt2049 = ofLength(2049, (nonce) => afterTilde(present(boundToEd25519, { nonce }, {}, ed25519)))

const good: Record<string, [about: string, code: string]> = {
  fresh: ['a live token with a fresh KB-JWT', present(token)],
  'with-status': ['a live token with status', present(live(entry(0)))],
  'ed25519-holder': ["the holder's key is Ed25519", bound(ed25519.jwk, ed25519)],
  'ed25519-issuer': ["the issuer's key is Ed25519", present(live({}, {}, issuerEd25519))],
  'cnf-jwk-described': ['the jwk in cnf says alg and use', bound({ ...holder.jwk, alg: 'ES256', use: 'sig' })],
  'iat-60-ago': ['made 60 s ago', present(token, { iat: now - 60 })],
  'iat-30-ahead': ['made 30 s ahead', present(token, { iat: now + 30 })],
  'aud-this-gate': ["made for this gate's own id", present(token, { aud: 'north-entrance' })],
  'nonce-8': ['a nonce of 8 characters', present(token, { nonce: '12345678' })],
  'members-in-another-order': [
    'members in another order, which is as good',
    written(JSON.stringify(Object.fromEntries(Object.entries(kbClaims(token)).toReversed()))),
  ],
}

const claims: Record<string, Record<string, unknown>> = {
  iat: {
    '61-ago': now - 61,
    '31-ahead': now + 31,
    missing: undefined,
    string: String(now - 10),
    fraction: now - 10.5,
    null: null,
  },
  aud: {
    'other-gate': 'south-entrance',
    audience: 'example-mall',
    missing: undefined,
    empty: '',
    array: ['vs-gate'],
    case: 'VS-GATE',
  },
  nonce: { 7: '1234567', missing: undefined, number: 123_456_789, array: ['1', '2', '3', '4', '5', '6', '7', '8'] },
  sd_hash: {
    missing: undefined,
    'of-another-token': sdHash(`${live({ vs: 1 })}~`),
    'without-tilde': sdHash(token),
    'in-hex': Buffer.from(sdHash(`${token}~`), 'base64url').toString('hex'),
    padded: `${sdHash(`${token}~`)}=`,
    null: null,
  },
}
const badClaims: Record<string, [about: string, code: string]> = Object.fromEntries(
  Object.entries(claims).flatMap(([claim, values]) =>
    Object.entries(values).map(([name, value]) => [
      `${claim.replace('_', '-')}-${name}`,
      [
        `${claim} of the KB-JWT is ${value === undefined ? 'missing' : JSON.stringify(value)}`,
        present(token, { [claim]: value }),
      ],
    ]),
  ),
)

const bad: Record<string, [about: string, code: string]> = {
  ...badClaims,
  'no-kb-jwt': ['no ~ and no KB-JWT', token],
  tilde: ['~ and no KB-JWT', `${token}~`],
  'two-tildes': ['~~ and a KB-JWT', `${token}~~${kb}`],
  'trailing-tilde': ['a KB-JWT and ~', `${token}~${kb}~`],
  disclosure: ['a disclosure in front of the KB-JWT', `${token}~${disclosure}~${kb}`],
  'disclosure-only': ['a disclosure and no KB-JWT', `${token}~${disclosure}~`],
  'kb-jwt-twice': ['two KB-JWTs', `${token}~${kb}~${kb}`],
  'kb-jwt-is-a-word': ['a word for the KB-JWT', `${token}~live`],
  'kb-jwt-is-the-token': ['the token again for the KB-JWT', `${token}~${token}`],
  'kb-jwt-of-another-token': ['the KB-JWT of another token of this holder', `${live({ vs: 1 })}~${kb}`],
  'kb-jwt-by-another-key': ["a KB-JWT by another key than the holder's", present(token, {}, {}, stranger)],
  'kb-jwt-by-the-issuer': ["a KB-JWT by the issuer's key", present(token, {}, {}, issuerKey)],
  'kb-jwt-unsigned': ['a KB-JWT without a signature', `${token}~${first}.${second}.`],
  'kb-jwt-alg-none': [
    'alg none',
    `${token}~${compact(kbHeader({ alg: 'none' }), kbClaims(token), { sign: () => new Uint8Array() })}`,
  ],
  'kb-jwt-alg-hs256': [
    'alg HS256 with the public key as the secret',
    `${token}~${compact(kbHeader({ alg: 'HS256' }), kbClaims(token), {
      sign: (data) => createHmac('sha256', JSON.stringify(holder.jwk)).update(data).digest(),
    })}`,
  ],
  'kb-jwt-alg-of-another-key-type': ['alg Ed25519 for a P-256 key', present(token, {}, { alg: 'Ed25519' })],
  'kb-jwt-alg-missing': ['alg missing', present(token, {}, { alg: undefined })],
  'kb-jwt-typ-jwt': ['typ JWT', present(token, {}, { typ: 'JWT' })],
  'kb-jwt-typ-missing': ['typ missing', present(token, {}, { typ: undefined })],
  'kb-jwt-header-kid': ['kid in the header', present(token, {}, { kid: 'x' })],
  'kb-jwt-header-jwk': ['jwk in the header', present(token, {}, { jwk: holder.jwk })],
  'kb-jwt-header-crit': ['crit in the header', present(token, {}, { crit: ['exp'] })],
  'kb-jwt-header-white-space': [
    'white space between header members',
    `${token}~${compact('{"alg":"ES256", "typ":"kb+jwt"}', kbClaims(token), holder)}`,
  ],
  'kb-jwt-header-duplicate-alg': [
    'alg twice',
    `${token}~${compact('{"alg":"none","alg":"ES256","typ":"kb+jwt"}', kbClaims(token), holder)}`,
  ],
  'kb-jwt-claim-extra': ['a claim too many', present(token, { exp: now + 60 })],
  'kb-jwt-white-space': ['white space between claims', written(claimsText.replace(',', ', '))],
  'kb-jwt-duplicate-iat': ['iat twice', written(claimsText.replace('"iat"', '"iat":0,"iat"'))],
  'kb-jwt-payload-array': ['an array of claims', written(`[${claimsText}]`)],
  'kb-jwt-payload-null': ['null for claims', written('null')],
  'kb-jwt-spare-bit': [
    'a spare bit in the last character of its signature',
    `${token}~${first}.${second}.${spareBit(third)}`,
  ],
  'kb-jwt-2049': ['a KB-JWT of 2049 characters', `${boundToEd25519}~${kbJwt2049}`],
  'cnf-private-key': ['the private key stands in cnf', bound({ ...holder.privateKey.export({ format: 'jwk' }) })],
  'cnf-off-the-curve': ['the point in cnf is not on the curve', bound({ ...holder.jwk, y: stranger.jwk['y'] })],
  'cnf-p384': ['a P-384 key in cnf', bound(makeSigner('ES384').jwk)],
  'cnf-rsa': ['an RSA key in cnf', bound(makeSigner('RS256').jwk)],
  'cnf-symmetric': ['a symmetric key in cnf', bound({ kty: 'oct', k: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' })],
  'cnf-empty-jwk': ['an empty jwk in cnf', bound({})],
  'cnf-use-enc': ['use of the key in cnf is enc', bound({ ...holder.jwk, use: 'enc' })],
  'cnf-alg-other': ['alg of the key in cnf is Ed25519', bound({ ...holder.jwk, alg: 'Ed25519' })],
}

export const presentations: Cases = {
  ...Object.fromEntries(
    Object.entries(good).map(([name, [about, code]]) => [`live-${name}`, { about, code, expect: verified(2) }]),
  ),
  ...Object.fromEntries(
    Object.entries(bad).map(([name, [about, code]]) => [`live-${name}`, { about, code, expect: refused('not-live') }]),
  ),
  'live-aud-gate-at-a-gate-without-id': {
    about: 'made for one gate, at a gate without an id',
    config: config({ gate: undefined }),
    code: present(token, { aud: 'north-entrance' }),
    expect: refused('not-live'),
  },
  'live-revoked': {
    about: 'a live token that was revoked',
    code: present(live(entry(3))),
    expect: refused('revoked'),
  },
  'live-kb-jwt-2048': {
    about: 'a KB-JWT of 2048 characters',
    code: `${token}~${kbJwt2048}`,
    expect: verified(2),
  },
}
