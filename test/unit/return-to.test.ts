// Which addresses a verdict's kind may be handed to: read the same by everybody, and no other than those allowed.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isReturn, openReturnTo } from '../../src/core/return-to.ts'
import { isQuiet } from '../../src/gate/device/feedback.ts'
import { defaultSettings } from '../../src/gate/session/settings.ts'

const allowed = ['https://tickets.example/gate/', 'https://tickets.example/done']

test('an address below one that ends in a slash, or the very one, with a query of its own', () => {
  for (const asked of ['gate/', 'gate/7', 'gate/7?seat=4', 'done', 'done?a=b'])
    expect(isReturn(`https://tickets.example/${asked}`, allowed)).toBe(true)
})

test.each([
  'http://tickets.example/gate/',
  'https://tickets.example/',
  'https://tickets.example/gate',
  'https://tickets.example/done/more',
  'https://tickets.example.evil/gate/',
  'https://tickets.example@evil.example/gate/',
  'https://tickets.example:8443/gate/',
  'https://tickets.example/gate/../admin',
  'https://tickets.example/gate/%2e%2e/admin',
  'https://tickets.example/gate/..%2fadmin',
  'https://tickets.example/gate\\..\\admin',
  'https://tickets.example/gate//evil',
  'https://tickets.example/gate/#x',
  'https://TICKETS.example/gate/',
  '//tickets.example/gate/',
  'javascript:alert(1)',
  '',
])('%s is not', (asked) => expect(isReturn(asked, allowed)).toBe(false))

test('a list is taken whole or not at all', () => {
  expect(openReturnTo(allowed)).toEqual(allowed)
  for (const bad of [
    null,
    'https://a.example/',
    ['https://a.example'],
    ['https://a.example/?q'],
    ['http://a.example/'],
    [7],
  ])
    expect(openReturnTo(bad)).toBeUndefined()
})

test('whatever is allowed is of the origin and below the path that a browser reads', () => {
  const piece = fc.constantFrom(
    'gate/',
    '..',
    '.',
    '/',
    '%2e',
    '\\',
    '@',
    ':443',
    ':80',
    '?',
    '#',
    'evil.example',
    'a',
    '7',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      for (const start of ['https://tickets.example', 'https://tickets.example/gate/']) {
        const asked = start + pieces.join('')
        if (!isReturn(asked, allowed)) continue
        const { href, origin, pathname } = new URL(asked)
        expect(href).toBe(asked)
        expect(origin).toBe('https://tickets.example')
        expect(pathname).toMatch(/^\/(gate\/|done$)/)
      }
    }),
    { numRuns: 2000 },
  )
})

test('quiet hours may go past midnight', () => {
  const night = { ...defaultSettings, quietFrom: '22:00', quietTo: '06:30' }
  expect(['21:59', '22:00', '00:00', '06:29', '06:30'].map((time) => isQuiet(night, time))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ])
  expect(isQuiet({ ...night, quietTo: '' }, '23:00')).toBe(false)
})
