// The payload of a token: compact JSON in canonical base64url, so that there is one way to write it. Profile, section 1.
import { refused } from '../../src/core/verdict.ts'
import { compact, encode, signSegments, spareBit, type Json, type Part } from './forge.ts'
import { claims, entry, header, issuerKey, now, verified, type Cases } from './good.ts'

const over = (part: Part): string => compact(header(issuerKey), part, issuerKey)
const text = (change: Json = {}): string => JSON.stringify(claims(change))

const written: Record<string, [about: string, payload: Part]> = {
  'duplicate-vs': ['vs twice', text().replace('"vs":2', '"vs":0,"vs":2')],
  'duplicate-exp': ['exp twice', text().replace('"exp"', '"exp":1,"exp"')],
  'duplicate-idx': ['idx twice', text(entry(0)).replace('"idx":0', '"idx":3,"idx":0')],
  'escaped-duplicate': ['vs twice, once written with an escape', text().replace('"vs":2', '"\\u0076s":0,"vs":2')],
  'white-space': ['white space between members', text().replace(',', ', ')],
  'trailing-newline': ['a newline at the end', `${text()}\n`],
  'vs-2.0': ['vs is 2.0', text().replace('"vs":2', '"vs":2.0')],
  'vs-2e0': ['vs is 2e0', text().replace('"vs":2', '"vs":2e0')],
  'vs-minus-0': ['vs is -0', text().replace('"vs":2', '"vs":-0')],
  'vs-02': ['vs is 02: not JSON', text().replace('"vs":2', '"vs":02')],
  'vs-nan': ['vs is NaN: not JSON', text().replace('"vs":2', '"vs":NaN')],
  'iat-exponent': ['iat is 1.789e9', text({ iat: 1_789_000_000 }).replace('1789000000', '1.789e9')],
  'escaped-slash': ['slashes of iss written with escapes', text().replaceAll('/', '\\/')],
  'escaped-letter': ['a letter of n written with an escape', text({ n: 'A' }).replace('"A"', '"\\u0041"')],
  proto: ['a member called __proto__', text().replace('}', ',"__proto__":{}}')],
  'vs-by-proto': ['vs is a member of a __proto__', text({ vs: undefined }).replace('}', ',"__proto__":{"vs":2}}')],
  bom: ['a byte order mark in front', `\uFEFF${text()}`],
  'broken-utf-8': ['bytes that are not UTF-8', Buffer.from(text({ n: 'X' }).replace('X', '\xFF'), 'latin1')],
  'overlong-utf-8': ['an overlong form of A', Buffer.from(text({ n: 'X' }).replace('X', '\xC1\x81'), 'latin1')],
  'cut-short': ['the last brace is missing', text().slice(0, -1)],
  array: ['an array', `[${text()}]`],
  string: ['a string', '"2"'],
  number: ['a number', '2'],
  null: ['null', 'null'],
  'empty-object': ['no members', '{}'],
  'deep-nesting': ['arrays 700 deep', '['.repeat(700) + ']'.repeat(700)],
}
const forms: Cases = Object.fromEntries(
  Object.entries(written).map(([name, [about, part]]) => [
    `payload-${name}`,
    { about, code: over(part), expect: refused('bad-claims') },
  ]),
)

const spare = [0, 1, 2].map((more) => encode(text({ nbf: 10 ** (8 + more) }))).find((s) => s.length % 4 !== 0) ?? ''

export const payloads: Cases = {
  ...forms,
  'payload-order': {
    about: 'members in another order, which is as good',
    code: over({ vs: 2, exp: now + 3600, iss: 'https://kycvs.example', iat: now - 3600 }),
    expect: verified(2),
  },
  'payload-spare-bit': {
    about: 'a spare bit is set in the last character of the payload',
    code: signSegments(encode(header(issuerKey)), spareBit(spare), issuerKey),
    expect: refused('bad-claims'),
  },
}
