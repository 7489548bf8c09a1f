// Policies: what each status means at this place, as the operator wrote it in config.json. docs/profile.md, section 6.
// They change what staff and bearers are told to do, what they hear and how long a verdict stays; never its word, and never its colour.
import { isFields, type Fields } from './compact.ts'

export type StatusName = 'full' | 'partly' | 'none'

/** What a status may sound like. Those of "not valid" and "cannot check" are nobody else's, so they are not among them. */
export const policySounds = ['rise', 'double', 'long', 'short', 'gallop', 'silent'] as const
export type PolicySound = (typeof policySounds)[number]

/** The sounds of the statuses where no policy says otherwise. */
export const usualSounds = { full: 'rise', partly: 'double', none: 'long' } as const satisfies Record<
  StatusName,
  PolicySound
>

/** One text for each language, by its tag; one under no tag is for any. */
export type Texts = readonly (readonly [tag: string, text: string])[]

export interface Policy {
  /** What staff do, in one line. */
  readonly action: Texts | undefined
  /** What the bearer of a code does, in one line, where a kiosk says it to them. */
  readonly bearer: Texts | undefined
  readonly sound: PolicySound | undefined
  /** Seconds until a verdict gives way to scanning by itself. */
  readonly returnAfter: number | undefined
}

export type Policies = Readonly<Partial<Record<StatusName, Policy>>>

/** The way to the member at fault, as in `policies.partly.sound`. */
export type PolicyFault = 'policies' | `policies.${string}`

export const ACTION_LENGTH = 80
export const RETURN_AFTER = { least: 2, most: 60 } as const
const LANGUAGES = 40

const statuses: readonly StatusName[] = ['full', 'partly', 'none']

/** Takes all of it or nothing: a closed set of members, at each step. */
export function openPolicies(
  value: unknown,
): { readonly ok: true; readonly value: Policies } | { readonly ok: false; readonly fault: PolicyFault } {
  if (!isFields(value)) return { ok: false, fault: 'policies' }
  const unknown = strangeTo(value, statuses)
  if (unknown !== undefined) return { ok: false, fault: named(unknown) }
  const policies: Partial<Record<StatusName, Policy>> = {}
  for (const status of statuses) {
    if (!Object.hasOwn(value, status)) continue
    const policy = openPolicy(value[status])
    if (typeof policy === 'string') return { ok: false, fault: `policies.${status}${policy}` }
    policies[status] = policy
  }
  const alike = soundingAlike(policies)
  return alike ? { ok: false, fault: `policies.${alike}.sound` } : { ok: true, value: policies }
}

/** The policy, or the rest of the way to the member at fault. */
function openPolicy(value: unknown): Policy | '' | `.${string}` {
  if (!isFields(value)) return ''
  const unknown = strangeTo(value, ['action', 'bearer', 'sound', 'returnAfter'])
  if (unknown !== undefined) return isNameable(unknown) ? `.${unknown}` : ''
  const { action, bearer, sound, returnAfter } = value
  const [forStaff, forBearer] = [action, bearer].map((texts) => (texts === undefined ? undefined : openTexts(texts)))
  if (forStaff === 'faulty') return '.action'
  if (forBearer === 'faulty') return '.bearer'
  const chosen = policySounds.find((name) => name === sound)
  if (sound !== undefined && chosen === undefined) return '.sound'
  if (returnAfter !== undefined && !isStay(returnAfter)) return '.returnAfter'
  return { action: forStaff, bearer: forBearer, sound: chosen, returnAfter }
}

/** A text, or one for each language. */
function openTexts(value: unknown): Texts | 'faulty' {
  const texts: [string, unknown][] = isFields(value) ? Object.entries(value) : [['', value]]
  if (texts.length === 0 || texts.length > LANGUAGES) return 'faulty'
  const opened = texts.flatMap(([tag, text]) =>
    isLine(text) && (isLanguage(tag) || !isFields(value)) ? [[tag, text] as const] : [],
  )
  return opened.length === texts.length ? opened : 'faulty'
}

// BCP 47, as far as screens are written in it: "hi", "pa-Arab", "en-IN".
const isLanguage = (tag: string): boolean => /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/.test(tag)

// Controls, halves of letters, breaks of line, and what reorders text or cannot be seen. The two joiners are part of how
// Indian languages and Urdu are spelt.
const unprintable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u

/** A line that can be read and cannot be more than a line: bounded, with a letter in it, and no white space around it. */
const isLine = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length <= ACTION_LENGTH &&
  value === value.trim() &&
  /\p{L}/u.test(value) &&
  !unprintable.test(value)

const isStay = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= RETURN_AFTER.least && Number(value) <= RETURN_AFTER.most

/** The first status whose sound a policy makes the same as another's: who cannot look must still tell them apart. */
function soundingAlike(policies: Policies): StatusName | undefined {
  const sound = (status: StatusName): PolicySound => policies[status]?.sound ?? usualSounds[status]
  return statuses.find(
    (status) =>
      policies[status]?.sound !== undefined &&
      sound(status) !== 'silent' &&
      statuses.some((other) => other !== status && sound(other) === sound(status)),
  )
}

const strangeTo = (fields: Fields, known: readonly string[]): string | undefined =>
  Object.keys(fields).find((name) => !known.includes(name))

/** What stands in a file may be anything: only a plain word is repeated to whoever reads the fault. */
const isNameable = (member: string): boolean => /^[\w-]{1,40}$/.test(member)
const named = (member: string): PolicyFault => (isNameable(member) ? `policies.${member}` : 'policies')
