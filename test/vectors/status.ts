// The status list: revoked or not, and when a gate cannot tell. Profile, section 5.
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { refused, unsure } from '../../src/core/verdict.ts'
import { compact, type Json, type Signer } from './forge.ts'
import {
  bearer,
  DAY,
  entry,
  issuerEd25519,
  issuerEntry,
  issuerKey,
  listedKey,
  now,
  otherEntry,
  otherIssuer,
  otherKey,
  packed,
  statusList,
  statusUri,
  trustList,
  verified,
  type Case,
  type Cases,
} from './good.ts'

const good = verified(2)
const revoked = refused('revoked')
const missing = unsure('no-status-list')

/** The entry at `idx` of a list with these bytes. */
const lookUp = (about: string, bits: number, bytes: number[], idx: number, expect: Case['expect']): Case => ({
  about,
  statusLists: [statusList({ status_list: packed(Uint8Array.from(bytes), bits) })],
  code: bearer(entry(idx)),
  expect,
})

const bits: Cases = {
  'status-1-bit-valid': lookUp('1 bit, 0', 1, [0b1111_0111], 3, good),
  'status-1-bit-revoked': lookUp('1 bit, 1', 1, [0b0000_1000], 3, revoked),
  'status-1-bit-first-is-lowest': lookUp('entry 0 is the lowest bit', 1, [0b0000_0001], 0, revoked),
  'status-1-bit-first-is-not-highest': lookUp('entry 0 is not the highest bit', 1, [0b1000_0000], 0, good),
  'status-1-bit-last-of-byte': lookUp('entry 7 is the highest bit', 1, [0b1000_0000], 7, revoked),
  'status-1-bit-next-byte': lookUp('entry 8 is in the next byte', 1, [0, 1], 8, revoked),
  'status-2-bits-valid': lookUp('2 bits, 0', 2, [0b1111_0011], 1, good),
  'status-2-bits-1': lookUp('2 bits, 1', 2, [0b0000_0100], 1, revoked),
  'status-2-bits-2': lookUp('2 bits, 2', 2, [0b0000_1000], 1, revoked),
  'status-2-bits-3': lookUp('2 bits, 3', 2, [0, 0b1100_0000], 7, revoked),
  'status-4-bits-valid': lookUp('4 bits, 0', 4, [0xf0], 0, good),
  'status-4-bits-2': lookUp('4 bits, 2', 4, [0x20], 1, revoked),
  'status-4-bits-15': lookUp('4 bits, 15', 4, [0, 0x0f], 2, revoked),
  'status-8-bits-valid': lookUp('8 bits, 0', 8, [255, 0, 255], 1, good),
  'status-8-bits-2': lookUp('8 bits, 2', 8, [0, 2], 1, revoked),
  'status-8-bits-255': lookUp('8 bits, 255', 8, [255], 0, revoked),
  'status-idx-last': lookUp('the last entry', 1, [0, 0b0111_1111], 15, good),
  'status-idx-out-of-range': lookUp('one past the last entry', 1, [0, 0], 16, refused('bad-claims')),
  'status-idx-far-out': lookUp('an index of 2^53 - 1', 1, [0], 2 ** 53 - 1, refused('bad-claims')),
  'status-empty-list': lookUp('a list with no entries', 1, [], 0, refused('bad-claims')),
  'status-8-bits-out-of-range': lookUp('8 bits, one past the last entry', 8, [0], 1, refused('bad-claims')),
}

const content = (lst: unknown, width: unknown = 1): string => statusList({ status_list: { bits: width, lst } })
const zlib = deflateSync(Buffer.alloc(64), { level: 9 })
const wrongSum = Buffer.from(zlib)
wrongSum[wrongSum.length - 1] = (wrongSum.at(-1) ?? 0) ^ 1
const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
const late = statusList({ iat: now - 60, status_list: packed(Uint8Array.of(1)) })
const early = statusList({ iat: now - 120, status_list: packed(Uint8Array.of(0)) })

/** Lists that do not count: with no other, the gate cannot tell. */
const lost: Record<string, [about: string, ...statusLists: string[]]> = {
  none: ['no status list at all'],
  'not-a-jws': ['not a JWS', 'status'],
  'exp-now': ['at exp', statusList({ exp: now })],
  'exp-past': ['past exp', statusList({ exp: now - 1 })],
  'exp-string': ['exp a string', statusList({ exp: String(now + DAY) })],
  'iat-missing': ['iat missing', statusList({ iat: undefined })],
  'sub-missing': ['sub missing', statusList({ sub: undefined })],
  'sub-other': ['sub another list of this issuer', statusList({ sub: `${statusUri}0` })],
  'typ-jwt': ['typ JWT', statusList({}, { typ: 'JWT' })],
  'typ-missing': ['typ missing', statusList({}, { typ: undefined })],
  crit: ['crit in the header', statusList({}, { crit: ['exp'] })],
  'alg-none': [
    'alg none',
    compact({ alg: 'none', typ: 'statuslist+jwt', kid: issuerKey.kid }, {}, { sign: () => new Uint8Array() }),
  ],
  'alg-other': ['alg of another key type', statusList({}, { alg: 'Ed25519' })],
  'signed-by-another-issuer': ['signed by an issuer that does not name it', statusList({}, {}, otherKey)],
  'signed-under-wrong-kid': [
    "signed by another issuer, under this issuer's kid",
    statusList({}, {}, { ...otherKey, kid: issuerKey.kid }),
  ],
  'kid-unknown': ['kid of no key', statusList({}, { kid: 'nobody00' })],
  'content-missing': ['status_list missing', statusList({ status_list: undefined })],
  'content-null': ['status_list null', statusList({ status_list: null })],
  'bits-3': ['3 bits an entry', statusList({ status_list: packed(Uint8Array.of(0), 3) })],
  'bits-16': ['16 bits an entry', statusList({ status_list: packed(Uint8Array.of(0), 16) })],
  'bits-0': ['0 bits an entry', statusList({ status_list: packed(Uint8Array.of(0), 0) })],
  'bits-string': ['bits a string', statusList({ status_list: packed(Uint8Array.of(0), '1') })],
  'bits-missing': ['bits missing', statusList({ status_list: packed(Uint8Array.of(0), null) })],
  'lst-missing': ['lst missing', content(undefined)],
  'lst-number': ['lst a number', content(7)],
  'lst-empty': ['lst empty', content('')],
  'lst-not-base64url': ['lst not base64url', content('$$$$')],
  'lst-not-compressed': ['lst not compressed', content(base64url(Buffer.alloc(64)))],
  'lst-raw-deflate': ['lst raw DEFLATE, without ZLIB around it', content(base64url(deflateRawSync(Buffer.alloc(64))))],
  'lst-gzip': ['lst GZIP', content(base64url(gzipSync(Buffer.alloc(64))))],
  'lst-cut-short': ['lst cut short', content(base64url(zlib.subarray(0, -5)))],
  'lst-wrong-checksum': ['lst with a wrong checksum', content(base64url(wrongSum))],
  'lst-bomb-1-bit': ['2^27 + 8 entries of 1 bit', statusList({ status_list: packed(new Uint8Array(2 ** 24 + 1), 1) })],
  'lst-bomb-8-bits': [
    '32 MiB and a byte, 8 bits an entry',
    statusList({ status_list: packed(new Uint8Array(2 ** 25 + 1), 8) }),
  ],
}

const counted: Cases = {
  'status-lst-2-27-entries': {
    about: '2^27 entries of 1 bit, the most there may be; the last one',
    statusLists: [statusList({ status_list: packed(new Uint8Array(2 ** 24), 1) })],
    code: bearer(entry(2 ** 27 - 1)),
    expect: good,
  },
  'status-exp-next-second': {
    about: 'a second before exp',
    statusLists: [statusList({ exp: now + 1 })],
    code: bearer(entry(0)),
    expect: good,
  },
  'status-exp-missing': {
    about: 'no exp',
    statusLists: [statusList({ exp: undefined })],
    code: bearer(entry(0)),
    expect: good,
  },
  'status-member-unknown': {
    about: 'ttl, and a member that nobody knows',
    statusLists: [statusList({ ttl: 3600, x: 1 })],
    code: bearer(entry(0)),
    expect: good,
  },
  'status-kid-missing': {
    about: 'a list without kid',
    statusLists: [statusList({}, { kid: undefined })],
    code: bearer(entry(3)),
    expect: revoked,
  },
  'status-other-key-of-issuer': {
    about: "signed by another of the issuer's keys",
    statusLists: [statusList({}, {}, issuerEd25519)],
    code: bearer(entry(3)),
    expect: revoked,
  },
  'status-not-needed': { about: 'no list, and a token without status', statusLists: [], code: bearer(), expect: good },
  'status-newer-second': {
    about: 'an earlier list, then a later one that revokes',
    statusLists: [early, late],
    code: bearer(entry(0)),
    expect: revoked,
  },
  'status-newer-first': {
    about: 'a later list that revokes, then an earlier one: iat only grows',
    statusLists: [late, early],
    code: bearer(entry(0)),
    expect: revoked,
  },
  'status-same-iat': {
    about: 'two lists of one iat: the first stays',
    statusLists: [statusList({ iat: now - 60 }), late],
    code: bearer(entry(0)),
    expect: good,
  },
  'status-bad-list-beside': {
    about: 'bad lists beside the good one',
    statusLists: ['x', statusList({ iat: now, exp: 'x' }), statusList()],
    code: bearer(entry(3)),
    expect: revoked,
  },
}

const keyUntil = (signer: Signer, exp: number): Json => listedKey(signer, { exp })
const theirs = `${otherIssuer}/status/1`

/** Who names the list, and who signed it. */
const naming: Cases = {
  'status-uri-not-named': {
    about: 'a list that the issuer does not name',
    code: bearer(entry(0, `${statusUri}0`)),
    statusLists: [statusList({ sub: `${statusUri}0` })],
    expect: missing,
  },
  'status-uri-of-another-issuer': {
    about: 'a list that another issuer names and signed',
    statusLists: [statusList({ sub: theirs }, {}, otherKey)],
    code: bearer(entry(0, theirs)),
    expect: missing,
  },
  'status-uri-named-by-two': {
    about: 'a list that two issuers name, signed by the other one',
    trust: [trustList({ issuers: [issuerEntry(), otherEntry({ status_lists: [statusUri] })] })],
    statusLists: [statusList({}, {}, otherKey)],
    code: bearer(entry(0)),
    expect: missing,
  },
  'status-key-retired': {
    about: 'signed by a key a second after its exp',
    trust: [
      trustList({ issuers: [issuerEntry({ keys: [listedKey(issuerKey), keyUntil(issuerEd25519, now - 601)] })] }),
    ],
    statusLists: [statusList({}, {}, issuerEd25519)],
    code: bearer(entry(0)),
    expect: missing,
  },
  'status-key-retiring': {
    about: 'signed by a key at its exp',
    trust: [
      trustList({ issuers: [issuerEntry({ keys: [listedKey(issuerKey), keyUntil(issuerEd25519, now - 600)] })] }),
    ],
    statusLists: [statusList({}, {}, issuerEd25519)],
    code: bearer(entry(0)),
    expect: good,
  },
}

export const statuses: Cases = {
  ...bits,
  ...counted,
  ...naming,
  ...Object.fromEntries(
    Object.entries(lost).map(([name, [about, ...statusLists]]) => [
      `status-${name}`,
      { about, statusLists, code: bearer(entry(0)), expect: missing },
    ]),
  ),
}
