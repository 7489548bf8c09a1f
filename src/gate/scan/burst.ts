// Telling a scanner that types from a person who does: a burst is a run of keys that follow each other quickly.
// Pure: keys and times in, texts out.

/** The longest pause within a burst, in milliseconds. */
export const PAUSE = 120
/** And the longest once it is sure to be a scanner's: a Bluetooth one may stall, and half a token looks like a forged one. */
export const STALL = 600
const SURE = 16
/** Shorter texts cannot be a code, longer ones are not read. */
export const SHORTEST = 40
export const LONGEST = 8192

/** What a token, a presentation or an https: URL is written in. */
const character = /^[A-Za-z0-9\-_.~:/#?=&%+]$/
/** Keys that change what others mean. A scanner presses Shift for every capital letter. */
const modifiers: ReadonlySet<string> = new Set(['Shift', 'CapsLock', 'Control', 'Alt', 'AltGraph', 'Meta'])
const ends: ReadonlySet<string> = new Set(['Enter', 'Tab'])

export interface Key {
  readonly key: string
  /** Held down with Ctrl, Alt or Meta. */
  readonly chord: boolean
  /** It is held, and comes again by itself. */
  readonly repeat: boolean
  /** When it was pressed, in milliseconds. */
  readonly time: number
}

export interface Typed {
  /** The key is a scanner's, or may be: nobody else should see it. */
  readonly swallow: boolean
  readonly text?: string
}

export interface Bursts {
  press(key: Key): Typed
  /** How long without a key ends the burst, in milliseconds. */
  patience(): number
  /** The burst's text, if it has come to its end by now. */
  pause(now: number): string | undefined
}

/**
 * Collects the bursts.
 *
 * The first key of a burst cannot be told from a person's. Characters are therefore always swallowed: a page that
 * listens for scanners has no one-letter shortcuts (WCAG 2.1.4 advises against them anyhow), and nothing is lost. Enter,
 * Tab, Space and all others have a meaning of their own, and are swallowed only when they follow at least two
 * characters within the pause; so no scanner can press a button, and no person is kept from it.
 */
export function collectBursts(): Bursts {
  let text = ''
  let last = -Infinity
  let spoilt = false

  const patience = (): number => (text.length < SURE ? PAUSE : STALL)
  const running = (now: number): boolean => now - last <= patience()
  const end = (): string | undefined => {
    const code = !spoilt && text.length >= SHORTEST ? text : undefined
    text = ''
    spoilt = false
    last = -Infinity
    return code
  }

  return {
    press({ key, chord, repeat, time }) {
      const before = running(time) ? undefined : end()
      const isBurst = text.length >= 2
      if (modifiers.has(key)) return typed(false, before)
      // Some scanners end their lines with Ctrl+J. To the browser that is a shortcut, to the text it is nothing.
      if (chord) return typed(isBurst, before)
      if (ends.has(key) && isBurst) return typed(true, end())
      const isCharacter = character.test(key)
      if (isCharacter || isBurst) last = time
      if (isCharacter && !repeat && text.length < LONGEST) text += key
      // A text with anything else in it, or too long, is some other code. A key that is held down is no scanner's.
      else spoilt ||= isBurst
      return typed(isCharacter || isBurst, before)
    },
    patience,
    pause: (now) => (running(now) ? undefined : end()),
  }
}

const typed = (swallow: boolean, text: string | undefined): Typed => ({ swallow, ...(text && { text }) })
