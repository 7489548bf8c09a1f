// Labels of local time, and lengths of it, for people: in the device's language, and in the zone that the label says.
import { dayOf, offsetOf } from '../tally/local.ts'

const inLabel = (style: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(undefined, { ...style, timeZone: 'UTC' })
const days = inLabel({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
const hours = inLabel({ hour: '2-digit', minute: '2-digit' })
const moments = inLabel({ dateStyle: 'medium', timeStyle: 'short' })

const units = {
  minute: new Intl.NumberFormat(undefined, { style: 'unit', unit: 'minute', unitDisplay: 'short' }),
  hour: new Intl.NumberFormat(undefined, { style: 'unit', unit: 'hour', unitDisplay: 'short' }),
  day: new Intl.NumberFormat(undefined, { style: 'unit', unit: 'day', unitDisplay: 'long' }),
}

/** What the clock on the wall said, as if it were UTC's. */
const onWall = (label: string): number => Date.parse(`${label.slice(0, -6).padEnd(16, ':00')}Z`)

/** "Tue, 24 Nov 2026" */
export const dayWords = (day: string): string => days.format(new Date(`${day}T00:00Z`))

/** "10:00" */
const clockWords = (label: string): string => hours.format(onWall(label))

/** "10:00", and its distance from UTC where an hour comes twice that day. */
export const hourWords = (label: string, among: readonly { readonly hour: string }[]): string => {
  const isTwice = among.some(({ hour }) => hour !== label && hour.slice(0, 13) === label.slice(0, 13))
  return isTwice ? `${clockWords(label)} UTC${offsetOf(label)}` : clockWords(label)
}

/** "24 Nov 2026, 10:07" */
export const momentWords = (label: string): string => moments.format(onWall(label))

/** "09:02" of today, or "24 Nov 2026, 09:02" */
export const sinceWords = (start: string, today: string): string =>
  dayOf(start) === today ? clockWords(start) : momentWords(start)

/** "24 Nov 2026, 09:02 – 17:00", with the second day only where it is another. */
export const spanWords = (start: string, end: string | undefined, still: string): string => {
  const last = end === undefined ? still : dayOf(end) === dayOf(start) ? clockWords(end) : momentWords(end)
  return `${momentWords(start)} – ${last}`
}

/** "2 hrs 5 min" */
export function lengthWords(minutes: number): string {
  const [whole, rest] = [Math.floor(minutes / 60), minutes % 60]
  return [whole > 0 ? units.hour.format(whole) : '', rest > 0 || whole === 0 ? units.minute.format(rest) : '']
    .filter((part) => part !== '')
    .join(' ')
}

/** "7 hrs", "5 days" */
export const ageWords = (age: number): string =>
  age < 48 ? units.hour.format(age) : units.day.format(Math.floor(age / 24))
