// What a scanner meant: prefixes and suffixes, keyboards that swap letters, and what the set-up page says of it.
import { describe, expect, test } from 'vitest'
import type { Key } from '../../src/gate/scan/burst.ts'
import { hearKeys, hearLine } from '../../src/gate/scan/heard.ts'
import { onUsKeyboard } from '../../src/gate/scan/keyboard.ts'
import { collectLines } from '../../src/gate/scan/lines.ts'
import { readScanned } from '../../src/gate/scan/scanned.ts'
import { makeAuthority } from '../support/authority.ts'

const authority = await makeAuthority('https://issuer.example')
/** Long enough to hold every letter, digit and sign of base64url, in every token. */
const token = await authority.token({ n: 'A. B.', status: { status_list: { idx: 7, uri: authority.statusUri } } })
const url = `https://gate.example/#${token}`
const live = `${await authority.token({ cnf: { jwk: authority.publicRoot } })}~${token}`

/** A key of a US keyboard for each character: what a scanner that is set to one sends. */
const keys = new Map<string, { code: string; shift: boolean }>()
for (const code of [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('').map((letter) => `Key${letter}`),
  ...'0123456789'.split('').map((digit) => `Digit${digit}`),
  'Minus',
  'Period',
  'Slash',
  'Semicolon',
  'Backquote',
  'Equal',
  'BracketRight',
  'Quote',
]) {
  for (const shift of [false, true]) keys.set(onUsKeyboard(code, shift), { code, shift })
}

type Layout = (character: string) => string
const swap =
  (pairs: Readonly<Record<string, string>>): Layout =>
  (character) =>
    pairs[character] ?? character
/** What a device with that layout makes of the keys of a US keyboard; `Dead` is an accent that waits. */
const german = swap({
  y: 'z',
  z: 'y',
  Y: 'Z',
  Z: 'Y',
  '-': 'ß',
  _: '?',
  '~': '°',
  ':': 'Ö',
  '/': '-',
  '#': '§',
  '=': 'Dead',
})
const french = swap({
  a: 'q',
  q: 'a',
  A: 'Q',
  Q: 'A',
  z: 'w',
  w: 'z',
  Z: 'W',
  W: 'Z',
  m: ',',
  M: '?',
  '.': ':',
  '/': '!',
  ':': 'M',
  '1': '&',
  '2': 'é',
  '3': '"',
  '4': "'",
  '5': '(',
  '6': '-',
  '7': 'è',
  '8': '_',
  '9': 'ç',
  '0': 'à',
  '-': ')',
  _: '°',
  '~': '²',
  '#': '3',
})
const inverted: Layout = (character) =>
  character === character.toLowerCase() ? character.toUpperCase() : character.toLowerCase()

const as = (layout: Layout, text: string): string =>
  text
    .split('')
    .map(layout)
    .map((key) => (key.length === 1 ? key : '\uFFFD'))
    .join('')

describe('prefix and suffix', () => {
  test.each([
    ['', token, ''],
    [']Q1', token, ''],
    ['QR:', url, ''],
    ['', live, '.'],
    ['', token, 'X7'],
    ['00017', url, ' \u0003'],
  ])('%j before, %j, %j after', (prefix, text, suffix) => {
    const scanned = readScanned({ text: `${prefix}${text}${suffix}`, usText: '' })
    expect(scanned).toEqual({ kind: 'code', text, prefix, suffix, by: 'device' })
  })
  test('what goes on as a presentation is no suffix, and is left whole', () => {
    for (const text of [`${token}~`, `${token}~WyJhIl0~`]) {
      expect(readScanned({ text, usText: '' })).toEqual({ kind: 'other', text })
    }
  })
  test('some other code is left as it is', () => {
    for (const text of ['HTTPS://CAFE.EXAMPLE/MENU/OF/THE/DAY/IN/CAPITALS', `${token.slice(0, -9)}.and.more`]) {
      expect(readScanned({ text, usText: '' })).toEqual({ kind: 'other', text })
    }
  })
})

describe('a scanner that is set to a US keyboard', () => {
  test.each([
    ['German', german],
    ['French', french],
    ['turned round by Caps Lock', inverted],
  ])('on a device whose layout is %s is understood by the places of its keys', (_, layout) => {
    for (const text of [token, url, live]) {
      expect(readScanned({ text: as(layout, text), usText: text })).toMatchObject({ text, by: 'us-keyboard' })
    }
  })
  test.each([
    ['German', german, 'layout'],
    ['French', french, 'layout'],
    ['turned round by Caps Lock', inverted, 'caps-lock'],
  ])('and one that says nothing of its keys is told: %s', (_, layout, why) => {
    for (const text of [token, url, live]) {
      expect(readScanned({ text: as(layout, text), usText: '' })).toEqual({ kind: 'garbled', why })
    }
  })
  test('is not believed to mean what does not open', () => {
    const [header = '', , signature = ''] = token.split('.')
    const usText = `${header}.${btoa('{"iss":"https://a').replaceAll('=', '')}.${signature}`
    expect(readScanned({ text: as(german, usText), usText })).toEqual({ kind: 'garbled', why: 'layout' })
  })
})

/** A scanner's keys, so many milliseconds apart. */
function press(text: string, layout: Layout = (same) => same, gap = 4): Key[] {
  return text.split('').map((character, index) => ({
    key: layout(character),
    ...(keys.get(character) ?? { code: '', shift: false }),
    chord: false,
    repeat: false,
    time: 1000 + index * gap,
  }))
}
const named = (key: string, chord = false): Key => ({ key, code: key, shift: false, chord, repeat: false, time: 0 })

describe('the set-up page', () => {
  test('names control keys, prefix and suffix, and hides the code', () => {
    const heard = hearKeys([named('b', true), named('F2'), ...press(`]Q1${token}`), named('Enter'), named('Tab')])
    expect(heard).toEqual({
      from: 'keys',
      understood: 'code',
      before: ['Ctrl+B', 'F2'],
      after: ['Enter', 'Tab'],
      prefix: ']Q1',
      suffix: '',
      length: token.length,
      head: token.slice(0, 3),
      tail: token.slice(-3),
      gap: 4,
      longest: 4,
    })
    expect(JSON.stringify(heard)).not.toContain(token.slice(0, 12))
  })
  test.each([
    ['us-keyboard', press(token, german)],
    ['layout', press(token, german).map((key) => ({ ...key, code: '' }))],
    ['caps-lock', press(token, inverted).map((key) => ({ ...key, code: '' }))],
    ['slow', press(token, undefined, 200)],
    ['short', press('4006381333931')],
    ['other', press('https://cafe.example/menu/of/the/day/of/all/days')],
    [
      'alt-codes',
      '0101'
        .repeat(20)
        .split('')
        .map((digit) => ({ ...named(digit, true), code: `Numpad${digit}` })),
    ],
  ] as const)('%s', (understood, pressed) => {
    expect(hearKeys(pressed).understood).toBe(understood)
  })
  test('a line of a serial scanner', () => {
    expect(hearLine(`]Q1${url} `)).toMatchObject({ from: 'line', understood: 'code', prefix: ']Q1', gap: undefined })
  })
})

test('lines end with CR, LF, both, or a pause', () => {
  const lines = collectLines()
  expect([...lines.take('one\r\ntw'), ...lines.take('o\rthree\n\nfo'), ...lines.end(), ...lines.end()]).toEqual([
    'one',
    'two',
    'three',
    'fo',
  ])
})

test('nothing of a code is written on a keyboard that is not in the table', () => {
  for (const character of new Set(`${url}${live}]_-`)) expect(keys.has(character), character).toBe(true)
})
