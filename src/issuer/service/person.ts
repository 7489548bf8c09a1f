// A person, as typed: a mobile number (E.164) and a full name. Two spellings that differ in case, white space,
// punctuation or Unicode form are one name, and nothing fuzzier is.
import type { KeyedHash } from './keyed-hash.ts'

export interface Person {
  /** E.164. */
  readonly mobile: string
  /** What is left of the name when all that does not matter is gone. */
  readonly nameKey: string
  /** HMAC of both. */
  readonly key: Buffer
}

export const NAME_LENGTH = 200

const international = /^\+[1-9]\d{6,14}$/
const indian = /^[6-9]\d{9}$/

/** A number in E.164, from E.164 or the ten digits of an Indian mobile. Nothing for any other text. */
export function mobileOf(text: string): string | undefined {
  const bare = text.normalize('NFKC').replaceAll(/[\s().-]/g, '')
  if (indian.test(bare)) return `+91${bare}`
  if (!international.test(bare)) return undefined
  return bare.startsWith('+91') && !indian.test(bare.slice(3)) ? undefined : bare
}

/**
 * What two spellings of one name share: Unicode's compatibility form, case folded, letters, marks and digits only. Marks
 * stay, for they are the vowels of Indic scripts; joiners go, for they only say how to draw a letter.
 */
export function nameKeyOf(name: string): string {
  const folded = name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC')
  return folded.replaceAll(/[^\p{L}\p{M}\p{N}]/gu, '').normalize('NFKC')
}

/** Reads who is meant. Nothing when the number is none, or the name has no letter or is too long. */
export function readPerson(hash: KeyedHash, mobile: string, fullName: string): Person | undefined {
  const number = mobileOf(mobile)
  if (number === undefined || !isName(fullName)) return undefined
  const nameKey = nameKeyOf(fullName)
  return { mobile: number, nameKey, key: hash.person(number, nameKey) }
}

/** Whether a text can be a name. A character that stands for broken bytes is in none. */
export const isName = (text: string): boolean =>
  text.length <= NAME_LENGTH && /\p{L}/u.test(text) && !/[\p{Cc}\p{Cs}\uFFFD]/u.test(text)

/** The first letters of a name's first four words, each with a full stop: what a token may carry for the ID check. */
export function initialsOf(fullName: string): string {
  const words = fullName.normalize('NFC').split(/\s+/)
  const letters = words.flatMap((word) => /\p{L}/u.exec(word)?.[0] ?? [])
  return letters
    .slice(0, 4)
    .map((letter) => `${capital(letter)}.`)
    .join('')
}

/** The capital of a letter, where that is one letter too. */
function capital(letter: string): string {
  const upper = letter.toUpperCase()
  return /^\p{L}$/u.test(upper) ? upper : letter
}
