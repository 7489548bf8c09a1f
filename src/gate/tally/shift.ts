// A shift: when it began and ended, its counts by hour, and what an inspector should know of it: gaps, clock changes, the
// age of the keys. It is told how the time passed, and keeps sums and hours of that, never when somebody was scanned.
import { isCount, isFields } from '../../core/compact.ts'
import type { Outcome } from '../session/settings.ts'
import { hourAt, isHour, isMinute, minuteAt, minutesBetween, secondsOf } from './local.ts'
import { asCounts, noCounts, oneMore, sumOf, totalOf, type Counts } from './counts.ts'

/** A stretch longer than this, in minutes, is a gap. */
export const GAP = 30
/** A shift that nobody ends is over after so many minutes. */
export const LONGEST = 24 * 60

/**
 * `closed`: the gate was not open, or not in front. `quiet`: it was, and nobody was scanned. `ahead`, `back`: the clock was
 * moved. `not-ended`: nobody ended the shift.
 */
export const markKinds = ['closed', 'quiet', 'ahead', 'back', 'not-ended'] as const
export type MarkKind = (typeof markKinds)[number]

export interface Mark {
  readonly kind: MarkKind
  /** The hour in which it began. */
  readonly hour: string
  /** How long, or how far. Of a `quiet` one, full half hours only: from more, the moment of a scan could be told. */
  readonly minutes: number
}

export interface ShiftHour {
  readonly hour: string
  readonly counts: Counts
  /** How old the trust list was in this hour at most, in full hours; nothing where there was none. */
  readonly keysAge: number | undefined
}

export interface Shift {
  /** Local minutes. */
  readonly start: string
  readonly end: string | undefined
  /** Minutes that the gate was open and in front, that it was not, and that the clock was moved. */
  readonly open: number
  readonly closed: number
  readonly moved: number
  readonly hours: readonly ShiftHour[]
  readonly marks: readonly Mark[]
}

/** How the time went since the last look, as the device's two clocks tell it. */
export interface Look {
  /** Seconds since 1970 UTC. */
  readonly at: number
  /** The gate was closed or behind something. */
  readonly away: boolean
  /** Minutes that the clock was moved: ahead, or back below 0. */
  readonly moved: number
  readonly keysAge: number | undefined
}

/** For how many minutes nobody has been scanned. Kept in memory alone. */
export interface Quiet {
  readonly minutes: number
  /** What was counted until then. */
  readonly counted: number
}

export const isOn = ({ start, end }: Shift, at: number): boolean =>
  end === undefined && minutesBetween(secondsOf(start), at) < LONGEST

export const freshShift = (start: string): Shift => ({
  start,
  end: undefined,
  open: 0,
  closed: 0,
  moved: 0,
  hours: [],
  marks: [],
})

/** Ended by itself, when nobody ended it in its time. */
export function endedInTime(shift: Shift, at: number): Shift {
  if (shift.end !== undefined || isOn(shift, at)) return shift
  const end = secondsOf(shift.start) + LONGEST * 60
  const mark: Mark = { kind: 'not-ended', hour: hourAt(end), minutes: 0 }
  return { ...shift, end: minuteAt(end), marks: [...shift.marks, mark] }
}

export function withCount(shift: Shift, hour: string, outcome: Outcome): Shift {
  const row = hourOf(shift, hour)
  return withHour(shift, { ...row, counts: oneMore(row.counts, outcome) })
}

const hourOf = ({ hours }: Shift, hour: string): ShiftHour =>
  hours.find((one) => one.hour === hour) ?? { hour, counts: noCounts, keysAge: undefined }

const withHour = (shift: Shift, row: ShiftHour): Shift => ({
  ...shift,
  hours: [...shift.hours.filter(({ hour }) => hour !== row.hour), row],
})

/** The shift that is on, after another look at the clocks. */
export function looked(shift: Shift, look: Look, quiet: Quiet): readonly [Shift, Quiet] {
  const clocked = look.moved === 0 ? shift : withMove(shift, look.at, look.moved)
  const passed = unaccounted(clocked, look.at)
  // Less than nothing has passed: the clock was moved back while no page was there to see it.
  const timed = passed < -1 ? withMove(clocked, look.at, passed) : clocked
  const minutes = Math.max(0, passed)
  const [spent, stillQuiet] = spend(timed, look, minutes, quiet)
  return [withKeys(spent, hourAt(look.at), look.keysAge), stillQuiet]
}

/** Minutes since the start that are in none of the sums. */
const unaccounted = ({ start, open, closed, moved }: Shift, at: number): number =>
  minutesBetween(secondsOf(start), at) - open - closed - moved

const withMove = (shift: Shift, at: number, by: number): Shift => ({
  ...shift,
  moved: shift.moved + by,
  marks: [...shift.marks, { kind: by < 0 ? 'back' : 'ahead', hour: hourAt(at), minutes: Math.abs(by) }],
})

function spend(shift: Shift, { at, away }: Look, minutes: number, quiet: Quiet): readonly [Shift, Quiet] {
  const total = totalOf(sumOf(shift.hours))
  if (away && minutes > GAP) {
    const gap: Mark = { kind: 'closed', hour: hourAt(at - minutes * 60), minutes }
    return [
      { ...shift, closed: shift.closed + minutes, marks: [...shift.marks, gap] },
      { minutes: 0, counted: total },
    ]
  }
  const still: Quiet = { minutes: total === quiet.counted ? quiet.minutes + minutes : 0, counted: total }
  if (minutes === 0) return [shift, still]
  const spent = away ? { ...shift, closed: shift.closed + minutes } : { ...shift, open: shift.open + minutes }
  return [withQuiet(spent, hourAt(at - still.minutes * 60), Math.floor((still.minutes - 1) / GAP)), still]
}

/** A quiet stretch that goes on is the same mark, made longer. */
function withQuiet(shift: Shift, hour: string, gaps: number): Shift {
  if (gaps < 1) return shift
  const isSame = (mark: Mark): boolean => mark.kind === 'quiet' && mark.hour === hour
  const last = shift.marks.findLast(isSame)
  const goesOn = last !== undefined && last.minutes === (gaps - 1) * GAP
  if (last?.minutes === gaps * GAP) return shift
  const mark: Mark = { kind: 'quiet', hour, minutes: gaps * GAP }
  return { ...shift, marks: [...shift.marks.filter((one) => !goesOn || one !== last), mark] }
}

function withKeys(shift: Shift, hour: string, keysAge: number | undefined): Shift {
  const row = hourOf(shift, hour)
  if (shift.hours.includes(row) && (keysAge === undefined || keysAge <= (row.keysAge ?? -1))) return shift
  return withHour(shift, { ...row, keysAge })
}

/** A shift as it was kept, or nothing. Parts of it that are damaged are left out. */
export function asShift(start: unknown, record: unknown): Shift | undefined {
  if (!isMinute(start) || !isFields(record)) return undefined
  const { end, open, closed, moved, hours, marks } = record
  if (end !== undefined && !isMinute(end)) return undefined
  if (!isCount(open) || !isCount(closed) || !isMinutes(moved) || !Array.isArray(hours) || !Array.isArray(marks))
    return undefined
  return { start, end, open, closed, moved, hours: hours.flatMap(asShiftHour), marks: marks.flatMap(asMark) }
}

const isMinutes = (value: unknown): value is number => Number.isSafeInteger(value)

function asShiftHour(record: unknown): ShiftHour[] {
  const counts = isFields(record) ? asCounts(record.counts) : undefined
  if (!isFields(record) || !isHour(record.hour) || !counts) return []
  return [{ hour: record.hour, counts, keysAge: isCount(record.keysAge) ? record.keysAge : undefined }]
}

function asMark(record: unknown): Mark[] {
  if (!isFields(record) || !isHour(record.hour) || !isCount(record.minutes)) return []
  const kind = markKinds.find((one) => one === record.kind)
  return kind ? [{ kind, hour: record.hour, minutes: record.minutes }] : []
}
