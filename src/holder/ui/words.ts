// Every word that the page says, in one place. "OTP" is what the message brings; "code" is what gates scan.
import type { PersonFault } from '../ask/person.ts'
import type { Trouble, TroubleName } from '../ask/trouble.ts'
import type { Status } from '../../core/verdict.ts'
import type { Form } from '../session/flow.ts'

/** The purpose that is recorded when nobody but the person asks. */
export const ownPurpose = 'To show it myself'

export const statusWords = {
  2: 'Fully vaccinated',
  1: 'Partly vaccinated',
  0: 'Not vaccinated',
} as const satisfies Record<Status, string>

export const formWords = {
  live: {
    name: 'On this phone',
    kind: 'Live code',
    about: 'Renews itself every half minute, so a photo of it is worth nothing. Works for up to 7 days, offline too.',
  },
  paper: {
    name: 'On paper',
    kind: 'Paper code',
    about: 'A sheet to print or save as PDF. Works for up to 28 days. Whoever has the sheet can show it.',
  },
} as const satisfies Record<Form, { name: string; kind: string; about: string }>

export const faultWords = {
  'name-missing': 'Type the full name.',
  'name-too-long': 'That is too long for a name. Type the name only.',
  'mobile-missing': 'Type the mobile number.',
  'mobile-wrong': 'Type 10 digits, or + and the country code for a number from abroad.',
} as const satisfies Record<PersonFault, string>

/** What can be done about a trouble, on a button; `none` where only reading helps. */
export type Way = 'otp' | 'person' | 'paper' | 'restart' | 'none'
export const wayWords = {
  otp: 'Send a new OTP',
  person: 'Change name or number',
  paper: 'Choose paper instead',
  restart: 'Start again',
} as const satisfies Record<Exclude<Way, 'none'>, string>

export const troubleWords = {
  offline: { title: 'No connection', todo: 'Connect this phone to the internet, then try again.', way: 'none' },
  'too-slow': { title: 'No answer', todo: 'The network is too slow just now. Try again in a moment.', way: 'none' },
  'service-down': {
    title: 'The service is not working',
    todo: 'It is not your fault. Try again in a few minutes.',
    way: 'none',
  },
  'bad-answer': {
    title: 'Something answered that this page does not understand',
    todo: 'Is this a Wi-Fi with a sign-in page? Sign in first. Otherwise reload this page.',
    way: 'none',
  },
  'bad-details': {
    title: 'The service did not take this name or number',
    todo: 'Check both and try again.',
    way: 'person',
  },
  'unknown-verifier': {
    title: 'Whoever asks is not registered',
    todo: 'The service does not know them, so nothing was shared. Tell those who sent you here.',
    way: 'none',
  },
  'too-many-requests': {
    title: 'Too many tries',
    todo: 'To protect this number, the service makes a pause.',
    way: 'none',
  },
  'wrong-otp': {
    title: 'That is not the OTP',
    todo: 'Look at the newest message: only the last OTP counts.',
    way: 'none',
  },
  'otp-over': {
    title: 'This OTP no longer works',
    todo: 'It ran out, was used, or was mistyped too often.',
    way: 'otp',
  },
  'too-many-tries': {
    title: 'Too many wrong OTPs',
    todo: 'This OTP no longer works. Ask for a new one.',
    way: 'otp',
  },
  'not-on-register': {
    title: 'Not on the register',
    todo: 'The OTP was right, but nobody has this name and number together. Type the name as you gave it at the vaccination. If it is the same, ask there to correct the record.',
    way: 'person',
  },
  'session-over': {
    title: 'This took too long',
    todo: 'To protect you, the list was closed. Ask for a new OTP.',
    way: 'restart',
  },
  'consent-gone': { title: 'Nothing to withdraw', todo: 'This code ran out or is already gone.', way: 'none' },
  'no-key': {
    title: 'This browser cannot hold a live code',
    todo: 'It makes no keys here. Choose paper, or open this page in an up-to-date browser by its https:// address.',
    way: 'paper',
  },
  'storage-full': {
    title: 'No room on this phone',
    todo: 'The code works, but could not be kept. Free some space, then press “Keep on this phone”.',
    way: 'none',
  },
  'not-kept': {
    title: 'Not kept',
    todo: 'This browser keeps nothing here: leave private mode. The code works until you close this page.',
    way: 'none',
  },
} as const satisfies Record<TroubleName, { title: string; todo: string; way: Way }>

/** What is to be added to the words of this very trouble. */
export function detailOf({ triesLeft, retryAt }: Trouble, now: number): string {
  if (retryAt !== undefined) return retryAt > now ? `Try again in ${span(retryAt - now)}.` : 'You can try again now.'
  if (triesLeft !== undefined && triesLeft > 0) return triesLeft === 1 ? 'One try left.' : `${triesLeft} tries left.`
  return ''
}

/** "40 seconds", "12 minutes": rounded up, so that nobody comes too early. */
export function span(seconds: number): string {
  const [size, unit] = seconds < 60 ? [1, 'second'] : seconds < 3600 ? [60, 'minute'] : [3600, 'hour']
  const count = Math.ceil(seconds / size)
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

export const say = {
  product: 'KYC-VS Code',
  back: 'Back',
  cancel: 'Cancel',
  working: 'One moment …',
  stepOf: (at: number, of: number): string => `Step ${at} of ${of}`,
  update: { offer: 'A new version is ready.', now: 'Update now' },
  agree: {
    title: 'Get your code',
    titleAsked: 'Share your vaccination status',
    lead: 'A code that tells a gate whether you are vaccinated.',
    asks: (verifier: string): string => `“${verifier}” asks for your vaccination status.`,
    who: 'Who will see it',
    whoAnybody: 'Whoever you let scan it.',
    whoOne: (verifier: string): string => `Only “${verifier}”. Nobody else can use this code.`,
    whatFor: 'What for',
    what: 'What it says',
    whatSaid: 'Fully, partly or not vaccinated. No name, no number.',
    long: 'For how long',
    longSaid: '7 days on a phone, 28 on paper. You can withdraw it at any time.',
    longAsked: '28 days. You can withdraw it at any time.',
    kept: 'What the service keeps',
    keptSaid: 'That you agreed, what for and when. Not your number in readable form.',
    initials: 'Add my initials',
    initialsAbout: 'Some gates compare them with your ID.',
    next: 'I agree',
    consents: 'My consents',
  },
  form: { title: 'Where will you show it?', next: 'Go on' },
  keep: {
    label: 'Keep it on this phone',
    about: 'It then opens offline until it runs out. Leave this off if the phone is not yours.',
    now: 'Keep on this phone',
    kept: 'Kept on this phone.',
    notKept: 'Not kept: closing this page forgets it.',
  },
  person: {
    title: { code: 'Whose code is it?', consents: 'Whose consents?' },
    name: 'Full name',
    nameHelp: 'As given at the vaccination',
    mobile: 'Mobile number',
    mobileHelp: '10 digits for India (+91); any other with + and country code',
    next: 'Send OTP',
  },
  otp: {
    title: 'Type the OTP',
    sentTo: (mobile: string): string => `A message with six digits is on its way to ${mobile}.`,
    label: 'OTP from the message',
    fault: 'Type the six digits of the message.',
    next: { code: 'Get my code', consents: 'Show my consents' },
    nextEmbedded: 'Share it',
    late: 'No message yet? See that the number is right, then send it again. If none comes, wait a while: messages may be held up.',
    resend: 'Send again',
    resendIn: (seconds: number): string => `Send again in ${seconds} s`,
    change: 'Change name or number',
  },
  code: {
    says: 'It says',
    initials: 'Initials',
    only: 'Only for',
    until: 'Works until',
    bright: 'Turn the brightness up. Hold it still, a hand’s length from the camera.',
    noProof: 'Only a gate’s scan is proof: not this page, and not a photo of it.',
    live: 'Live code, a QR that renews itself',
    renews: (seconds: number): string => `New in ${seconds} s`,
    making: 'Making the code …',
    over: 'This code has run out',
    overTodo: 'Get a new one: it takes a minute.',
    clockTitle: 'The clock of this phone is wrong',
    clockTodo: 'Gates will refuse this code. Set date and time to automatic.',
    another: 'Get another code',
    remove: 'Delete this code',
    removeTitle: 'Delete this code?',
    removeAbout: (kept: boolean): string =>
      `It goes from ${kept ? 'this phone' : 'this page'} at once. To make it worthless wherever it is, withdraw it under “My consents”.`,
    removeYes: 'Delete',
  },
  gate: {
    open: 'For one gate only',
    title: 'For one gate only',
    about: 'The code then works at that gate and nowhere else.',
    camera: 'Point the camera at the gate’s poster, or type the id below it.',
    noCamera: 'Open a photo of the gate’s poster, or type the id below its QR.',
    denied: 'The camera is not allowed here. Open a photo of the poster, or type the id below its QR.',
    video: 'Camera',
    photo: 'Photo of the poster',
    label: 'Gate id',
    fault: 'Type the id as it stands on the poster.',
    notAPoster: 'That is not a gate’s poster.',
    yes: 'Use this gate',
    any: 'For any gate again',
    only: (gate: string): string => `Only for gate “${gate}”`,
  },
  paper: {
    print: 'Print or save as PDF',
    title: 'Vaccination status code',
    qr: 'Paper code, a QR',
    made: 'Made on',
    by: 'By',
    how: 'Let a gate scan the square. They may ask for an ID to compare the initials.',
    howNoInitials: 'Let a gate scan the square. This sheet does not say who you are.',
    fold: 'Keep the square flat and clean, and do not cover its white edge.',
    withdraw: (address: string): string => `Lost it? Withdraw it at ${address}`,
  },
  home: {
    title: 'My codes',
    notKept: 'not kept',
    until: 'until',
    over: 'run out',
    another: 'Get another code',
  },
  consents: {
    title: 'My consents',
    none: 'There is nothing under this name and number.',
    own: 'Your own code',
    given: 'Agreed',
    shared: 'Shared',
    sharedStatus: 'Status',
    sharedInitials: 'Status and initials',
    ends: 'Works until',
    ended: 'Ran out',
    withdrawn: 'Withdrawn',
    withdraw: 'Withdraw',
    withdrawTitle: 'Withdraw this?',
    withdrawAbout:
      'The code stops working at every gate, as soon as the gate fetches its next list. It cannot be undone.',
    done: 'Done',
  },
  delivered: { title: 'Shared', about: 'Your answer was given. You can go on where you came from.' },
} as const
