// Both sides of every boundary in time: tolerance, a key's bounds, min_iat, and a clock that is behind. Profile, sections 1, 4 and 7.
import { refused, unsure } from '../../src/core/verdict.ts'
import {
  bearer,
  DAY,
  issuerEntry,
  issuerKey,
  listedKey,
  now,
  otherKey,
  statusList,
  trustList,
  verified,
  type Cases,
} from './good.ts'

const exp = now - 3600 + DAY
const iat = now - 3600
const bounded = (bounds: object): string[] => [
  trustList({ issuers: [issuerEntry({ keys: [listedKey(issuerKey, { ...bounds })] })] }),
]
const since = (min_iat: number): string[] => [trustList({ issuers: [issuerEntry({ min_iat })] })]

const tolerance: Cases = {
  'times-exp-59-ago': { about: '59 s past exp', now: exp + 59, code: bearer(), expect: verified(2) },
  'times-exp-60-ago': { about: '60 s past exp', now: exp + 60, code: bearer(), expect: refused('expired') },
  'times-exp-61-ago': { about: '61 s past exp', now: exp + 61, code: bearer(), expect: refused('expired') },
  'times-exp-now': { about: 'at exp', now: exp, code: bearer(), expect: verified(2) },
  'times-exp-1970': { about: 'exp is 1', code: bearer({ iat: 0, exp: 1 }), expect: refused('expired') },
  'times-iat-59-ahead': { about: 'issued 59 s ahead', code: bearer({ iat: now + 59 }), expect: verified(2) },
  'times-iat-60-ahead': { about: 'issued 60 s ahead', code: bearer({ iat: now + 60 }), expect: verified(2) },
  'times-iat-61-ahead': {
    about: 'issued 61 s ahead',
    code: bearer({ iat: now + 61 }),
    expect: refused('not-yet-valid'),
  },
  'times-nbf-59-ahead': { about: 'not before 59 s ahead', code: bearer({ nbf: now + 59 }), expect: verified(2) },
  'times-nbf-60-ahead': { about: 'not before 60 s ahead', code: bearer({ nbf: now + 60 }), expect: verified(2) },
  'times-nbf-61-ahead': {
    about: 'not before 61 s ahead',
    code: bearer({ nbf: now + 61 }),
    expect: refused('not-yet-valid'),
  },
}

const keys: Cases = {
  'times-key-nbf-at-iat': { about: 'issued at its key nbf', trust: bounded({ nbf: iat }), expect: verified(2) },
  'times-key-nbf-after-iat': {
    about: 'issued a second before its key nbf',
    trust: bounded({ nbf: iat + 1 }),
    expect: refused('bad-claims'),
  },
  'times-key-exp-at-iat': { about: 'issued at its key exp', trust: bounded({ exp: iat }), expect: verified(2) },
  'times-key-exp-before-iat': {
    about: 'issued a second after its key exp',
    trust: bounded({ exp: iat - 1 }),
    expect: refused('bad-claims'),
  },
  'times-min-iat-at-iat': { about: 'issued at min_iat', trust: since(iat), expect: verified(2) },
  'times-min-iat-after-iat': {
    about: 'issued a second before min_iat',
    trust: since(iat + 1),
    expect: refused('revoked'),
  },
}

const clocks: Cases = {
  'clock-300-behind-trust-list': {
    about: 'the clock is 300 s behind the trust list',
    trust: [trustList({ iat: now + 300 })],
    expect: verified(2),
  },
  'clock-301-behind-trust-list': {
    about: 'the clock is 301 s behind the trust list',
    trust: [trustList({ iat: now + 301 })],
    expect: unsure('clock-wrong'),
  },
  'clock-300-behind-status-list': {
    about: 'the clock is 300 s behind a status list',
    statusLists: [statusList({ iat: now + 300 })],
    expect: verified(2),
  },
  'clock-301-behind-status-list': {
    about: 'the clock is 301 s behind a status list',
    statusLists: [statusList({ iat: now + 301 })],
    expect: unsure('clock-wrong'),
  },
  'clock-300-behind-build': {
    about: "the clock is 300 s behind the build's time",
    floor: now + 300,
    expect: verified(2),
  },
  'clock-301-behind-build': {
    about: "the clock is 301 s behind the build's time",
    floor: now + 301,
    expect: unsure('clock-wrong'),
  },
  'clock-behind-unproven-trust-list': {
    about: 'the clock is a day behind a trust list that nobody trusted signed: no proof of a time',
    trust: [trustList(), trustList({ iat: now + DAY, seq: 8 }, {}, { ...otherKey, kid: 'x' })],
    expect: verified(2),
  },
  'clock-behind-unproven-status-list': {
    about: 'the clock is a day behind a status list of a stranger: no proof of a time',
    statusLists: [statusList({ iat: now + DAY, exp: now + 2 * DAY }, {}, otherKey)],
    expect: verified(2),
  },
  'clock-wrong-and-other-code': {
    about: 'the clock is wrong, and the code is none of ours: the code is what counts',
    floor: now + 301,
    code: 'https://shop.example/menu',
    expect: { kind: 'unreadable', reason: 'not-a-token' },
  },
  'clock-wrong-and-no-trust-list': {
    about: 'the clock is wrong, and there is no trust list: keys come first',
    floor: now + 301,
    trust: [],
    expect: unsure('no-keys'),
  },
  'clock-1970': { about: 'the clock stands at 0', now: 0, expect: unsure('clock-wrong') },
}

export const times: Cases = { ...tolerance, ...keys, ...clocks }
