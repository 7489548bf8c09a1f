// Keys of a trust list that are of no use: the key is dropped, and a token under its kid has no key. Profile, section 4.
import { unsure } from '../../src/core/verdict.ts'
import { makeSigner, type Json, type Signer } from './forge.ts'
import {
  bearer,
  DAY,
  issuerEntry,
  issuerKey,
  listedKey,
  now,
  otherEntry,
  trustList,
  type Case,
  type Cases,
} from './good.ts'

const privateJwk: Json = { ...issuerKey.privateKey.export({ format: 'jwk' }) }

/** What spoils a good key. */
const unusable: Record<string, [about: string, jwk: Json]> = {
  'use-enc': ['use is enc', { use: 'enc' }],
  'use-null': ['use is null', { use: null }],
  'key-ops-sign': ['key_ops does not name verify', { key_ops: ['sign'] }],
  'alg-ed25519': ['alg is not that of its type', { alg: 'Ed25519' }],
  'alg-es384': ['alg is ES384', { alg: 'ES384' }],
  'kty-missing': ['kty is missing', { kty: undefined }],
  'crv-other': ['crv is P-384', { crv: 'P-384' }],
  'x-missing': ['x is missing', { x: undefined }],
  'x-short': ['x is a byte short', { x: String(issuerKey.jwk['x']).slice(0, 42) }],
  'x-padded': ['x is padded', { x: `${String(issuerKey.jwk['x'])}=` }],
  'off-the-curve': ['the point is not on the curve', { y: makeSigner('ES256').jwk['y'] }],
  private: ['the private key', { ...privateJwk }],
  'kid-missing': ['kid is missing', { kid: undefined }],
  'kid-empty': ['kid is empty', { kid: '' }],
  'nbf-string': ['nbf is a string', { nbf: String(now - DAY) }],
  'exp-null': ['exp is null', { exp: null }],
}

const foreignKey = (signer: Signer, about: string): Case => ({
  about: `the key is ${about}`,
  trust: [trustList({ issuers: [issuerEntry({ keys: [listedKey(signer)] })] })],
  code: bearer({}, { alg: 'ES256' }, signer),
  expect: unsure('unknown-key'),
})

export const trustedKeys: Cases = {
  'trust-key-duplicate-kid': {
    about: 'two keys of one kid: neither is believed',
    trust: [
      trustList({
        issuers: [issuerEntry({ keys: [listedKey(issuerKey), listedKey(makeSigner('ES256', issuerKey.kid))] })],
      }),
    ],
    expect: unsure('unknown-key'),
  },
  'trust-key-p384': foreignKey(makeSigner('ES384'), 'P-384'),
  'trust-key-secp256k1': foreignKey(makeSigner('ES256K'), 'secp256k1'),
  'trust-key-rsa': foreignKey(makeSigner('RS256'), 'RSA'),
  'trust-key-kid-65': {
    about: 'a kid of 65 characters in the list',
    trust: [trustList({ issuers: [issuerEntry({ keys: [listedKey(issuerKey, { kid: 'k'.repeat(65) })] })] })],
    expect: unsure('unknown-key'),
  },
  ...Object.fromEntries(
    Object.entries(unusable).map(([name, [about, change]]) => [
      `trust-key-${name}`,
      {
        about: `a key: ${about}`,
        trust: [trustList({ issuers: [issuerEntry({ keys: [listedKey(issuerKey, change)] }), otherEntry()] })],
        expect: unsure('unknown-key'),
      },
    ]),
  ),
}
