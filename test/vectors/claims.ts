// The claims of a token: a closed set, of fixed types. Profile, section 1.
import { refused, unsure } from '../../src/core/verdict.ts'
import type { Json } from './forge.ts'
import {
  bearer,
  config,
  DAY,
  entry,
  issuerEntry,
  live,
  now,
  present,
  statusUri,
  trustList,
  verified,
  type Case,
  type Cases,
} from './good.ts'

const shown = (value: unknown): string => (value === undefined ? 'missing' : JSON.stringify(value))

/** Values that a claim may not have, each by a name for its file. */
const wrong: Record<string, Record<string, unknown>> = {
  iss: {
    missing: undefined,
    number: 7,
    null: null,
    empty: '',
    array: ['https://kycvs.example'],
    http: 'http://kycvs.example',
    'localhost-evil': 'http://localhost.evil.example',
    'localhost-userinfo': 'http://localhost@evil.example',
    'no-host': 'https://',
    'no-scheme': 'kycvs.example',
    'upper-case-scheme': 'HTTPS://kycvs.example',
    space: 'https://kycvs.example/ x',
    fragment: 'https://kycvs.example#x',
  },
  iat: {
    missing: undefined,
    string: String(now - 3600),
    null: null,
    negative: -1,
    fraction: now - 3600.5,
    'over-2-53': 2 ** 53,
  },
  exp: {
    missing: undefined,
    string: String(now + 3600),
    null: null,
    negative: -1,
    fraction: now + 3600.5,
    'over-2-53': 2 ** 53,
    'equal-to-iat': now - 3600,
    'before-iat': now - 3601,
  },
  nbf: { string: String(now - 60), null: null, negative: -1, fraction: now - 60.5, array: [now - 60] },
  vs: { missing: undefined, string: '2', null: null, true: true, 3: 3, negative: -1, fraction: 1.5, array: [2] },
  aud: { array: ['example-mall'], number: 7, null: null, empty: '', object: { id: 'example-mall' } },
  n: {
    empty: '',
    9: 'A.B.C.D.E',
    number: 7,
    null: null,
    array: ['A'],
    digit: 'A1',
    hyphen: 'A-B',
    markup: '<b>',
    newline: 'A\nB',
    'bidi-control': 'A\u202EB',
    'zero-width-joiner': 'A\u200DB',
    'combining-mark': 'e\u0301',
    'lone-surrogate': '\uD800',
    emoji: '✅',
  },
  status: {
    null: null,
    string: statusUri,
    array: [],
    empty: {},
    extra: { status_list: { idx: 0, uri: statusUri }, x: 1 },
    'list-null': { status_list: null },
    'list-empty': { status_list: {} },
    'list-extra': { status_list: { idx: 0, uri: statusUri, x: 1 } },
    'idx-missing': { status_list: { uri: statusUri } },
    'idx-string': { status_list: { idx: '0', uri: statusUri } },
    'idx-negative': { status_list: { idx: -1, uri: statusUri } },
    'idx-fraction': { status_list: { idx: 0.5, uri: statusUri } },
    'idx-over-2-53': { status_list: { idx: 2 ** 53, uri: statusUri } },
    'uri-missing': { status_list: { idx: 0 } },
    'uri-http': { status_list: { idx: 0, uri: 'http://kycvs.example/status/7' } },
    'uri-number': { status_list: { idx: 0, uri: 7 } },
  },
}
const wrongs: Cases = Object.fromEntries(
  Object.entries(wrong).flatMap(([claim, values]) =>
    Object.entries(values).map(([name, value]) => [
      `claims-${claim}-${name}`,
      { about: `${claim} is ${shown(value)}`, code: bearer({ [claim]: value }), expect: refused('bad-claims') },
    ]),
  ),
)

const wrongCnf: Record<string, unknown> = {
  null: null,
  empty: {},
  kid: { kid: 'abc' },
  extra: { jwk: {}, kid: 'abc' },
  'jwk-null': { jwk: null },
  'jwk-string': { jwk: 'x' },
}
const bindings: Cases = Object.fromEntries(
  Object.entries(wrongCnf).map(([name, cnf]) => [
    `claims-cnf-${name}`,
    { about: `cnf is ${shown(cnf)}`, code: present(live({ cnf })), expect: refused('bad-claims') },
  ]),
)

const unknown: Cases = Object.fromEntries(
  ['sub', 'jti', 'name', 'mobile', 'vc', '_sd', '_sd_alg', 'crit', 'toString'].map((name) => [
    `claims-extra-${name}`,
    { about: `a claim ${name}`, code: bearer({ [name]: 'x' }), expect: refused('bad-claims') },
  ]),
)

const at = (iss: string): Case => ({
  about: `iss is ${iss}`,
  trust: [trustList({ issuers: [issuerEntry({ iss })] })],
  code: bearer({ iss }),
  expect: verified(2),
})
const initials = (n: string): Case => ({
  about: `n is ${JSON.stringify(n)}`,
  code: bearer({ n }),
  expect: verified(2),
})

export const allClaims: Cases = {
  ...wrongs,
  ...bindings,
  ...unknown,
  'claims-vs-2': { about: 'fully vaccinated', code: bearer({ vs: 2 }), expect: verified(2) },
  'claims-vs-1': { about: 'partly vaccinated', code: bearer({ vs: 1 }), expect: verified(1) },
  'claims-vs-0': { about: 'not vaccinated', code: bearer({ vs: 0 }), expect: verified(0) },
  'claims-all': {
    about: 'every claim that a bearer token may have',
    code: bearer({ nbf: now - 3600, aud: 'example-mall', n: 'A. B.', ...entry(0) }),
    expect: verified(2),
  },
  'claims-iss-localhost': at('http://localhost'),
  'claims-iss-localhost-port': at('http://localhost:8080'),
  'claims-iss-path': at('https://kycvs.example/in/ka'),
  'claims-iss-unknown': {
    about: 'no issuer of that name',
    code: bearer({ iss: 'https://nobody.example' }),
    expect: unsure('unknown-key'),
  },
  'claims-iss-slash': {
    about: 'iss with a slash that the trust list does not have',
    code: bearer({ iss: 'https://kycvs.example/' }),
    expect: unsure('unknown-key'),
  },
  'claims-aud-same': {
    about: "aud is the gate's audience",
    code: bearer({ aud: 'example-mall' }),
    expect: verified(2),
  },
  'claims-aud-other': {
    about: 'aud is another entity',
    code: bearer({ aud: 'another-mall' }),
    expect: refused('wrong-audience'),
  },
  'claims-aud-case': {
    about: 'aud differs in case only',
    code: bearer({ aud: 'Example-Mall' }),
    expect: refused('wrong-audience'),
  },
  'claims-aud-gate': {
    about: "aud is the gate's own id, which is not its audience",
    code: bearer({ aud: 'north-entrance' }),
    expect: refused('wrong-audience'),
  },
  'claims-aud-gate-without-audience': {
    about: 'aud, at a gate without an audience',
    config: config({ audience: undefined }),
    code: bearer({ aud: 'example-mall' }),
    expect: refused('wrong-audience'),
  },
  'claims-no-aud-gate-without-audience': {
    about: 'no aud, at a gate without an audience',
    config: config({ audience: undefined }),
    code: bearer(),
    expect: verified(2),
  },
  'claims-n-1': initials('A'),
  'claims-n-8': initials('A.B.C.D.'),
  'claims-n-devanagari': initials('अ. क.'),
  'claims-n-8-outside-the-bmp': initials('𐐀𐐁𐐂𐐃𐐄𐐅𐐆𐐇'),
  'claims-life-1-second': {
    about: 'a life of one second, and one second old',
    code: bearer({ iat: now - 1, exp: now }),
    expect: verified(2),
  },
  ...life('bearer', 'a bearer token', DAY, (change) => bearer(change)),
  ...life('bearer-status', 'a bearer token with status', 28 * DAY, (change) => bearer({ ...change, ...entry(0) })),
  ...life('live', 'a live token', DAY, (change) => present(live(change))),
  ...life('live-status', 'a live token with status', 7 * DAY, (change) => present(live({ ...change, ...entry(0) }))),
}

function life(name: string, what: string, cap: number, code: (change: Json) => string): Cases {
  const iat = now - 3600
  return {
    [`claims-life-${name}-cap`]: {
      about: `${what} with a life of ${cap} seconds`,
      code: code({ iat, exp: iat + cap }),
      expect: verified(2),
    },
    [`claims-life-${name}-over`]: {
      about: `${what} with a life of ${cap + 1} seconds`,
      code: code({ iat, exp: iat + cap + 1 }),
      expect: refused('bad-claims'),
    },
  }
}
