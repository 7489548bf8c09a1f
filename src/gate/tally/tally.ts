// The tally: how many of each outcome in each hour, and the shifts. Nothing else of a scan, and no time finer than its hour.
import type { Outcome } from '../session/settings.ts'
import { noCounts, oneMore, type HourCounts } from './counts.ts'
import { dayAt, dayOf, dayPlus, hourAt, minuteAt, secondsOf } from './local.ts'
import { endedInTime, freshShift, isOn, withCount, type Shift } from './shift.ts'

/** Today and the 30 days before it. */
export const KEPT_DAYS = 31

export interface Tally {
  readonly hours: readonly HourCounts[]
  readonly shifts: readonly Shift[]
}

export const nothingCounted: Tally = { hours: [], shifts: [] }

/** One more of an outcome, in its hour and in the shift that is on. Seconds since 1970 UTC. */
export function counted(tally: Tally, at: number, outcome: Outcome): Tally {
  const hour = hourAt(at)
  const before = tally.hours.find((one) => one.hour === hour) ?? { hour, counts: noCounts }
  return {
    hours: [...tally.hours.filter((one) => one.hour !== hour), { hour, counts: oneMore(before.counts, outcome) }],
    shifts: tally.shifts.map((shift) => (isOn(shift, at) ? withCount(shift, hour, outcome) : shift)),
  }
}

export const shiftOn = ({ shifts }: Tally, at: number): Shift | undefined => shifts.find((shift) => isOn(shift, at))

/** Starts a shift, unless one is on. Twice in one minute is the same shift. */
export function started(tally: Tally, at: number): Tally {
  if (shiftOn(tally, at)) return tally
  const start = minuteAt(at)
  const again = tally.shifts.find((shift) => shift.start === start)
  const shift = again ? { ...again, end: undefined } : freshShift(start)
  return { ...tally, shifts: [...tally.shifts.filter((one) => one !== again), shift] }
}

export const ended = (tally: Tally, at: number): Tally => ({
  ...tally,
  shifts: tally.shifts.map((shift) => (isOn(shift, at) ? { ...shift, end: minuteAt(at) } : shift)),
})

/**
 * As it is at a time: without what is older than the days that are kept, or dated far ahead by a clock that was wrong; and
 * with the shifts ended that nobody ended.
 */
export function upTo(tally: Tally, at: number): Tally {
  const today = dayAt(at)
  const [first, last] = [dayPlus(today, 1 - KEPT_DAYS), dayPlus(today, KEPT_DAYS)]
  const stays = (label: string): boolean => dayOf(label) >= first && dayOf(label) <= last
  return {
    hours: tally.hours.filter(({ hour }) => stays(hour)),
    shifts: tally.shifts.filter(({ start }) => stays(start)).map((shift) => endedInTime(shift, at)),
  }
}

/** The hours of a day in their order, with those between them in which nobody was scanned. */
export function hoursOfDay(hours: readonly HourCounts[], day: string): HourCounts[] {
  return withEmptyHours(hours.filter(({ hour }) => dayOf(hour) === day))
}

export function withEmptyHours(hours: readonly HourCounts[]): HourCounts[] {
  const rows: HourCounts[] = []
  for (const row of hours.toSorted((a, b) => secondsOf(a.hour) - secondsOf(b.hour))) {
    const before = rows.at(-1)
    for (let at = before ? secondsOf(before.hour) + 3600 : Infinity; at < secondsOf(row.hour); at += 3600)
      rows.push({ hour: hourAt(at), counts: noCounts })
    rows.push(row)
  }
  return rows
}
