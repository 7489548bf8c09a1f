// What a code holds around the token, and other people's codes. Profile, section 3.
import { deflateRawSync } from 'node:zlib'
import { refused, unreadable } from '../../src/core/verdict.ts'
import { compact, encode, makeSigner, ofLength, split, type Json } from './forge.ts'
import {
  bearer,
  claims,
  config,
  issuerEd25519,
  issuerKey,
  live,
  now,
  present,
  verified,
  type Case,
  type Cases,
} from './good.ts'

const token = bearer()
const [first, second, third] = split(token)
const presented = present(live())

/** Codes that hold a good token and count. */
const carriers: Record<string, string> = {
  text: token,
  'url-fragment': `https://gate.example/#${token}`,
  'url-no-slash': `https://gate.example#${token}`,
  'url-upper-case': `HTTPS://GATE.EXAMPLE/#${token}`,
  'url-path-query': `https://mall.example:8443/gate/index.html?from=poster#${token}`,
  'url-localhost': `https://localhost:5173/#${token}`,
  'url-live': `https://gate.example/#${presented}`,
  'url-8192': `https://gate.example/${'x'.repeat(8192 - 22 - token.length)}#${token}`,
}

/** Codes that hold a good token in a way that does not count. */
const spoiled: Record<string, string> = {
  'url-http': `http://gate.example/#${token}`,
  'url-http-localhost': `http://localhost:8080/#${token}`,
  'url-empty-fragment': 'https://gate.example/#',
  'url-no-fragment': 'https://gate.example/',
  'url-query': `https://gate.example/?t=${token}`,
  'url-named-fragment': `https://gate.example/#t=${token}`,
  'url-fragment-more': `https://gate.example/#${token}&x=1`,
  'url-two-fragments': `https://gate.example/#x#${token}`,
  'url-no-host': `https://#${token}`,
  'url-other-scheme': `javascript:https://gate.example/#${token}`,
  'url-text-in-front': `see https://gate.example/#${token}`,
  'url-space': `https://gate.example/a b#${token}`,
  'url-escaped-tilde': `https://gate.example/#${presented.replace('~', '%7E')}`,
  'url-8193': `https://gate.example/${'x'.repeat(8193 - 22 - token.length)}#${token}`,
  'padding-header': `${first}=.${second}.${third}`,
  'padding-payload': `${first}.${second}=.${third}`,
  'padding-signature': `${token}==`,
  'standard-alphabet': compact({ alg: 'ES256', typ: 'vs+jwt', kid: '>>>???' }, claims(), issuerKey).replace(
    /[-_]/g,
    (c) => (c === '-' ? '+' : '/'),
  ),
  'leading-space': ` ${token}`,
  'trailing-space': `${token} `,
  'trailing-newline': `${token}\n`,
  'inner-space': `${first}. ${second}.${third}`,
  'inner-newline': `${token.slice(0, 76)}\n${token.slice(76)}`,
  'trailing-nul': `${token}\0`,
  'leading-bom': `\uFEFF${token}`,
  quoted: `"${token}"`,
  bearer: `Bearer ${token}`,
  twice: `${token}\n${token}`,
  'no-header': `.${second}.${third}`,
  'no-payload': `${first}..${third}`,
  'two-segments': `${first}.${second}`,
  'four-segments': `${token}.${third}`,
  'five-segments': `${token}.${third}.${third}`,
  'json-serialisation': JSON.stringify({ payload: second, protected: first, signature: third }),
}

/** Other people's codes, as they are met at a gate. */
const foreign: Record<string, Case['code']> = {
  empty: '',
  digit: '2',
  word: 'verified',
  dots: '..',
  tildes: '~~~',
  'dots-and-tilde': '.~.',
  eu: 'HC1:NCFOXN%TSMAHN-H3O4:PVH2 AJ2J$9J0II:Q5 43SLG/EBOD2XQGJC0*B2XWD',
  'smart-health-card': `shc:/${'5676295953265460346029'.repeat(20)}`,
  url: 'https://shop.example/menu?table=4',
  wifi: 'WIFI:T:WPA;S:Guests;P:not-a-secret;;',
  vcard: 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A Person\r\nTEL:+910000000000\r\nEND:VCARD',
  upi: 'upi://pay?pa=stall@bank.example&pn=Stall&am=20.00&cu=INR',
  otpauth: 'otpauth://totp/Example:someone?secret=AAAAAAAAAAAAAAAA&issuer=Example',
  openid4vp: 'openid4vp://?client_id=https%3A%2F%2Fverifier.example&request_uri=https%3A%2F%2Fverifier.example%2Fr%2F1',
  'json-status': '{"vs":2,"name":"A Person"}',
  xml: '<?xml version="1.0"?><Person uid="0000" name="A Person"/>',
  'decimal-identity': '7'.repeat(2000),
  barcode: '8901234567894',
  emoji: '✅💉🟢',
  'right-to-left': 'تطعيم كامل',
  'control-characters': '\u0001\u0002\u001B[2J\u0007\u007F',
  nul: '\0',
  'lone-surrogate': '\uD83D',
  markup: '<img src=x onerror=alert(1)>',
  'five-million-a': { repeat: 'A', times: 5_000_000 },
  'five-million-dots': { repeat: '.', times: 5_000_000 },
  'five-million-tildes': { repeat: '~', times: 5_000_000 },
  'five-million-url': { repeat: 'https://a#', times: 500_000 },
  'long-words': { repeat: 'e30.', times: 2048 },
}

const dose = deflateRawSync(JSON.stringify({ iss: 'https://clinic.example', nbf: now, vc: { type: ['immunization'] } }))

/** Tokens of other people's profiles: JWS by form, and by `typ` not ours. */
const profiles: Record<string, string> = {
  'health-card-jws': compact({ zip: 'DEF', alg: 'ES256', kid: issuerKey.kid }, dose, issuerKey),
  'access-token': compact({ alg: 'ES256', typ: 'at+jwt', kid: issuerKey.kid }, claims(), issuerKey),
  'plain-jwt': compact({ alg: 'ES256', typ: 'JWT' }, { sub: 'someone', vs: 2 }, makeSigner('ES256')),
  'sd-jwt-vc': `${compact({ alg: 'ES256', typ: 'dc+sd-jwt' }, { vct: 'x' }, issuerKey)}~${encode('["s","n","A"]')}~`,
  'kb-jwt-alone': present(live()).split('~')[1] ?? '',
}

/** The audience's name is what makes a token long. */
const forAudience = (length: number): Case => {
  const code = ofLength(
    length,
    (aud) => bearer({ aud }),
    (aud) => bearer({ aud }, {}, issuerEd25519),
  )
  const { aud }: Json = JSON.parse(Buffer.from(split(code)[1], 'base64url').toString())
  return { about: `a token of ${length} characters`, config: config({ audience: aud }), code, expect: verified(2) }
}

function cases(codes: Record<string, Case['code']>, prefix: string, expect: Case['expect'], about: string): Cases {
  return Object.fromEntries(
    Object.entries(codes).map(([name, code = '']) => [
      `${prefix}-${name}`,
      { about: `${about}: ${name.replaceAll('-', ' ')}`, code, expect },
    ]),
  )
}

export const codes: Cases = {
  ...cases(carriers, 'code', verified(2), 'a good token'),
  ...cases(spoiled, 'code', unreadable('not-a-token'), 'a good token, spoiled by what is around or in it'),
  ...cases(foreign, 'foreign', unreadable('not-a-token'), "somebody else's code"),
  ...cases(profiles, 'foreign', unreadable('wrong-profile'), "somebody else's token"),
  'code-2048': forAudience(2048),
  'code-2049': { ...forAudience(2049), expect: unreadable('not-a-token') },
  'code-bearer-tilde': { about: 'a bearer token with ~ after it', code: `${token}~`, expect: refused('bad-claims') },
  'code-bearer-kb-jwt': {
    about: 'a bearer token with a KB-JWT',
    code: present(token),
    expect: refused('bad-claims'),
  },
}
