import { describe, expect, test } from 'vitest'
import { collectBursts, LONGEST, PAUSE, SHORTEST, STALL } from '../../src/gate/scan/burst.ts'

interface Typing {
  readonly start?: number
  /** Between two keys, in milliseconds. */
  readonly gap?: number
  readonly chord?: boolean
  readonly repeat?: boolean
}

/** Types keys into a collector: what came out, which keys were left to others, and when the last was pressed. */
function typing(bursts = collectBursts()) {
  const texts: string[] = []
  const left: string[] = []
  let time = 0
  return {
    texts,
    left,
    type(keys: readonly string[], { start = time, gap = 5, chord = false, repeat = false }: Typing = {}) {
      time = start
      for (const key of keys) {
        time += gap
        const { swallow, burst } = bursts.press({ key, code: '', shift: false, chord, repeat, time })
        if (burst) texts.push(burst.text)
        if (!swallow) left.push(key)
      }
      return this
    },
    wait(span: number) {
      time += span
      const burst = bursts.pause(time)
      if (burst) texts.push(burst.text)
      return this
    },
  }
}

const keysOf = (text: string): string[] => text.split('')

const token = `${'eyJhbGciOiJFUzI1NiJ9'.repeat(4)}.${'a-_Z9'.repeat(20)}.${'sig'.repeat(28)}`
const url = `https://gate.example/x?a=1&b=%20+#${token}~${token}`

describe('a scanner', () => {
  test.each([
    ['Enter', token],
    ['Tab', token],
    ['F8', token],
    ['Enter', url],
  ])('that ends with %s', (end, code) => {
    const { texts, left } = typing().type([...keysOf(code), end])
    expect(texts).toEqual([code])
    expect(left).toEqual([])
  })
  test('that ends with nothing', () => {
    const { texts } = typing().type(keysOf(token)).wait(STALL).type([]).wait(1)
    expect(texts).toEqual([token])
  })
  test('that is slow, but in time', () => {
    expect(typing().type([...keysOf(token), 'Enter'], { gap: PAUSE }).texts).toEqual([token])
  })
  test('that stalls in the middle is not cut in two, and after too long its halves are no one code', () => {
    const [head, tail] = [keysOf(token.slice(0, 60)), [...keysOf(token.slice(60)), 'Enter']]
    expect(
      typing()
        .type(head)
        .wait(STALL - 5)
        .type(tail).texts,
    ).toEqual([token])
    expect(typing().type(head).wait(STALL).type(tail).texts).toEqual([token.slice(0, 60), token.slice(60)])
  })
  test('that presses Shift for capitals', () => {
    const keys = keysOf(token).flatMap((key) => (/[A-Z]/.test(key) ? ['Shift', key] : [key]))
    expect(typing().type([...keys, 'Enter']).texts).toEqual([token])
  })
  test('that ends its lines with Ctrl+J and then Enter', () => {
    const { texts, left } = typing().type(keysOf(token)).type(['Control']).type(['j'], { chord: true }).type(['Enter'])
    expect(texts).toEqual([token])
    expect(left).toEqual(['Control'])
  })
  test('that reads two codes in a row', () => {
    expect(typing().type([...keysOf(token), 'Enter', ...keysOf(url), 'Enter']).texts).toEqual([token, url])
  })
  test('whose second code comes before the first was asked for', () => {
    const typed = typing()
      .type(keysOf(token))
      .type([...keysOf(url), 'Enter'], { start: 10_000 })
    expect(typed.texts).toEqual([token, url])
  })
  test('that reads some other code presses nothing with it', () => {
    const { texts, left } = typing().type([
      ...keysOf('BEGIN:VCARD FN:(A) Person with a long name; and more'),
      'Enter',
      ' ',
    ])
    expect(texts).toEqual(['BEGIN:VCARD FN:(A) Person with a long name; and more'])
    expect(left).toEqual([' '])
  })
  test('that reads a short code', () => {
    const { texts, left } = typing().type([...keysOf('4006381333931'), 'Enter'])
    expect(texts).toEqual([])
    expect(left).toEqual([])
  })
  test.each([
    [SHORTEST - 1, 0],
    [SHORTEST, 1],
    [LONGEST, 1],
    [LONGEST + 1, 0],
  ])('whose code is %i characters long', (length, count) => {
    const { texts, left } = typing().type([...keysOf('a'.repeat(length)), 'Enter'])
    expect(texts).toHaveLength(count)
    expect(left).toEqual([])
  })
  test('whose code was too long is heard again the next time', () => {
    expect(typing().type([...keysOf('a'.repeat(LONGEST + 9)), 'Enter', ...keysOf(token), 'Enter']).texts).toEqual([
      token,
    ])
  })
})

describe('a person', () => {
  test('who types, however long, makes no code', () => {
    const typed = typing()
      .type([...keysOf(token), 'Enter'], { gap: PAUSE + 1 })
      .wait(PAUSE + 1)
    expect(typed.texts).toEqual([])
    expect(typed.left).toEqual(['Enter'])
  })
  test('who holds a letter down makes no code', () => {
    const typed = typing()
      .type(['a'])
      .type(keysOf('a'.repeat(200)), { gap: 30, repeat: true })
      .wait(PAUSE + 1)
    expect(typed.texts).toEqual([])
  })
  test('who works the page with the keyboard is left alone', () => {
    const keys = ['Tab', 'Enter', ' ', 'ArrowDown', 'Escape', 'PageDown', 'F5']
    expect(typing().type(keys).left).toEqual(keys)
  })
  test('who uses a shortcut is left alone', () => {
    expect(typing().type(['r', '+', '/'], { chord: true }).left).toEqual(['r', '+', '/'])
  })
  test('who presses a letter and then Enter presses the button', () => {
    expect(typing().type(['a', 'Enter']).left).toEqual(['Enter'])
  })
})
