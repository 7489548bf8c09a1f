// How each verdict looks, sounds and feels: one row each, so that a new reason does not compile until it has its look.
import type { Texts } from '../../core/policies.ts'
import type { Doubt, Refusal } from '../../core/verdict.ts'
import { outcomeOf, type Shown } from '../session/session.ts'
import type { Outcome } from '../session/settings.ts'
import type { Staleness } from '../trust/time.ts'
import type { IconName } from './icons.tsx'

export type Tone = 'green' | 'amber' | 'red' | 'dark' | 'grey'

/** A tone of a sound: pitch in Hz, start and length in milliseconds. */
export type Beep = readonly [pitch: number, start: number, length: number]

export interface Look {
  readonly tone: Tone
  readonly icon: IconName
  /** Rhythms differ as well as pitches, for who cannot tell pitches apart. */
  readonly sound: readonly Beep[]
  /** Vibration pattern in milliseconds: on, off, on … */
  readonly pulse: readonly number[]
}

export const looks = {
  full: {
    tone: 'green',
    icon: 'tick',
    sound: [
      [880, 0, 90],
      [1320, 110, 160],
    ],
    pulse: [60],
  },
  partly: {
    tone: 'amber',
    icon: 'half',
    sound: [
      [740, 0, 110],
      [740, 190, 110],
    ],
    pulse: [60, 80, 60],
  },
  none: { tone: 'red', icon: 'bar', sound: [[330, 0, 420]], pulse: [320] },
  refused: {
    tone: 'dark',
    icon: 'cross',
    sound: [
      [220, 0, 120],
      [220, 170, 120],
      [180, 340, 260],
    ],
    pulse: [120, 60, 120, 60, 240],
  },
  unsure: {
    tone: 'grey',
    icon: 'question',
    sound: [
      [520, 0, 70],
      [520, 240, 70],
      [520, 480, 70],
    ],
    pulse: [40, 160, 40, 160, 40],
  },
} as const satisfies Record<Outcome, Look>

export function lookOf(verdict: Shown): Look {
  return looks[outcomeOf(verdict)]
}

/** A text of the operator's in the language of the screens, else in the first that it has. */
export function textFor(texts: Texts): readonly [tag: string, text: string] | undefined {
  const { lang } = document.documentElement
  return texts.find(([tag]) => tag === lang) ?? texts.find(([tag]) => baseOf(tag) === baseOf(lang)) ?? texts[0]
}
const baseOf = (tag: string): string | undefined => tag.split('-')[0]

/** What a verdict is about, as its words are named. */
export type About = Exclude<Outcome, 'refused' | 'unsure'> | Blocked

type Blocked = Refusal | Doubt | `stale-keys-${Exclude<Staleness, 'old'>}`

/** `stale-keys` has words for each reason: what to do depends on why the list looks too old. */
export const aboutOf = (reason: Refusal | Doubt, staleness: Staleness | undefined): Blocked =>
  reason !== 'stale-keys' || staleness === undefined || staleness === 'old' ? reason : `stale-keys-${staleness}`
