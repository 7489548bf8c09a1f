// The gate's languages: every string is in the catalogues, none in code, and no language says something else than English.
import { parse } from '@formatjs/icu-messageformat-parser'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { directionOf, localeOf, preferred } from '../../src/gate/ui/speak.ts'
import { catalogue, english, faultsIn, missingIn, slotsOf, tags } from '../support/catalogues.ts'
import { sayingsIn, stringsIn } from '../support/strings-in-code.ts'

/** What is shown at all; what the other files give to it are names out of unions, which the types of `say` check. */
const sources = readdirSync('src/gate', { recursive: true, encoding: 'utf8' })
  .filter((name) => /^(?:ui\/.*|main)\.tsx?$/.test(name))
  .map((name) => ({ name, source: readFileSync(join('src/gate', name), 'utf8') }))

describe('catalogues', () => {
  test.each(tags)('%s says all that English says', (tag) => {
    const messages = catalogue(tag)
    expect(faultsIn(tag, messages)).toEqual([])
    expect(missingIn(messages)).toEqual([])
  })

  test('a fault is found', () => {
    const faulty = {
      'verdict.full.wrod': 'पूरा',
      'verdict.again': 'यहाँ {ogo}',
      'verdict.next': '{अगला',
      'verdict.issuer': 'Issuer',
      'verdict.issued': ' ',
      'verdict.keys': '‘ा'.replace('‘', "'"),
      'page.tally.scans': '{scans, plural, other {# स्कैन}}',
    }
    expect(faultsIn('hi', new Map(Object.entries(faulty)))).toEqual([
      expect.stringContaining('is no id'),
      expect.stringContaining('fills in “ogo argument”'),
      expect.stringContaining('is no ICU message'),
      expect.stringContaining('no letter of Deva'),
      expect.stringContaining('is empty'),
      expect.stringContaining('apostrophe'),
      expect.stringContaining('lacks the plural of “one”'),
    ])
  })
})

describe('the code', () => {
  const sayings = sources.flatMap(({ name, source }) => sayingsIn(name, source))

  test('holds no words of its own', () => {
    const found = sources.flatMap(({ name, source }) => stringsIn(name, source).map((string) => `${name}:${string}`))
    expect(found).toEqual([])
  })

  test.each([
    '<p>Hold the code</p>',
    '<p>Next</p>',
    "<p>{'next'}</p>",
    "<p>{on ? 'on' : 'off'}</p>",
    '<p>{`${n} scans`}</p>',
    '<button aria-label="close" />',
    '<img alt={`picture`} />',
    "const label = 'Sound'",
    "const label = 'keys from yesterday'",
    'const label = `keys from ${day}`',
    "const label = 'आगे'",
  ])('would be found with words in it: %s', (source) => {
    expect(stringsIn('sample.tsx', source)).toHaveLength(source.includes("'on'") ? 2 : 1)
  })

  test('says every message, and fills in what the message wants', () => {
    const code = sources.map(({ source }) => source).join('\n')
    const unsaid = [...english.keys()].filter(
      // In a table of ids, or in a call.
      (id) => !code.includes(`'${id}'`) && !sayings.some(({ ids }) => ids.some((about) => about.test(id))),
    )
    expect(unsaid).toEqual([])
    const unfilled = sayings.flatMap(({ ids, values }) =>
      [...english]
        .filter(([id]) => ids.some((about) => about.test(id)))
        .flatMap(([id, message]) =>
          [...slotsOf(parse(message))].map((slot) => ({ id, name: slot.split(' ')[0] ?? '' })),
        )
        .filter(({ name }) => !values.includes(name)),
    )
    expect(unfilled).toEqual([])
  })
})

describe('the language at first', () => {
  const offered = ['en', 'hi', 'pa', 'ur']

  test('is the first of the device’s that is offered', () => {
    expect(preferred(['fr-FR', 'hi-IN', 'en-GB'], offered)).toBe('hi')
    expect(preferred(['en-GB', 'hi-IN'], offered)).toBe('en')
    expect(preferred(['fr-FR'], offered)).toBe('en')
    expect(preferred([], offered)).toBe('en')
  })

  test('is one that its reader can read: the same language in other letters is not', () => {
    expect(preferred(['pa-PK', 'ur-PK'], offered)).toBe('ur')
    expect(preferred(['pa'], offered)).toBe('pa')
  })

  test('is not stopped by what is no language', () => {
    expect(preferred(['en-US@posix', 'C', ''], offered)).toBe('en')
    expect(localeOf('hi', ['en-US@posix'])).toBe('hi-IN')
  })

  test('writes dates and numbers as the device does, else as India does', () => {
    expect(localeOf('en', ['hi-IN', 'en-GB'])).toBe('en-GB')
    expect(localeOf('bn', ['en-GB'])).toBe('bn-IN')
  })

  test('runs the way that its letters do', () => {
    const twelve = ['en', 'hi', 'bn', 'mr', 'te', 'ta', 'gu', 'ur', 'kn', 'or', 'ml', 'pa']
    expect(tags.filter((tag) => !twelve.includes(tag))).toEqual([])
    for (const tag of twelve) {
      expect(Reflect.get(new Intl.Locale(tag), 'textInfo')).toEqual({ direction: directionOf(tag) })
    }
  })
})
