// Every word of the menu's pages. A table of its own, loaded with them: the scan screen does not wait for it.
import type { Doubt, Refusal } from '../../core/verdict.ts'
import type { AppState } from '../../browser/app.ts'
import type { CameraFault } from '../scan/camera.ts'
import type { InstallState } from '../device/install.ts'
import type { Panel } from '../session/session.ts'
import type { Outcome } from '../session/settings.ts'
import type { MarkKind } from '../tally/shift.ts'
import type { RefreshOutcome } from '../trust/outcome.ts'
import type { skewOf, Staleness } from '../trust/time.ts'
import { cannotCheck, notValid, statusWords, whatNow } from './words.ts'

export const panelWords = {
  ready: 'Ready?',
  tally: 'Tally',
  keys: 'Keys',
  settings: 'Settings',
  help: 'Help',
} as const satisfies Record<Exclude<Panel, 'practice'>, string>

export const outcomeWords = {
  full: 'Fully vaccinated (green)',
  partly: 'Partly vaccinated (amber)',
  none: 'Not vaccinated (red)',
  refused: 'Not valid (dark)',
  unsure: 'Cannot check (grey)',
} as const satisfies Record<Outcome, string>

export const refreshWords = {
  updated: 'Newer keys were fetched.',
  same: 'The keys are the newest there are.',
  unreachable: 'No answer: this device seems to be offline. The keys it has stay in use.',
  'timed-out': 'The network was too slow. The keys it has stay in use.',
  'http-error': 'The server has no list at that address. The keys it has stay in use. Tell the operator.',
  'too-large': 'The answer was too large to be a list. The keys it has stay in use. Tell the operator.',
  'not-a-trust-list': 'The answer was not a trust list. Is this a Wi-Fi with a sign-in page? Sign in, then refresh.',
  'unknown-root': 'The list is signed by somebody this gate does not know. It was not taken. Tell the operator.',
  'bad-signature': 'The signature of the list does not hold. It was not taken. Tell the operator.',
  'bad-claims': 'The list breaks the rules for lists. It was not taken. Tell the operator.',
  'rolled-back': 'The list is older than the one on this device. It was not taken. Tell the operator.',
  'below-floor':
    'The list is older than this gate may take (“minSeq” in config.json). It was not taken. Tell the operator.',
  'retired-root': 'The list is signed by a key that was replaced by a newer one. It was not taken. Tell the operator.',
  forked: 'Another list with the same number was offered. It was not taken. Tell the operator.',
  'status-lists-missing': 'The keys are up to date, but a list of withdrawn codes could not be fetched.',
  'bad-config': 'config.json is missing or wrong. Tell the operator.',
  'nothing-in-file': 'There is no list in that file. Choose the trust list (.jwt) from the operator.',
  'not-kept': 'Newer keys are in use, but this device could not store them. Free some space.',
} as const satisfies Record<RefreshOutcome, string>

export const installWords = {
  installed: 'Installed on this device.',
  offered: 'Install it, so that it opens like any app and is not cleared.',
  'by-share-menu': 'In Safari: tap Share, then “Add to Home Screen”.',
  'by-browser-menu': 'In the browser’s menu, choose “Install app” or “Add to Home screen”.',
} as const satisfies Record<InstallState, string>

export const resultHelp = {
  full: 'The issuer says: fully vaccinated. Let in.',
  partly: 'The issuer says: some doses, not all. Follow the rule of this place.',
  none: 'The issuer says: not vaccinated. Follow the rule of this place.',
  refused: 'The code is forged, run out, withdrawn or a picture of a live code. It says nothing about the person.',
  unsure: 'The device needs something: newer keys, or the right time. It is not the person’s fault.',
} as const satisfies Record<Outcome, string>

export const ruleHere = 'Here:'

export const posterWords = {
  heading: 'Poster of this gate',
  title: 'This gate',
  qr: 'This gate’s poster, a QR',
  how: 'For a code that works at this gate only: open your live code, tap “For one gate only”, and scan this square.',
  print: 'Print the poster',
} as const

/** The word of the verdict's own screen. */
export const verdictWord = {
  full: statusWords.full.word,
  partly: statusWords.partly.word,
  none: statusWords.none.word,
  refused: notValid,
  unsure: cannotCheck,
} as const satisfies Record<Outcome, string>

const number = new Intl.NumberFormat()

export const tallyWords = {
  today: 'Today',
  scannedToday: (scans: number) => `Scanned today: ${number.format(scans)}`,
  scans: (scans: number) => (scans === 1 ? '1 scan' : `${number.format(scans)} scans`),
  dayBefore: 'The day before',
  dayAfter: 'The day after',
  byHour: 'By hour',
  hour: 'Hour',
  all: 'All',
  noShift: 'No shift is on.',
  shiftSince: (start: string) => `Shift since ${start}`,
  startShift: 'Start shift',
  endShift: 'End shift',
  report: 'Report',
  shifts: 'Shifts',
  now: 'now',
  kept: 'What is kept',
  keptAbout:
    'Numbers only, by hour, for 31 days, on this device alone. No name, no code, and no time but the hour, and when a shift began and ended. A code that is scanned twice counts twice.',
  notKept: 'This device could not store the counts. They last until the gate is closed. Free some space.',
  csv: 'Save as CSV',
  reset: 'Delete all …',
  resetAbout: 'Delete all counts and all shifts from this device, the one that is on too? They cannot be brought back.',
  resetKeep: 'Keep them',
  resetNow: 'Delete them',
} as const

export const reportWords = {
  title: 'Shift report',
  back: 'Back',
  print: 'Print',
  operator: 'Operator',
  gate: 'Gate',
  notSet: 'not set',
  start: 'Began',
  end: 'Ended',
  stillOn: 'still on',
  zone: 'Time zone',
  length: 'Length',
  open: 'Gate open',
  keys: 'Age of the keys',
  from: (least: string, most: string) => `${least} to ${most}`,
  noKeys: 'No keys on this device.',
  oldKeys: (age: string) => `The keys were old: ${age}.`,
  byHour: 'By hour',
  marks: 'Gaps, clock, keys',
  noMarks: 'Nothing to report: no gap of more than 30 minutes, no change of the clock, no old keys.',
  inHour: (hour: string) => `Hour of ${hour}:`,
  claim:
    'This device made these counts by itself. Nobody signed them, and they prove no more than that. They name nobody, and no time but the hour, and when the shift began and ended.',
} as const

/** What stands out in a shift, with how long it was or how far. */
export const markWords = {
  closed: (length) => `The gate was closed or out of sight for ${length}.`,
  quiet: (length) => `The gate was open, and nobody was scanned for more than ${length}.`,
  ahead: (length) => `The clock of the device jumped ahead by ${length}: it was set, or the device slept.`,
  back: (length) => `The clock of the device was set back by ${length}.`,
  'not-ended': () => 'Nobody ended the shift. It ended by itself after 24 hours.',
} as const satisfies Record<MarkKind, (length: string) => string>

export interface CameraHelp {
  readonly title: string
  readonly todo: string
  readonly again: string
}

export const cameraWords = {
  denied: {
    title: 'The camera is not allowed',
    todo: 'Tap the lock or camera sign beside the address, allow the camera for this page, then try again.',
    again: 'Try again',
  },
  missing: {
    title: 'No camera found',
    todo: 'Plug one in, or use a scanner that types, a picture or pasted text.',
    again: 'Look again',
  },
  busy: {
    title: 'The camera is in use',
    todo: 'Close the other app or tab that uses it. The camera comes back by itself, or when you try again.',
    again: 'Try again',
  },
  taken: {
    title: 'Something else has the camera',
    todo: 'A call, perhaps. The camera comes back by itself when that ends.',
    again: 'Try again',
  },
  frozen: {
    title: 'The camera sends no picture',
    todo: 'Close other apps that use it. If it is plugged in, pull it out and plug it in again. If that does not help, restart this device.',
    again: 'Try again',
  },
  insecure: {
    title: 'This address is not secure',
    todo: 'Browsers give the camera, and what it takes to check a code, to https:// addresses only. Open the gate by its https:// address.',
    again: 'Try again',
  },
  unsupported: {
    title: 'This browser gives no camera',
    todo: 'Open the gate in Chrome, Safari, Edge or Firefox, up to date, and not inside another app.',
    again: 'Try again',
  },
} as const satisfies Record<CameraFault, CameraHelp>

/** What to do until the app is stored. */
export const storedTodo = {
  yes: '',
  no: 'Being stored. Stay connected for a moment.',
  damaged: 'Some of its files are gone. Connect this device, then press Store again on the Ready page.',
  unsupported: 'This browser cannot store the app at this address. Open it over https in Chrome, Safari or Edge.',
} as const satisfies Record<AppState['stored'], string>

export const replayWords = {
  title: 'Codes that come again',
  within: 'Say so within',
  never: 'Never',
  minutes: (minutes: number): string => `${minutes} minutes`,
  about:
    'The colour stays the same. What it takes to notice is in memory only: nobody can read a code from it, and it is gone when the app is closed.',
} as const

export const skewWords = {
  unknown: 'Not compared with a server yet.',
  right: 'Agrees with the server’s.',
  ahead: 'The clock of this device is ahead of the server’s. Set date and time to automatic, then press Refresh.',
  behind: 'The clock of this device is behind the server’s. Set date and time to automatic, then press Refresh.',
} as const satisfies Record<ReturnType<typeof skewOf>, string>

/** The reader that is at work, in the settings. */
export const readerWords = {
  starting: 'Starting …',
  fast: 'Fast',
  compatible: 'Compatible: this browser cannot run the fast one. Hold codes a little longer.',
  fellBack: 'Compatible: the fast one has stopped twice. Open the app anew to try it again.',
} as const satisfies Record<string, string>

export const pinWords = {
  title: 'PIN',
  about: 'With a PIN, only who knows it can change these settings or bring in a list of keys from a file.',
  fresh: 'New PIN, 4 to 12 digits',
  again: 'The same again',
  rule: 'A PIN has 4 to 12 digits.',
  differ: 'The two are not the same yet.',
  set: 'Set PIN',
  isSet: 'A PIN is set. Leaving this page locks it again.',
  remove: 'Remove PIN',
  locked: 'This is locked. Whoever set up this device knows the PIN.',
  asked: 'PIN',
  open: 'Unlock',
  opened: 'Unlocked. Press Import file once more.',
  wrong: 'That was not the PIN.',
  wait: (seconds: number): string => `That was not the PIN. Try again in ${seconds} seconds.`,
  busy: 'Checking …',
  forgotten:
    'Forgotten? Clear the data of this app in the browser’s settings. Keys and settings go with it, so connect this device first.',
  limits: 'It keeps colleagues and passers-by out. It does not protect from somebody who may clear the app’s data.',
} as const

export const firstRunWords = {
  title: 'New here?',
  about: 'Five practice codes, and you know every result. It takes a minute.',
  ready: 'Ready to work offline.',
  notReady: 'Getting ready to work offline.',
  skip: 'Skip',
  start: 'Practise',
} as const

export const practiceWords = {
  name: 'Practice',
  again: 'Practise for a minute',
  title: (round: number, of: number): string => `Practice ${round} of ${of}`,
  specimen: 'SPECIMEN',
  picture: 'A practice code',
  heldUp: 'Somebody holds up this code.',
  onlyHere: 'It works in this practice alone, and is not counted. Every gate says of it: Cannot check.',
  scan: 'Scan it',
  skip: 'Skip practice',
  band: 'SPECIMEN: practice only',
  done: 'That is all there is',
  meaning: {
    full: 'Green: let in.',
    partly: 'Amber: the rule of this place.',
    none: 'Red: the rule of this place.',
    refused: 'Dark, striped: this code does not count. Ask for another.',
    unsure: 'Grey, dotted: the device needs something. Nobody is at fault.',
  } satisfies Record<Outcome, string>,
  staysTitle: 'What stays on this device',
  stays: [
    'Every code is checked here, without a network, and forgotten with its result.',
    'No name, no number and no code is kept or sent. Only how many of each result there were in an hour is kept, here.',
    'A result goes away by itself. Tap it to go on, hold it to keep it open.',
  ],
  installTitle: 'Keep it at hand',
  install: 'Install',
  finish: 'Start scanning',
} as const

/** What a guard says to whoever holds the code, and does, one thing after another. */
export interface Advice {
  readonly say: string
  readonly steps: readonly string[]
}

export const adviceFrame = {
  ask: whatNow,
  say: 'You may say',
  steps: 'Then',
  close: 'Back to the result',
} as const

/** Amber and red: the status is proven, and the rule of the place decides. */
export const ruleAdvice = {
  say: '“Thank you, your code is in order. For this answer our place has a rule. Let me tell you what it is.”',
  steps: [
    'Do what the rule of this place says. It is not yours to decide, nor the code’s.',
    'Say it quietly: how somebody is vaccinated is nobody else’s business.',
    'Do not ask why. There may be good reasons.',
    'Do they say that the answer is out of date? The issuer’s page gives them a new code.',
  ],
} as const satisfies Advice

const another = 'If they have another proof that this place takes, look at that.'
const aside = 'Let them stand aside, and scan the next person meanwhile.'

export const refusalAdvice = {
  'bad-signature': {
    say: '“This code does not pass the check, and I cannot see why. Have you another one, straight from the issuer?”',
    steps: [
      'Do not accuse anybody: the code may have been given to them like this.',
      'Ask them to open the issuer’s page and to get a new code. That takes a minute.',
      another,
      'The same again with the new code? Call whoever is in charge.',
    ],
  },
  'bad-claims': {
    say: '“Something in this code is not as it should be. A new one will help.”',
    steps: [
      'It is the fault of whoever made the code.',
      'Ask them to get a new code on the issuer’s page.',
      another,
      'Many such codes in one day? Tell the operator.',
    ],
  },
  expired: {
    say: '“Your code has run out: they all do, after a while. You can get a fresh one right here.”',
    steps: [
      aside,
      'They get a fresh code on the issuer’s page, with their name and their number.',
      'Scan the fresh code. Nothing is held against them for the old one.',
    ],
  },
  'not-yet-valid': {
    say: '“This code counts only from a later time on.”',
    steps: [
      'Ask for a code that is valid now. The issuer’s page makes one.',
      another,
      'Many such codes? Look at date and time of this device: Menu, then Ready?.',
    ],
  },
  revoked: {
    say: '“The issuer has replaced this code. Do you have the newer one?”',
    steps: [
      'It may only mean that they lost a phone, or asked for a new code.',
      'Ask for the newest code, or for a new one from the issuer’s page.',
      'They do not know why? The issuer can tell them. You cannot, and need not.',
    ],
  },
  'wrong-audience': {
    say: '“This code was made for another place. You can make one for us.”',
    steps: [
      aside,
      'On the issuer’s page they get a code for this place, or one for any place.',
      'They had one for here? Then look at “Takes codes made for”: Menu, then Ready?.',
    ],
  },
  'not-live': {
    say: '“I need the code itself on your phone, please, and not a picture of it.”',
    steps: [
      'Ask them to open the page of the code on their own phone. It renews itself every half minute.',
      'It is open already? Then it may be made for another gate: ask them to leave “For one gate only”.',
      'Still the same? Their phone’s clock may be wrong: date and time to automatic.',
      another,
    ],
  },
} as const satisfies Record<Refusal, Advice>

const ours = '“It is our device that cannot check just now, and not your code. One moment, please.”'
const connect = 'Connect this device: Wi-Fi, or mobile data. Then Menu, Keys, Refresh.'
const scanAgain = 'Scan the same code again.'
const withoutGate = 'No network to be had? Do what this place has agreed on for that, or call whoever is in charge.'

export const doubtAdvice = {
  'no-keys': { say: ours, steps: [connect, scanAgain, withoutGate] },
  'stale-keys': { say: ours, steps: [connect, scanAgain, withoutGate] },
  'unknown-key': {
    say: '“I cannot tell who made this code. It may be new to us. One moment, please.”',
    steps: [
      connect,
      scanAgain,
      'The same again: its issuer is not among those that this gate believes. That need not be a fault of theirs.',
      another,
      'SPECIMEN on their code? That is a practice code. It works in practice only.',
    ],
  },
  'no-status-list': { say: ours, steps: [connect, scanAgain, withoutGate] },
  'clock-wrong': {
    say: ours,
    steps: [
      'In the settings of the device, set date and time to automatic.',
      scanAgain,
      'Not allowed to change it? Use another device, and tell the operator.',
    ],
  },
} as const satisfies Record<Doubt, Advice>

/** `stale-keys` once more: what helps depends on why the list looks too old. */
export const staleAdvice = {
  old: doubtAdvice['stale-keys'],
  ahead: doubtAdvice['clock-wrong'],
  'not-renewed': {
    say: ours,
    steps: [
      'Look at date and time of this device. Are they right? Then no device here can check just now.',
      'Tell the operator: the list of keys has to be signed again.',
      withoutGate,
    ],
  },
} as const satisfies Record<Staleness, Advice>
