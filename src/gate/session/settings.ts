// What staff may choose on this device. Kept in IndexedDB; nothing of a scanned code is ever among it.
import { isFields, isText } from '../../core/compact.ts'

/** The five outcomes that can be told apart by eye, ear and touch. */
export const outcomes = ['full', 'partly', 'none', 'refused', 'unsure'] as const
export type Outcome = (typeof outcomes)[number]

export interface Settings {
  readonly sound: Readonly<Record<Outcome, boolean>>
  readonly vibration: Readonly<Record<Outcome, boolean>>
  /** The camera that was on last, by its `deviceId`. */
  readonly cameraId: string | undefined
  /** How long a code that was seen counts as shown again, in minutes; 0 is never. */
  readonly replayMinutes: number
  /** The language of the screens that was chosen, by its tag; until then it is the device's. */
  readonly language: string | undefined
  /** The practice of the first run was done, or skipped. */
  readonly welcomed: boolean
  /** The device stands on its own, and speaks to bearers. */
  readonly kiosk: boolean
  /** No sound from the one to the other, each as "22:30"; empty where it may always be heard. */
  readonly quietFrom: string
  readonly quietTo: string
}

const all = { full: true, partly: true, none: true, refused: true, unsure: true }

/** What may be chosen for `replayMinutes`. */
export const replayChoices: readonly number[] = [0, 2, 5, 10, 30, 60]

export const defaultSettings: Settings = {
  sound: all,
  vibration: all,
  cameraId: undefined,
  replayMinutes: 10,
  language: undefined,
  welcomed: false,
  kiosk: false,
  quietFrom: '',
  quietTo: '',
}

/** Settings as they are kept. A word makes a kiosk, and not a bit: no damage to a disk writes it. */
export const settingsRecord = (settings: Settings) => ({ ...settings, kiosk: settings.kiosk ? 'kiosk' : '' })

/** Settings as they were kept; whatever a disk gives back in another shape is as if it was never chosen. */
export function asSettings(record: unknown): Settings {
  if (!isFields(record)) return defaultSettings
  const { sound, vibration, cameraId, replayMinutes, language, welcomed, kiosk, quietFrom, quietTo } = record
  return {
    sound: asChoices(sound),
    vibration: asChoices(vibration),
    cameraId: isText(cameraId) ? cameraId : undefined,
    replayMinutes: replayChoices.find((minutes) => minutes === replayMinutes) ?? defaultSettings.replayMinutes,
    language: isText(language) ? language : undefined,
    welcomed: welcomed === true,
    kiosk: kiosk === 'kiosk',
    quietFrom: isText(quietFrom) ? quietFrom : '',
    quietTo: isText(quietTo) ? quietTo : '',
  }
}

function asChoices(record: unknown): Readonly<Record<Outcome, boolean>> {
  const kept = isFields(record) ? record : {}
  const wants = (outcome: Outcome): boolean => kept[outcome] !== false
  return {
    full: wants('full'),
    partly: wants('partly'),
    none: wants('none'),
    refused: wants('refused'),
    unsure: wants('unsure'),
  }
}
