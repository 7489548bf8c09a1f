// What one scan looked like on its way in, for who sets a scanner up. Pure; of the code itself it keeps the length, and three
// characters of either end.
import { PAUSE, SHORTEST, type Key } from './burst.ts'
import { onUsKeyboard, UNKNOWN } from './keyboard.ts'
import { readScanned, type Scanned } from './scanned.ts'

export type Understood = 'code' | 'us-keyboard' | 'layout' | 'caps-lock' | 'alt-codes' | 'slow' | 'short' | 'other'

export interface Heard {
  readonly from: 'keys' | 'line'
  readonly understood: Understood
  /** Keys that write nothing, before and after the text, by their names. */
  readonly before: readonly string[]
  readonly after: readonly string[]
  /** Characters that the scanner adds. */
  readonly prefix: string
  readonly suffix: string
  readonly length: number
  readonly head: string
  readonly tail: string
  /** Between two keys, in milliseconds: half of them are shorter; and the longest. */
  readonly gap: number | undefined
  readonly longest: number | undefined
}

const SHOWN = 3
const modifiers: ReadonlySet<string> = new Set(['Shift', 'CapsLock', 'Control', 'Alt', 'AltGraph', 'Meta'])

const writes = ({ key, chord }: Key): boolean =>
  !chord && (key.length === 1 || key === 'Dead' || key === 'Process' || key === 'Unidentified')
const nameOf = ({ key, chord }: Key): string => (chord ? `Ctrl+${key.toUpperCase()}` : key === ' ' ? 'Space' : key)

/** @param keys everything that was pressed in one go, in its order */
export function hearKeys(keys: readonly Key[]): Heard {
  const pressed = keys.filter(({ key }) => !modifiers.has(key))
  const first = pressed.findIndex(writes)
  const last = pressed.findLastIndex(writes)
  const written = first < 0 ? [] : pressed.slice(first, last + 1)
  const text = written.map(({ key }) => (key.length === 1 ? key : UNKNOWN)).join('')
  const usText = written.map(({ code, shift }) => onUsKeyboard(code, shift)).join('')
  const gaps = written
    .slice(1)
    .map(({ time }, index) => Math.round(time - (written[index]?.time ?? time)))
    .toSorted((one, other) => one - other)
  const gap = gaps[Math.floor(gaps.length / 2)]
  const altCodes = keys.filter(({ code, chord }) => chord && code.startsWith('Numpad')).length
  return {
    ...hear('keys', text, usText, gap !== undefined && gap > PAUSE, altCodes > SHORTEST),
    before: (first < 0 ? pressed : pressed.slice(0, first)).slice(0, 8).map(nameOf),
    after: (first < 0 ? [] : pressed.slice(last + 1)).slice(0, 8).map(nameOf),
    gap,
    longest: gaps.at(-1),
  }
}

export const hearLine = (line: string): Heard => ({
  ...hear('line', line.trim(), '', false, false),
  before: [],
  after: [],
  gap: undefined,
  longest: undefined,
})

function hear(from: Heard['from'], text: string, usText: string, slow: boolean, altCodes: boolean) {
  const scanned = readScanned({ text, usText })
  const { prefix, suffix } = scanned.kind === 'code' ? scanned : { prefix: '', suffix: '' }
  const shown = scanned.kind === 'code' ? scanned.text : text
  const apart = shown.length > 4 * SHOWN
  return {
    from,
    understood: altCodes ? 'alt-codes' : understoodOf(scanned, slow, text.length),
    prefix,
    suffix,
    length: shown.length,
    head: shown.slice(0, apart ? SHOWN : 0),
    tail: apart ? shown.slice(-SHOWN) : '',
  } as const
}

function understoodOf(scanned: Scanned, slow: boolean, length: number): Understood {
  if (scanned.kind === 'garbled') return scanned.why
  if (length < SHORTEST) return 'short'
  if (slow) return 'slow'
  if (scanned.kind === 'other') return 'other'
  return scanned.by === 'device' ? 'code' : 'us-keyboard'
}
