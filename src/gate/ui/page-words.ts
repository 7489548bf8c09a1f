// Every word of the menu's pages. A table of its own, loaded with them: the scan screen does not wait for it.
import type { AppState } from '../../browser/app.ts'
import type { CameraFault } from '../scan/camera.ts'
import type { InstallState } from '../device/install.ts'
import type { Panel } from '../session/session.ts'
import type { Outcome } from '../session/settings.ts'
import type { MarkKind } from '../tally/shift.ts'
import type { RefreshOutcome } from '../trust/outcome.ts'
import type { skewOf } from '../trust/time.ts'
import { cannotCheck, notValid, statusWords } from './words.ts'

export const panelWords = {
  ready: 'Ready?',
  tally: 'Tally',
  keys: 'Keys',
  settings: 'Settings',
  help: 'Help',
} as const satisfies Record<Panel, string>

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
