// What a guard says to whoever holds the code, and does, one thing after another: on each result that is not green.
import type { Shown } from '../session/session.ts'
import type { Staleness } from '../trust/time.ts'
import { aboutOf, type About } from './looks.ts'
import type { PageId } from './words.ts'

export interface Advice {
  readonly words: PageId
  readonly steps: readonly PageId[]
}

const advice = {
  // Amber and red: the status is proven, and the rule of the place decides.
  rule: {
    words: 'page.advice.rule.say',
    steps: ['page.advice.rule.1', 'page.advice.rule.2', 'page.advice.rule.3', 'page.advice.rule.4'],
  },
  'bad-signature': {
    words: 'page.advice.bad-signature.say',
    steps: [
      'page.advice.bad-signature.1',
      'page.advice.bad-signature.2',
      'page.advice.another',
      'page.advice.bad-signature.3',
    ],
  },
  'bad-claims': {
    words: 'page.advice.bad-claims.say',
    steps: ['page.advice.bad-claims.1', 'page.advice.bad-claims.2', 'page.advice.another', 'page.advice.bad-claims.3'],
  },
  expired: {
    words: 'page.advice.expired.say',
    steps: ['page.advice.aside', 'page.advice.expired.1', 'page.advice.expired.2'],
  },
  'not-yet-valid': {
    words: 'page.advice.not-yet-valid.say',
    steps: ['page.advice.not-yet-valid.1', 'page.advice.another', 'page.advice.not-yet-valid.2'],
  },
  revoked: {
    words: 'page.advice.revoked.say',
    steps: ['page.advice.revoked.1', 'page.advice.revoked.2', 'page.advice.revoked.3'],
  },
  'wrong-audience': {
    words: 'page.advice.wrong-audience.say',
    steps: ['page.advice.aside', 'page.advice.wrong-audience.1', 'page.advice.wrong-audience.2'],
  },
  'not-live': {
    words: 'page.advice.not-live.say',
    steps: ['page.advice.not-live.1', 'page.advice.not-live.2', 'page.advice.not-live.3', 'page.advice.another'],
  },
  'no-keys': {
    words: 'page.advice.ours',
    steps: ['page.advice.connect', 'page.advice.scan-again', 'page.advice.without-gate'],
  },
  'stale-keys': {
    words: 'page.advice.ours',
    steps: ['page.advice.connect', 'page.advice.scan-again', 'page.advice.without-gate'],
  },
  'unknown-key': {
    words: 'page.advice.unknown-key.say',
    steps: [
      'page.advice.connect',
      'page.advice.scan-again',
      'page.advice.unknown-key.1',
      'page.advice.another',
      'page.advice.unknown-key.2',
    ],
  },
  'no-status-list': {
    words: 'page.advice.ours',
    steps: ['page.advice.connect', 'page.advice.scan-again', 'page.advice.without-gate'],
  },
  'clock-wrong': {
    words: 'page.advice.ours',
    steps: ['page.advice.clock-wrong.1', 'page.advice.scan-again', 'page.advice.clock-wrong.2'],
  },
  'stale-keys-not-renewed': {
    words: 'page.advice.ours',
    steps: ['page.advice.stale-keys-not-renewed.1', 'page.advice.stale-keys-not-renewed.2', 'page.advice.without-gate'],
  },
  'stale-keys-ahead': {
    words: 'page.advice.ours',
    steps: ['page.advice.clock-wrong.1', 'page.advice.scan-again', 'page.advice.clock-wrong.2'],
  },
} as const satisfies Record<'rule' | Exclude<About, 'full' | 'partly' | 'none'>, Advice>

export const adviceOn = (verdict: Shown, staleness: Staleness | undefined): Advice =>
  advice[verdict.kind === 'verified' ? 'rule' : aboutOf(verdict.reason, staleness)]
