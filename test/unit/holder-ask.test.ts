// What a person types, what can go wrong with the service, and the words for it.
import { describe, expect, test } from 'vitest'
import { readMobile, readName, readOtp } from '../../src/holder/ask/person.ts'
import { serviceAt } from '../../src/holder/ask/service.ts'
import { troubleOf, troubles } from '../../src/holder/ask/trouble.ts'
import { detailOf, say, span, troubleWords, wayWords } from '../../src/holder/ui/words.ts'

const NOW = 1_790_000_000

describe('a mobile number', () => {
  test.each([
    ['9876543210', '+919876543210'],
    [' 98765 43210 ', '+919876543210'],
    ['098765-43210', '+919876543210'],
    ['919876543210', '+919876543210'],
    ['+91 98765 43210', '+919876543210'],
    ['0091 98765 43210', '+919876543210'],
    ['９８７６５４３２１０', '+919876543210'],
    ['+44 7700 900123', '+447700900123'],
    ['+1 (202) 555-0143', '+12025550143'],
    ['+1.202.555.0143', '+12025550143'],
  ])('%s', (typed, mobile) => expect(readMobile(typed)).toEqual({ mobile }))

  test.each(['12345', '1234567890', '98765432101', '+91 12345 67890', '+91 98765 4321', '+0123456789', '9876 5432x0'])(
    'is not %s',
    (typed) => expect(readMobile(typed)).toEqual({ fault: 'mobile-wrong' }),
  )

  test.each(['', '  ', '+', 'none'])('is missing in "%s"', (typed) =>
    expect(readMobile(typed)).toEqual({ fault: 'mobile-missing' }),
  )
})

describe('a name', () => {
  test('is kept as it was typed, less the space around it', () => {
    expect(readName('  Asha   Nair ')).toEqual({ name: 'Asha Nair' })
    expect(readName('O’Brien-Łukasz')).toEqual({ name: 'O’Brien-Łukasz' })
    expect(readName('आशा नायर')).toEqual({ name: 'आशा नायर' })
  })
  test('has a letter, and is no book', () => {
    for (const typed of ['', '   ', '12345', '…', 'A\u0000B'])
      expect(readName(typed)).toEqual({ fault: 'name-missing' })
    expect(readName('x'.repeat(200))).toEqual({ name: 'x'.repeat(200) })
    expect(readName('x'.repeat(201))).toEqual({ fault: 'name-too-long' })
  })
})

test('an OTP has six digits, however it is pasted', () => {
  for (const typed of ['123456', '123 456', ' 123-456 ', '123456 is the code']) expect(readOtp(typed)).toBe('123456')
  for (const typed of ['', '12345', '1234567', 'abcdef']) expect(readOtp(typed)).toBeUndefined()
})

const answer = (status: number, headers: Record<string, string> = {}): Response => new Response('', { status, headers })

const named = (status: number, type: string): string =>
  troubleOf(answer(status), { type: `urn:kyc-vs:problem:${type}` }, NOW).name

describe('a problem of the service', () => {
  test('is named by its type', () => {
    expect(named(422, 'invalid')).toBe('bad-details')
    expect(named(422, 'unknown-verifier')).toBe('unknown-verifier')
    expect(named(422, 'holder-key')).toBe('no-key')
    expect(named(404, 'not-registered')).toBe('not-on-register')
    expect(named(410, 'closed')).toBe('otp-over')
    expect(named(401, 'no-session')).toBe('session-over')
    expect(named(404, 'no-consent')).toBe('consent-gone')
  })
  test('is named by its status, where the type is another or none', () => {
    expect(named(503, 'something-new')).toBe('service-down')
    expect(named(429, 'something-new')).toBe('too-many-requests')
    expect(troubleOf(answer(502), undefined, NOW)).toEqual({ name: 'service-down' })
    expect(troubleOf(answer(404), '<html>', NOW)).toEqual({ name: 'bad-answer' })
    expect(troubleOf(answer(418), { type: 7 }, NOW)).toEqual({ name: 'bad-answer' })
  })
  test('says how many tries are left, and none left is another trouble', () => {
    const wrong = { type: 'urn:kyc-vs:problem:wrong-otp' }
    expect(troubleOf(answer(401), { ...wrong, tries_left: 3 }, NOW)).toEqual({ name: 'wrong-otp', triesLeft: 3 })
    expect(troubleOf(answer(401), { ...wrong, tries_left: 0 }, NOW).name).toBe('too-many-tries')
    expect(troubleOf(answer(401), { ...wrong, tries_left: 'many' }, NOW)).toEqual({ name: 'wrong-otp' })
  })
  test('says when to try again: in seconds, as a date, or in the body where the header is hidden', () => {
    const body = { type: 'urn:kyc-vs:problem:over-limit' }
    const retryAt = (headers: Record<string, string>, more = {}): unknown =>
      troubleOf(answer(429, headers), { ...body, ...more }, NOW).retryAt
    expect(retryAt({ 'Retry-After': '90' })).toBe(NOW + 90)
    expect(retryAt({ 'Retry-After': new Date((NOW + 60) * 1000).toUTCString() })).toBe(NOW + 60)
    expect(retryAt({ 'Retry-After': 'soon' })).toBeUndefined()
    expect(retryAt({}, { retry_after: 30 })).toBe(NOW + 30)
  })
})

test('an address where nobody answers is a trouble, and no throw', async () => {
  const service = serviceAt('http://localhost:9', () => NOW)
  expect(await service.confirm('txn', '123456')).toEqual({ ok: false, trouble: { name: 'offline' } })
})

describe('words', () => {
  /** Every text in a table, with functions asked once. */
  const texts = (value: unknown): string[] => {
    if (typeof value === 'string') return [value]
    if (typeof value === 'function') return [String(Reflect.apply(value, undefined, [2, 4]))]
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []
  }
  test.each(troubles)('for %s: what happened, what to do, and a way on a button or none', (name) => {
    const { title, todo, way } = troubleWords[name]
    expect(title).toMatch(/^[A-Z].*[^.]$/)
    expect(todo).toMatch(/^[A-Z].*\.$/)
    expect(way === 'none' ? 'None' : wayWords[way]).toMatch(/^[A-Z]/)
  })
  test('none is empty, and none holds a straight quote', () => {
    for (const text of [...texts(say), ...texts(troubleWords)]) {
      expect(text.trim()).not.toBe('')
      expect(text).not.toMatch(/['"]/)
    }
  })
  test('say how long to wait, rounded up, and how often it can still be tried', () => {
    expect([1, 59, 60, 61, 3599, 3600, 3601].map(span)).toEqual([
      '1 second',
      '59 seconds',
      '1 minute',
      '2 minutes',
      '60 minutes',
      '1 hour',
      '2 hours',
    ])
    expect(detailOf({ name: 'too-many-requests', retryAt: NOW + 600 }, NOW)).toBe('Try again in 10 minutes.')
    expect(detailOf({ name: 'too-many-requests', retryAt: NOW }, NOW)).toBe('You can try again now.')
    expect(detailOf({ name: 'wrong-otp', triesLeft: 1 }, NOW)).toBe('One try left.')
    expect(detailOf({ name: 'wrong-otp', triesLeft: 4 }, NOW)).toBe('4 tries left.')
    expect(detailOf({ name: 'offline' }, NOW)).toBe('')
  })
})
