// Every word of scanning, of the verdicts and of a crash. Those of the menu's pages are in page-words.ts, loaded with them.
import { isPolicyFault, type ConfigFault } from '../../core/belief.ts'
import type { PolicyFault } from '../../core/policies.ts'
import type { Doubt, Refusal } from '../../core/verdict.ts'
import type { Freshness } from '../device/readiness.ts'
import type { Note } from '../session/session.ts'
import type { Outcome } from '../session/settings.ts'
import type { Staleness } from '../trust/time.ts'

export interface VerdictWords {
  /** One word or two, readable at 3 m. */
  readonly word: string
  readonly meaning: string
  /** What to do next. */
  readonly action: string
}

export const statusWords = {
  full: { word: 'Full', meaning: 'Fully vaccinated', action: 'Let in.' },
  partly: {
    word: 'Partly',
    meaning: 'Partly vaccinated',
    action: 'Follow the rule of this place for partly vaccinated.',
  },
  none: { word: 'None', meaning: 'Not vaccinated', action: 'Follow the rule of this place for not vaccinated.' },
} as const satisfies Record<Exclude<Outcome, 'refused' | 'unsure'>, VerdictWords>

export const notValid = 'Not valid'
export const cannotCheck = 'Cannot check'

export const refusalWords = {
  'bad-signature': {
    word: notValid,
    meaning: 'This code was not made by the issuer it names, or it was changed.',
    action: 'Do not let in on this code. Ask for another proof.',
  },
  'bad-claims': {
    word: notValid,
    meaning: 'This code breaks the rules for such codes.',
    action: 'Do not let in on this code. Ask for a new one from the issuer.',
  },
  expired: {
    word: notValid,
    meaning: 'This code has run out.',
    action: 'Do not let in on this code. Ask for a fresh code: it takes a minute on the issuer’s page.',
  },
  'not-yet-valid': {
    word: notValid,
    meaning: 'This code is not valid yet.',
    action: 'Do not let in on this code. Ask for one that is valid today.',
  },
  revoked: {
    word: notValid,
    meaning: 'The issuer has withdrawn this code.',
    action: 'Do not let in on this code. Ask for a new one from the issuer.',
  },
  'wrong-audience': {
    word: notValid,
    meaning: 'This code was made for somewhere else.',
    action: 'Do not let in on this code. Ask for one made for this place, or for any.',
  },
  'not-live': {
    word: notValid,
    meaning: 'This is a picture of a live code, or one for another gate.',
    action: 'Do not let in on this code. Ask them to open the code itself on their phone.',
  },
} as const satisfies Record<Refusal, VerdictWords>

export const doubtWords = {
  'no-keys': {
    word: cannotCheck,
    meaning: 'This device has no keys yet.',
    action: 'It is not the person’s fault. Connect this device, open Keys and press Refresh.',
  },
  'stale-keys': {
    word: cannotCheck,
    meaning: 'The keys on this device are too old.',
    action: 'It is not the person’s fault. Connect this device, open Keys and press Refresh.',
  },
  'unknown-key': {
    word: cannotCheck,
    meaning: 'This device does not know who made this code.',
    action: 'Connect this device and scan again. If it stays so, ask for another proof.',
  },
  'no-status-list': {
    word: cannotCheck,
    meaning: 'This device cannot tell whether the code was withdrawn.',
    action: 'It is not the person’s fault. Connect this device, open Keys and press Refresh.',
  },
  'clock-wrong': {
    word: cannotCheck,
    meaning: 'The clock of this device is wrong.',
    action: 'It is not the person’s fault. Set date and time to automatic, then scan again.',
  },
} as const satisfies Record<Doubt, VerdictWords>

/** `stale-keys` once more: what to do depends on why the list looks too old. */
export const staleWords = {
  old: doubtWords['stale-keys'],
  ahead: {
    word: cannotCheck,
    meaning: 'The clock of this device is ahead, so its keys only look too old.',
    action: 'It is not the person’s fault. Set date and time to automatic, then scan again.',
  },
  'not-renewed': {
    word: cannotCheck,
    meaning: 'The list of keys had run out when it was fetched.',
    action: 'It is not the person’s fault. Check date and time of this device. If they are right, tell the operator.',
  },
} as const satisfies Record<Staleness, VerdictWords>

/** On every result that is not green. */
export const whatNow = 'What do I do now?'

/** The two times that do not go together. */
export const timeWords = {
  here: 'Time here',
  proven: 'It is at least',
  server: 'Server’s time',
} as const

/** @param ago "3 minutes ago" */
export const shownHere = (seconds: number, ago: string): string =>
  seconds < 60 ? 'Shown here just now' : `Shown here ${ago}`

export const noteWords = {
  'not-a-token': 'Not a vaccination-status code. Ask for the code from the issuer.',
  'wrong-profile': 'A signed code, but of another kind. Ask for the vaccination-status code.',
  'no-code-in-picture': 'No code found in that picture. Try a sharper or closer one.',
  'not-a-picture': 'That file is not a picture.',
} as const satisfies Record<Note, string>

/** Lines on the scan screen about the device itself. */
export const deviceWords = {
  black: 'The camera sees nothing but black. Is something over the lens? Is it dark?',
  blackWithLight: 'The camera sees nothing but black. Is something over the lens? Is it dark? Then tap Light.',
  fellBack: 'The fast reader has stopped. A slower one has taken over: hold codes a little longer.',
} as const satisfies Record<string, string>

export const lensWords = { picture: 'Camera', focus: 'Focus', zoom: 'Zoom' } as const satisfies Record<string, string>

const configWords = {
  missing: 'config.json could not be read.',
  json: 'config.json is not valid JSON.',
  operator: '“operator” in config.json must be a text.',
  gate: '“gate” in config.json must be a text.',
  audience: '“audience” in config.json must be a text.',
  trustList: '“trustList” in config.json must be an address.',
  minSeq: '“minSeq” in config.json must be a whole number.',
  roots: '“roots” in config.json must hold public keys.',
} as const satisfies Record<Exclude<ConfigFault, PolicyFault> | 'missing', string>

/** What is wrong with `config.json`: of a policy, the member is named, and the operator's guide has the rule for it. */
export const configFaultWords = (fault: ConfigFault | 'missing'): string =>
  isPolicyFault(fault) ? `“${fault}” in config.json is not what the operator’s guide allows.` : configWords[fault]

export const freshnessWords = {
  none: 'No keys',
  fresh: 'Keys fresh',
  good: 'Keys good',
  ageing: 'Keys ageing: connect soon',
  stopped: 'Keys too old',
} as const satisfies Record<Freshness, string>

/** The same, in the small print of a verdict. */
export const ageWords = {
  none: 'none',
  fresh: 'fresh',
  good: 'good',
  ageing: 'ageing: connect soon',
  stopped: 'too old',
} as const satisfies Record<Freshness, string>

export const crashWords = {
  title: 'The gate has stopped',
  about: 'Nothing is wrong with the person or the code. Start again, and scan once more.',
  again: 'Start again',
  support: 'If it comes back, tell support this:',
  clear: 'It keeps coming back',
  clearAbout: 'Removes app, keys and settings from this device and fetches them anew. Connect this device first.',
  clearNow: 'Remove and fetch anew',
} as const
