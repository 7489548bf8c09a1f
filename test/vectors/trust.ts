// The trust list: what the gate believes, and what it does with a list that is bad, older or half bad. Profile, section 4.
import { unsure } from '../../src/core/verdict.ts'
import { compact, makeRoot, split, type Json } from './forge.ts'
import {
  config,
  DAY,
  issuer,
  issuerEd25519,
  issuerEntry,
  issuerKey,
  listedKey,
  now,
  otherEntry,
  root,
  trustClaims,
  trustList,
  trustListOf,
  verified,
  type Case,
  type Cases,
} from './good.ts'

const secondRoot = makeRoot('Ed25519')
const strangerRoot = makeRoot('ES256')
const [head, body, signature] = split(trustList())
const [, otherBody] = split(trustList({ seq: 8 }))
const without = (...gone: string[]): Json[] =>
  [issuerEntry(), otherEntry()].filter((e) => !gone.includes(String(e['iss'])))
const keyGone = [issuerEntry({ keys: [listedKey(issuerEd25519)] })]

/** Lists that are refused whole: with nothing else held there are no keys. */
const lost: Record<string, [about: string, jws: string]> = {
  'not-a-jws': ['not a JWS at all', 'trust me'],
  empty: ['empty', ''],
  'life-over': ['a life of 30 days and a second', trustList({ iat: now, exp: now + 30 * DAY + 1 })],
  'life-none': ['exp at iat', trustList({ iat: now, exp: now })],
  'iss-missing': ['iss missing', trustList({ iss: undefined })],
  'iat-missing': ['iat missing', trustList({ iat: undefined })],
  'iat-string': ['iat a string', trustList({ iat: String(now) })],
  'exp-missing': ['exp missing', trustList({ exp: undefined })],
  'exp-string': ['exp a string', trustList({ exp: String(now + DAY) })],
  'seq-missing': ['seq missing', trustList({ seq: undefined })],
  'seq-string': ['seq a string', trustList({ seq: '7' })],
  'seq-negative': ['seq negative', trustList({ seq: -1 })],
  'seq-fraction': ['seq a fraction', trustList({ seq: 7.5 })],
  'issuers-missing': ['issuers missing', trustList({ issuers: undefined })],
  'issuers-object': ['issuers an object', trustList({ issuers: { [issuer]: issuerEntry() } })],
  'payload-array': ['an array for a payload', trustListOf('[]')],
  'payload-null': ['null for a payload', trustListOf('null')],
  'typ-jwt': ['typ JWT', trustList({}, { typ: 'JWT' })],
  'typ-missing': ['typ missing', trustList({}, { typ: undefined })],
  'typ-status-list': ['typ statuslist+jwt', trustList({}, { typ: 'statuslist+jwt' })],
  'alg-none': [
    'alg none',
    compact({ alg: 'none', typ: 'trust-list+jwt', kid: root.kid }, trustClaims(), { sign: () => new Uint8Array() }),
  ],
  'alg-other': ["alg Ed25519 for the root's P-256 key", trustList({}, { alg: 'Ed25519' })],
  'kid-missing': ['kid missing', trustList({}, { kid: undefined })],
  'kid-short': ['kid the first 8 characters of the thumbprint', trustList({}, { kid: root.kid.slice(0, 8) })],
  'unknown-root': ['signed by a root that the config does not have', trustList({}, {}, strangerRoot)],
  'unknown-root-known-kid': [
    "signed by another root, under the known root's kid",
    trustList({}, {}, { ...strangerRoot, kid: root.kid }),
  ],
  'unknown-root-jwk': [
    'signed by another root, whose key stands in the header',
    trustList({}, { jwk: strangerRoot.jwk }, strangerRoot),
  ],
  'signed-by-issuer': ['signed by an issuer', trustList({}, {}, { ...issuerKey, kid: root.kid })],
  'signature-missing': ['without a signature', `${head}.${body}.`],
  'signature-of-another-list': ['the payload of another list', `${head}.${otherBody}.${signature}`],
  crit: ['crit in the header', trustList({}, { crit: ['b64'], b64: true })],
  b64: ['b64 in the header', trustList({}, { b64: true })],
  padded: ['padding', `${trustList()}==`],
}

/** Issuers that are of no use: the issuer is dropped. */
const unfit: Record<string, [about: string, change: Json]> = {
  'name-missing': ['name is missing', { name: undefined }],
  'name-empty': ['name is empty', { name: '' }],
  'iss-http': ['iss is http', { iss: 'http://kycvs.example' }],
  'keys-missing': ['keys is missing', { keys: undefined }],
  'keys-object': ['keys is an object', { keys: {} }],
  'status-lists-string': ['status_lists is a string', { status_lists: `${issuer}/status/7` }],
  'status-lists-http': ['a status list is http', { status_lists: ['http://kycvs.example/status/7'] }],
  'min-iat-string': ['min_iat is a string', { min_iat: '0' }],
  'min-iat-negative': ['min_iat is negative', { min_iat: -1 }],
}

const oneBad: Record<string, [about: string, issuers: unknown[]]> = {
  key: [
    'a bad key beside the good one',
    [issuerEntry({ keys: [{}, null, listedKey(issuerEd25519, { use: 'enc' }), listedKey(issuerKey), 'x'] })],
  ],
  issuer: ['bad issuers beside the good one', [null, {}, 'x', otherEntry({ name: 7 }), issuerEntry(), []]],
  'members-unknown': [
    'members that nobody knows',
    [issuerEntry({ x: 1, keys: [listedKey(issuerKey, { x5c: ['AAAA'] })] })],
  ],
  'status-lists-missing': ['no status_lists', [issuerEntry({ status_lists: undefined })]],
  'use-and-alg-missing': [
    'a key without use and alg',
    [issuerEntry({ keys: [listedKey(issuerKey, { use: undefined, alg: undefined })] })],
  ],
  'key-ops-verify': ['key_ops names verify', [issuerEntry({ keys: [listedKey(issuerKey, { key_ops: ['verify'] })] })]],
  'duplicate-kid-elsewhere': [
    'a kid twice, and not the one asked for',
    [issuerEntry({ keys: [listedKey(issuerKey), listedKey(issuerEd25519), listedKey(issuerEd25519)] })],
  ],
}

/** What a device holds after lists came one after the other. */
const successions: Cases = {
  'trust-newer-key-gone': {
    about: 'a newer list without the key',
    trust: [trustList(), trustList({ seq: 8, issuers: keyGone })],
    expect: unsure('unknown-key'),
  },
  'trust-newer-issuer-gone': {
    about: 'a newer list without the issuer',
    trust: [trustList(), trustList({ seq: 8, issuers: without(issuer) })],
    expect: unsure('unknown-key'),
  },
  'trust-newer-key-back': {
    about: 'a newer list with the key again',
    trust: [trustList({ issuers: keyGone }), trustList({ seq: 8 })],
    expect: verified(2),
  },
  'trust-newer-expired': {
    about: 'a newer list that has already expired takes the place of the held one',
    trust: [trustList(), trustList({ seq: 8, exp: now })],
    expect: unsure('stale-keys'),
  },
  'trust-newer-forged': {
    about: 'a newer list with a bad signature: the held one stays',
    trust: [trustList(), `${head}.${otherBody}.${signature}`],
    expect: verified(2),
  },
  'trust-older': {
    about: 'a list with a lower seq: the held one stays',
    trust: [trustList(), trustList({ seq: 6, issuers: keyGone })],
    expect: verified(2),
  },
  'trust-older-later-iat': {
    about: 'a lower seq and a later iat: the held one stays',
    trust: [trustList({ issuers: keyGone }), trustList({ seq: 6, iat: now })],
    expect: unsure('unknown-key'),
  },
  'trust-forked': {
    about: 'the same seq, other bytes: the held one stays',
    trust: [trustList(), trustList({ issuers: keyGone })],
    expect: verified(2),
  },
  'trust-forked-the-other-way': {
    about: 'the same seq, other bytes: the held one stays, without the key',
    trust: [trustList({ issuers: keyGone }), trustList()],
    expect: unsure('unknown-key'),
  },
  'trust-same': {
    about: 'the same list twice',
    trust: [`${head}.${body}.${signature}`, `${head}.${body}.${signature}`],
    expect: verified(2),
  },
}

const named = (table: Record<string, [string, string]>, expect: Case['expect']): Cases =>
  Object.fromEntries(
    Object.entries(table).map(([name, [about, jws]]) => [`trust-${name}`, { about, trust: [jws], expect }]),
  )

export const trusts: Cases = {
  'trust-none': { about: 'no trust list', trust: [], expect: unsure('no-keys') },
  'trust-exp-next-second': { about: 'a second before exp', trust: [trustList({ exp: now + 1 })], expect: verified(2) },
  'trust-exp-now': { about: 'at exp', trust: [trustList({ exp: now })], expect: unsure('stale-keys') },
  'trust-exp-past': { about: 'past exp', trust: [trustList({ exp: now - 1 })], expect: unsure('stale-keys') },
  'trust-life-30-days': {
    about: 'a life of 30 days',
    trust: [trustList({ iat: now, exp: now + 30 * DAY })],
    expect: verified(2),
  },
  'trust-seq-0': { about: 'seq is 0', trust: [trustList({ seq: 0 })], expect: verified(2) },
  'trust-white-space': {
    about: 'white space in the list, which lists may have',
    trust: [trustListOf(JSON.stringify(trustClaims(), null, 2))],
    expect: verified(2),
  },
  'trust-member-unknown': { about: 'a member that nobody knows', trust: [trustList({ x: 1 })], expect: verified(2) },
  'trust-second-root': {
    about: 'signed by the second of two roots, an Ed25519 key',
    config: config({ roots: [root.jwk, secondRoot.jwk] }),
    trust: [trustList({}, {}, secondRoot)],
    expect: verified(2),
  },
  'trust-issuers-empty': { about: 'no issuers', trust: [trustList({ issuers: [] })], expect: unsure('unknown-key') },
  'trust-issuer-duplicate': {
    about: 'two entries of one issuer: neither is believed',
    trust: [trustList({ issuers: [issuerEntry(), issuerEntry({ name: 'Another' })] })],
    expect: unsure('unknown-key'),
  },
  ...named(lost, unsure('no-keys')),
  ...Object.fromEntries(
    Object.entries(unfit).map(([name, [about, change]]) => [
      `trust-issuer-${name}`,
      {
        about: `an issuer: ${about}`,
        trust: [trustList({ issuers: [otherEntry(), issuerEntry(change)] })],
        expect: unsure('unknown-key'),
      },
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(oneBad).map(([name, [about, issuers]]) => [
      `trust-beside-${name}`,
      { about, trust: [trustList({ issuers })], expect: verified(2) },
    ]),
  ),
  ...successions,
}
