// What a place may say of its statuses, and what is refused, by the name of the member at fault.
import * as fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { openConfig } from '../../src/core/belief.ts'
import { openPolicies, policySounds } from '../../src/core/policies.ts'
import { staysFor } from '../../src/gate/session/session.ts'
import { config } from '../vectors/good.ts'

// It takes its time on a machine that is busy.
vi.setConfig({ testTimeout: 60_000 })

const fault = (policies: unknown): unknown => {
  const opened = openPolicies(policies)
  return opened.ok ? undefined : opened.fault
}

/** Controls, line ends, overrides of direction: written out here, so that the rule is not tested by itself. */
const unseen: readonly (readonly [from: number, to: number])[] = [
  [0, 0x1f],
  [0x7f, 0x9f],
  [0x61c, 0x61c],
  [0x200b, 0x200b],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0xfeff, 0xfeff],
]
const isUnseen = (code: number): boolean => unseen.some(([from, to]) => code >= from && code <= to)

describe('policies', () => {
  const good: [name: string, policies: object][] = [
    ['none at all', {}],
    ['an empty one', { full: {} }],
    ['of each status', { full: { action: 'Let in' }, partly: { sound: 'gallop' }, none: { returnAfter: 60 } }],
    ['a text for each language', { none: { action: { hi: 'अंदर न जाने दें', 'pa-Arab': 'x', 'en-IN': 'x', mni: 'x' } } }],
    ['joiners, as Malayalam and Urdu are spelt', { full: { action: 'അവര്\u200d, می\u200cرود' } }],
    ['80 characters', { full: { action: 'x'.repeat(80) } }],
    ['sounds that change places', { full: { sound: 'long' }, none: { sound: 'rise' } }],
    ['silence for all', { full: { sound: 'silent' }, partly: { sound: 'silent' }, none: { sound: 'silent' } }],
  ]
  test.each(good)('%s', (_name, policies) => expect(fault(policies)).toBeUndefined())

  const bad: [at: string, policies: unknown][] = [
    ['policies', null],
    ['policies', []],
    ['policies', 'Let in'],
    ['policies.refused', { refused: { action: 'Let in' } }],
    ['policies.__proto__', JSON.parse('{"__proto__":{"action":"Let in"}}')],
    ['policies', { 'full\u202e': {} }],
    ['policies.full', { full: 'Let in' }],
    ['policies.partly.colour', { partly: { colour: 'green' } }],
    ['policies.partly.word', { partly: { action: 'Let in', word: 'Full' } }],
    ['policies.partly', { partly: { 'to ne': 'green' } }],
    ...[
      '',
      ' ',
      ' Let in',
      'Let in\n',
      'a\nb',
      'a\u0007b',
      'a\u202eb',
      'a\u2066b',
      'a\u200fb',
      '\u200d',
      '!!',
      '\ud800a',
      'a\u2028b',
      'a\u00adb',
      'x'.repeat(81),
      7,
      null,
      [],
      {},
    ].map((action): [string, unknown] => ['policies.partly.action', { partly: { action } }]),
    ['policies.none.action', { none: { action: { en: 'Stop', hi: '' } } }],
    ['policies.none.action', { none: { action: { en: 'Stop', '': 'Stop' } } }],
    ['policies.none.action', { none: { action: { english: 'Stop' } } }],
    ['policies.none.action', { none: { action: { en: { en: 'Stop' } } } }],
    [
      'policies.none.action',
      {
        none: {
          action: Object.fromEntries(
            Array.from({ length: 41 }, (_, at) => [
              `e${String.fromCharCode(97 + (at % 26))}${at < 26 ? 'a' : 'b'}`,
              'x',
            ]),
          ),
        },
      },
    ],
    ['policies.none.bearer', { none: { bearer: 'a\u202eb' } }],
    ['policies.full.sound', { full: { sound: 'fall' } }],
    ['policies.full.sound', { full: { sound: 7 } }],
    ['policies.full.sound', { full: { sound: 'double' } }],
    ['policies.full.sound', { full: { sound: 'short' }, none: { sound: 'short' } }],
    ...[1, 61, 4.5, '4', null, -3, Number.NaN].map((returnAfter): [string, unknown] => [
      'policies.none.returnAfter',
      { none: { returnAfter } },
    ]),
  ]
  test.each(bad)('%s is at fault in %j', (at, policies) => expect(fault(policies)).toBe(at))

  test('the whole config is refused for one of them, so that no half of it is in force', async () => {
    const policies = { full: { action: 'Let in' }, partly: { action: '' } }
    expect(await openConfig(JSON.stringify(config({ policies })))).toEqual({
      ok: false,
      fault: 'policies.partly.action',
    })
    const opened = await openConfig(JSON.stringify(config({ policies: { full: policies.full } })))
    expect(opened).toMatchObject({ ok: true, value: { policies: { full: { action: [['', 'Let in']] } } } })
  })

  test('what comes out, whatever goes in, is a line, a sound of the set, and seconds within the bounds', () => {
    const line = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('Let in', 'मास्क'))
    const action = fc.oneof(line, fc.dictionary(fc.constantFrom('en', 'hi', 'pa-Arab', 'x', ''), line), fc.jsonValue())
    const policy = fc.record(
      {
        action,
        sound: fc.oneof(fc.constantFrom(...policySounds), fc.jsonValue()),
        returnAfter: fc.oneof(fc.integer({ min: 0, max: 70 }), fc.jsonValue()),
      },
      { requiredKeys: [] },
    )
    const some = fc.oneof(
      fc.record({ full: policy, partly: policy, none: policy }, { requiredKeys: [] }),
      fc.dictionary(fc.constantFrom('full', 'partly', 'refused', '__proto__'), policy),
      fc.jsonValue(),
    )
    let taken = 0
    fc.assert(
      fc.property(some, (given) => {
        const opened = openPolicies(given)
        if (!opened.ok) {
          expect(opened.fault).toMatch(/^policies(\.[\w-]{1,40}){0,2}$/)
          return
        }
        taken += 1
        for (const { action: texts = [], sound, returnAfter = 2 } of Object.values(opened.value)) {
          for (const [, text] of texts) {
            expect(text).toMatch(/^\S(.{0,78}\S)?$/)
            expect(text.split('').filter((letter) => isUnseen(letter.charCodeAt(0)))).toEqual([])
          }
          expect([undefined, ...policySounds]).toContain(sound)
          expect(returnAfter).toBeGreaterThanOrEqual(2)
          expect(returnAfter).toBeLessThanOrEqual(60)
        }
      }),
      { numRuns: 500 },
    )
    expect(taken).toBeGreaterThan(0)
  })
})

test('a verdict stays as long as the place says, else 4 seconds when green and 8 otherwise', () => {
  const verified = { kind: 'verified', issuer: 'A', issuedAt: 1, expiresAt: 2, live: false } as const
  const policy = { action: undefined, bearer: undefined, sound: undefined }
  expect(staysFor({ ...verified, status: 2 })).toBe(4)
  expect(staysFor({ ...verified, status: 1 })).toBe(8)
  expect(staysFor({ ...verified, status: 1 }, { ...policy, returnAfter: 20 })).toBe(20)
  expect(staysFor({ ...verified, status: 1 }, { ...policy, returnAfter: undefined })).toBe(8)
})
