// What a scanner that types, or sends lines, meant by a text: scanners put a prefix before it and a suffix behind it, and one
// that is set to another keyboard than this device types other letters. Pure.
import { openForm } from '../../core/compact.ts'
import type { Burst } from './burst.ts'

export type Scanned =
  /** One of our codes. `by`: whose letters it is in, this device's or a US keyboard's. */
  | {
      readonly kind: 'code'
      readonly text: string
      readonly prefix: string
      readonly suffix: string
      readonly by: 'device' | 'us-keyboard'
    }
  /** One of our codes, so it seems, in letters that are not those it was written in. */
  | { readonly kind: 'garbled'; readonly why: 'layout' | 'caps-lock' }
  | { readonly kind: 'other'; readonly text: string }

/** A JWS whose signature is 64 bytes, as those of both our algorithms are; where a code ends is then beyond doubt. */
const jws = String.raw`eyJ[\w-]+\.[\w-]+\.[\w-]{86}`
/** Prefixes and suffixes are a few characters: an AIM identifier, a full stop, a number. What goes on with ~ is no suffix. */
const whole = new RegExp(String.raw`^(.{0,16}?)((?:https?://[^\s#]+#)?${jws}(?:~${jws})?)(?!~)(.{0,16})$`, 's')

/** `{"` in base64url is `eyJ`. A header is longer than this, and holds none of what is not base64url. */
const swapped = /ezJ[\w-]{16}|eyJ[\w-]{0,60}[^\w.~-]/
const inverted = /E[YZ]j[\w-]{16}/

/**
 * Reads what a scanner sent. It takes a US keyboard's letters only where this device's make no code and those make one whose
 * header and claims open as JSON: then nothing else can have been meant. All that makes it a code of ours is checked later.
 */
export function readScanned({ text, usText }: Burst): Scanned {
  const here = whole.exec(text)
  if (here) return codeIn(here, 'device')
  const there = whole.exec(usText)
  if (there && opens(there[2] ?? '')) return codeIn(there, 'us-keyboard')
  if (inverted.test(text)) return { kind: 'garbled', why: 'caps-lock' }
  if (swapped.test(text)) return { kind: 'garbled', why: 'layout' }
  return { kind: 'other', text }
}

/** The token's own header and claims, whatever stands before it and behind it. */
const opens = (text: string): boolean => openForm(text.replace(/^.*#/, '').replace(/~.*$/, '')) !== undefined

const codeIn = ([, prefix = '', text = '', suffix = '']: RegExpExecArray, by: 'device' | 'us-keyboard'): Scanned => ({
  kind: 'code',
  text,
  prefix,
  suffix,
  by,
})
