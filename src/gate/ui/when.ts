// Labels of local time, and lengths of it, for people: in the language that is on, and in the zone that the label says.
import { dayOf, offsetOf } from '../tally/local.ts'
import { perLanguage } from './language.ts'

const formats = perLanguage((locale) => {
  const inLabel = (style: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' })
  const inUnits = (unit: string, unitDisplay: 'short' | 'long') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay })
  return {
    day: inLabel({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }),
    clock: inLabel({ hour: '2-digit', minute: '2-digit' }),
    moment: inLabel({ dateStyle: 'medium', timeStyle: 'short' }),
    minutes: inUnits('minute', 'short'),
    hours: inUnits('hour', 'short'),
    days: inUnits('day', 'long'),
  }
})

/** What the clock on the wall said, as if it were UTC's. */
const onWall = (label: string): number => Date.parse(`${label.slice(0, -6).padEnd(16, ':00')}Z`)

/** "Tue, 24 Nov 2026" */
export const dayWords = (day: string): string => formats().day.format(new Date(`${day}T00:00Z`))

/** "10:00" */
const clockWords = (label: string): string => formats().clock.format(onWall(label))

/** "10:00", and its distance from UTC where an hour comes twice that day. */
export const hourWords = (label: string, among: readonly { readonly hour: string }[]): string => {
  const isTwice = among.some(({ hour }) => hour !== label && hour.slice(0, 13) === label.slice(0, 13))
  return isTwice ? `${clockWords(label)} UTC${offsetOf(label)}` : clockWords(label)
}

/** "24 Nov 2026, 10:07" */
export const momentWords = (label: string): string => formats().moment.format(onWall(label))

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
  return [whole > 0 ? formats().hours.format(whole) : '', rest > 0 || whole === 0 ? formats().minutes.format(rest) : '']
    .filter((part) => part !== '')
    .join(' ')
}

/** "7 hrs", "5 days" */
export const ageWords = (age: number): string =>
  age < 48 ? formats().hours.format(age) : formats().days.format(Math.floor(age / 24))
