// The five tones, as the stylesheet has them: legible in sunlight, and apart for people who see colours otherwise.
import { readFileSync } from 'node:fs'
import {
  filterDeficiencyDeuter,
  filterDeficiencyProt,
  filterDeficiencyTrit,
  parse,
  wcagContrast,
  type Color,
} from 'culori'
import { describe, expect, test } from 'vitest'
import { outcomes } from '../../src/gate/session/settings.ts'
import { looks } from '../../src/gate/ui/looks.ts'

const sheet = readFileSync('src/gate/ui/verdict.css', 'utf8')

function colour(text: string | undefined): Color {
  const parsed = parse(text ?? '')
  if (!parsed) throw new Error(`Not a colour: ${text}`)
  return parsed
}

const tones = outcomes.map((outcome) => {
  const { tone, icon, sound, pulse } = looks[outcome]
  const rule = new RegExp(`^\\[data-tone='${tone}'\\] \\{([^}]*)\\}`, 'm').exec(sheet)?.[1] ?? ''
  const property = (name: string): string | undefined => new RegExp(`\\s--${name}: ([^;]+);`).exec(rule)?.[1]
  return {
    tone,
    icon,
    rhythm: JSON.stringify(sound.map(([, at, length]) => [at, length])),
    pulse: JSON.stringify(pulse),
    ground: colour(property('tone')),
    ink: colour(property('on-tone')),
    pattern: property('pattern') ?? 'none',
  }
})
const pairs = tones.flatMap((one, index) => tones.slice(index + 1).map((other) => [one, other] as const))

test.each(tones)('word and icon on $tone stand out 7 to 1', ({ ground, ink }) => {
  expect(wcagContrast(ground, ink)).toBeGreaterThanOrEqual(7)
})

const eyes: Readonly<Record<string, (given: Color) => Color>> = {
  'that see every colour': (given) => given,
  'without red (protanopia)': filterDeficiencyProt(1),
  'without green (deuteranopia)': filterDeficiencyDeuter(1),
  'without blue (tritanopia)': filterDeficiencyTrit(1),
}

describe.each(Object.entries(eyes))('to eyes %s', (_, seen) => {
  test.each(pairs.map(([one, other]) => [one.tone, other.tone, one, other] as const))(
    '%s and %s differ in how light they are',
    (_one, _other, one, other) => {
      expect(wcagContrast(seen(one.ground), seen(other.ground))).toBeGreaterThan(1.3)
    },
  )
})

test('no two have one shape, one rhythm of sound, or one vibration', () => {
  for (const sign of ['icon', 'rhythm', 'pulse'] as const) {
    expect(new Set(tones.map((tone) => tone[sign])).size).toBe(tones.length)
  }
})

test('a pattern is on what is no status, and on nothing else', () => {
  const patterned = tones.filter(({ pattern }) => pattern !== 'none')
  expect(patterned.map(({ tone }) => tone)).toEqual(['dark', 'grey'])
  expect(new Set(patterned.map(({ pattern }) => pattern)).size).toBe(2)
})
