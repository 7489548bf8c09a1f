// Telling a scanner that types from a person who does: a burst is a run of keys that follow each other quickly.
// Pure: keys and times in, texts out.
import { onUsKeyboard, UNKNOWN } from './keyboard.ts'

/** The longest pause within a burst, in milliseconds. */
export const PAUSE = 120
/** And the longest once it is sure to be a scanner's: a Bluetooth one may stall, and half a token looks like a forged one. */
export const STALL = 600
const SURE = 16
/** Shorter texts cannot be a code, longer ones are not read. */
export const SHORTEST = 40
export const LONGEST = 8192

/** What a token, a presentation or an https: URL is written in: with one of these a burst may begin. */
const character = /^[A-Za-z0-9\-_.~:/#?=&%+]$/
/** Keys that change what others mean. A scanner presses Shift for every capital letter. */
const modifiers: ReadonlySet<string> = new Set(['Shift', 'CapsLock', 'Control', 'Alt', 'AltGraph', 'Meta'])
/** Keys that write something, though nobody can say what: an accent that waits for its letter, for example. */
const obscure: ReadonlySet<string> = new Set(['Dead', 'Process', 'Unidentified'])

export interface Key {
  readonly key: string
  /** Where it is on the keyboard, as `KeyboardEvent.code` has it; empty where that is not known. */
  readonly code: string
  readonly shift: boolean
  /** Held down with Ctrl, Alt or Meta. */
  readonly chord: boolean
  /** It is held, and comes again by itself. */
  readonly repeat: boolean
  /** When it was pressed, in milliseconds. */
  readonly time: number
}

/** What was typed in one go, as two keyboards have it: that of this device, and a US one. */
export interface Burst {
  readonly text: string
  readonly usText: string
}

export interface Typed {
  /** The key is a scanner's, or may be: nobody else should see it. */
  readonly swallow: boolean
  readonly burst?: Burst
}

export interface Bursts {
  press(key: Key): Typed
  /** How long without a key ends the burst, in milliseconds. */
  patience(): number
  /** The burst, if it has come to its end by now. */
  pause(now: number): Burst | undefined
}

/**
 * Collects the bursts.
 *
 * The first key of a burst cannot be told from a person's. Characters are therefore always swallowed: a page that
 * listens for scanners has no one-letter shortcuts (WCAG 2.1.4 advises against them anyhow), and nothing is lost. Enter,
 * Tab, Space and all others have a meaning of their own, and are swallowed only when they follow at least two
 * characters within the pause; so no scanner can press a button, and no person is kept from it. A key that writes nothing
 * ends the burst, whichever one a scanner was told to end with.
 */
export function collectBursts(): Bursts {
  let text = ''
  let usText = ''
  let last = -Infinity
  let spoilt = false

  const patience = (): number => (text.length < SURE ? PAUSE : STALL)
  const running = (now: number): boolean => now - last <= patience()
  const end = (): Burst | undefined => {
    const burst = !spoilt && text.length >= SHORTEST ? { text, usText } : undefined
    text = ''
    usText = ''
    spoilt = false
    last = -Infinity
    return burst
  }

  return {
    press({ key, code, shift, chord, repeat, time }) {
      const before = running(time) ? undefined : end()
      const isBurst = text.length >= 2
      if (modifiers.has(key)) return typed(false, before)
      // Some scanners end their lines with Ctrl+J. To the browser that is a shortcut, to the text it is nothing.
      if (chord) return typed(isBurst, before)
      const isCharacter = character.test(key)
      const writes = key.length === 1 || obscure.has(key)
      if (isBurst && !writes) return typed(true, end())
      if (isCharacter || isBurst) last = time
      // What is too long is some other code. A key that is held down is no scanner's.
      if (repeat || text.length >= LONGEST) spoilt ||= isBurst
      else if (isCharacter || isBurst) {
        text += key.length === 1 ? key : UNKNOWN
        usText += onUsKeyboard(code, shift)
      }
      return typed(isCharacter || isBurst, before)
    },
    patience,
    pause: (now) => (running(now) ? undefined : end()),
  }
}

const typed = (swallow: boolean, burst: Burst | undefined): Typed => ({ swallow, ...(burst && { burst }) })
