// What staff may choose on this device. Kept in IndexedDB; nothing of a scanned code is ever among it.

/** The five outcomes that can be told apart by eye, ear and touch. */
export const outcomes = ['full', 'partly', 'none', 'refused', 'unsure'] as const
export type Outcome = (typeof outcomes)[number]

export interface Settings {
  readonly sound: Readonly<Record<Outcome, boolean>>
  readonly vibration: Readonly<Record<Outcome, boolean>>
  /** The camera that was on last, by its `deviceId`. */
  readonly cameraId: string | undefined
  /** The first-run card was read and put away. */
  readonly welcomed: boolean
}

const all = { full: true, partly: true, none: true, refused: true, unsure: true }

export const defaultSettings: Settings = { sound: all, vibration: all, cameraId: undefined, welcomed: false }
