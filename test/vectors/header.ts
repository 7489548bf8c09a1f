// The JOSE header of a token: exactly alg, typ and kid. Profile, section 1.
import { createHmac } from 'node:crypto'
import { refused, unreadable } from '../../src/core/verdict.ts'
import { compact, encode, makeSigner, signSegments, spareBit, split, type Part } from './forge.ts'
import {
  bearer,
  claims,
  header,
  holder,
  issuerEd25519,
  issuerKey,
  live,
  present,
  verified,
  type Cases,
} from './good.ts'

const under = (part: Part): string => compact(part, claims(), issuerKey)
const { alg, kid } = issuerKey
const unsigned = { sign: () => new Uint8Array() }
const keyedByThePublicKey = {
  sign: (data: string) => createHmac('sha256', JSON.stringify(issuerKey.jwk)).update(data).digest(),
}

const algorithms: Cases = {
  'header-alg-missing': {
    about: 'alg is missing',
    code: bearer({}, { alg: undefined }),
    expect: refused('bad-signature'),
  },
  'header-alg-number': { about: 'alg is a number', code: bearer({}, { alg: 256 }), expect: refused('bad-signature') },
  'header-alg-case': { about: 'alg is es256', code: bearer({}, { alg: 'es256' }), expect: refused('bad-signature') },
  'header-alg-none': {
    about: 'alg is none, and no signature',
    code: compact({ alg: 'none', typ: 'vs+jwt', kid }, claims(), unsigned),
    expect: refused('bad-signature'),
  },
  'header-alg-none-kid-unknown': {
    about: 'alg is none, and no key of that kid: form comes before key',
    code: bearer({}, { alg: 'none', kid: 'nobody00' }),
    expect: refused('bad-signature'),
  },
  'header-alg-none-signed': {
    about: 'alg is none, over a signature that holds',
    code: bearer({}, { alg: 'none' }),
    expect: refused('bad-signature'),
  },
  'header-alg-hs256': {
    about: "HS256 with the issuer's public key as the secret",
    code: compact({ alg: 'HS256', typ: 'vs+jwt', kid }, claims(), keyedByThePublicKey),
    expect: refused('bad-signature'),
  },
  'header-alg-rs256': {
    about: 'RS256 by an RSA key under the kid of a trusted key',
    code: bearer({}, {}, makeSigner('RS256', kid)),
    expect: refused('bad-signature'),
  },
  'header-alg-es384': {
    about: 'ES384 by a P-384 key under the kid of a trusted key',
    code: bearer({}, {}, makeSigner('ES384', kid)),
    expect: refused('bad-signature'),
  },
  'header-alg-es256k': {
    about: 'ES256K by a secp256k1 key under the kid of a trusted key',
    code: bearer({}, {}, makeSigner('ES256K', kid)),
    expect: refused('bad-signature'),
  },
  'header-alg-eddsa': {
    about: 'EdDSA, the older name that does not fix the curve',
    code: bearer({}, { alg: 'EdDSA' }, issuerEd25519),
    expect: refused('bad-signature'),
  },
  'header-alg-ed25519-for-p256-key': {
    about: 'alg is Ed25519, the key is P-256',
    code: bearer({}, { alg: 'Ed25519' }),
    expect: refused('bad-signature'),
  },
  'header-alg-es256-for-ed25519-key': {
    about: 'alg is ES256, the key is Ed25519',
    code: bearer({}, { alg: 'ES256' }, issuerEd25519),
    expect: refused('bad-signature'),
  },
}

const types: Cases = Object.fromEntries(
  [
    ['missing', undefined],
    ['null', null],
    ['number', 1],
    ['empty', ''],
    ['jwt', 'JWT'],
    ['upper-case', 'VS+JWT'],
    ['application', 'application/vs+jwt'],
    ['status-list', 'statuslist+jwt'],
    ['trust-list', 'trust-list+jwt'],
    ['kb-jwt', 'kb+jwt'],
    ['sd-jwt-vc', 'dc+sd-jwt'],
  ].map(([name, typ]) => [
    `header-typ-${name}`,
    { about: `typ is ${JSON.stringify(typ)}`, code: bearer({}, { typ }), expect: unreadable('wrong-profile') },
  ]),
)

const swaps: Cases = {
  'header-typ-live-without-cnf': {
    about: 'typ vs+sd-jwt over the claims of a bearer token',
    code: bearer({}, { typ: 'vs+sd-jwt' }),
    expect: refused('bad-claims'),
  },
  'header-typ-bearer-with-cnf': {
    about: 'typ vs+jwt over the claims of a live token',
    code: bearer({ cnf: { jwk: holder.jwk } }),
    expect: refused('bad-claims'),
  },
  'header-typ-bearer-with-cnf-presented': {
    about: 'typ vs+jwt over the claims of a live token, with a KB-JWT',
    code: present(live({}, { typ: 'vs+jwt' })),
    expect: refused('bad-claims'),
  },
}

const extra: Cases = Object.fromEntries(
  Object.entries({
    crit: ['exp'],
    b64: false,
    jwk: issuerKey.jwk,
    jku: 'https://kycvs.example/.well-known/jwks.json',
    x5c: ['AAAA'],
    x5u: 'https://kycvs.example/key.pem',
    cty: 'JWT',
    zip: 'DEF',
    constructor: 'x',
  }).map(([name, value]) => [
    `header-extra-${name}`,
    { about: `${name} in the header`, code: bearer({}, { [name]: value }), expect: refused('bad-claims') },
  ]),
)

const [first, second] = split(bearer({}, { kid: 'nobody0' }))

const json: Cases = {
  'header-order': {
    about: 'alg, typ and kid in another order, which is as good',
    code: under({ kid, typ: 'vs+jwt', alg }),
    expect: verified(2),
  },
  'header-duplicate-alg': {
    about: 'alg twice',
    code: under(`{"alg":"none","alg":"ES256","typ":"vs+jwt","kid":"${kid}"}`),
    expect: refused('bad-claims'),
  },
  'header-duplicate-kid': {
    about: 'kid twice',
    code: under(`{"alg":"ES256","typ":"vs+jwt","kid":"nobody00","kid":"${kid}"}`),
    expect: refused('bad-claims'),
  },
  'header-white-space': {
    about: 'white space between members',
    code: under(`{"alg":"ES256", "typ":"vs+jwt","kid":"${kid}"}`),
    expect: refused('bad-claims'),
  },
  'header-escaped-name': {
    about: 'a member name written with an escape',
    code: under(`{"\\u0061lg":"ES256","typ":"vs+jwt","kid":"${kid}"}`),
    expect: refused('bad-claims'),
  },
  'header-proto-member': {
    about: 'a member called __proto__',
    code: under(`{"alg":"ES256","typ":"vs+jwt","kid":"${kid}","__proto__":{}}`),
    expect: refused('bad-claims'),
  },
  'header-members-by-proto': {
    about: 'alg and kid are members of a __proto__',
    code: under(`{"typ":"vs+jwt","__proto__":{"alg":"ES256","kid":"${kid}"}}`),
    expect: refused('bad-signature'),
  },
  'header-spare-bit': {
    about: 'a spare bit is set in the last character of the header',
    code: signSegments(spareBit(first), second, issuerKey),
    expect: refused('bad-claims'),
  },
  'header-trailing-comma': {
    about: 'a trailing comma: not JSON',
    code: under(`{"alg":"ES256","typ":"vs+jwt","kid":"${kid}",}`),
    expect: unreadable('not-a-token'),
  },
  'header-broken-utf-8': {
    about: 'bytes that are not UTF-8',
    code: under(
      Buffer.concat([Buffer.from(JSON.stringify(header(issuerKey)).slice(0, -2)), Buffer.of(0xff, 0x22, 0x7d)]),
    ),
    expect: unreadable('not-a-token'),
  },
  'header-array': { about: 'an array', code: under('["ES256","vs+jwt"]'), expect: unreadable('not-a-token') },
  'header-null': { about: 'null', code: under('null'), expect: unreadable('not-a-token') },
  'header-string': { about: 'a string', code: under('"vs+jwt"'), expect: unreadable('not-a-token') },
  'header-empty-object': { about: 'no members', code: under({}), expect: unreadable('wrong-profile') },
  'header-bom': {
    about: 'a byte order mark in front',
    code: under(`\uFEFF${JSON.stringify(header(issuerKey))}`),
    expect: refused('bad-claims'),
  },
  'header-not-base64url-length': {
    about: 'a header of 4n + 1 characters',
    code: signSegments(`${encode(header(issuerKey)).slice(0, 40)}A`, encode(claims()), issuerKey),
    expect: unreadable('not-a-token'),
  },
}

export const headers: Cases = { ...algorithms, ...types, ...swaps, ...extra, ...json }
