// Local time as labels that say their own distance from UTC (ISO 8601), so that they read the same in any time zone: an
// hour `2026-11-24T10+05:30`, a minute `2026-11-24T10:07+05:30`. An hour that happens twice has two labels.

const hourForm = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3])[+-]\d\d:\d\d$/
const minuteForm = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d[+-]\d\d:\d\d$/

const digits = (value: number, length = 2): string => String(value).padStart(length, '0')

/** The local day, the time of its clock and its distance from UTC. Seconds since 1970 UTC. */
function clockAt(seconds: number): { day: string; hour: string; minute: string; offset: string } {
  const date = new Date(seconds * 1000)
  const east = -date.getTimezoneOffset()
  const distance = Math.abs(east)
  return {
    day: `${digits(date.getFullYear(), 4)}-${digits(date.getMonth() + 1)}-${digits(date.getDate())}`,
    hour: digits(date.getHours()),
    minute: digits(date.getMinutes()),
    offset: `${east < 0 ? '-' : '+'}${digits(Math.floor(distance / 60))}:${digits(distance % 60)}`,
  }
}

export function hourAt(seconds: number): string {
  const { day, hour, offset } = clockAt(seconds)
  return `${day}T${hour}${offset}`
}

export function minuteAt(seconds: number): string {
  const { day, hour, minute, offset } = clockAt(seconds)
  return `${day}T${hour}:${minute}${offset}`
}

export const dayAt = (seconds: number): string => clockAt(seconds).day

export const dayOf = (label: string): string => label.slice(0, 10)

export const offsetOf = (label: string): string => label.slice(-6)

/** When a label begins, in seconds since 1970 UTC. */
export const secondsOf = (label: string): number =>
  Date.parse(hourForm.test(label) ? `${label.slice(0, 13)}:00${offsetOf(label)}` : label) / 1000

const isLabel = (value: unknown, form: RegExp): value is string =>
  typeof value === 'string' && form.test(value) && Number.isFinite(secondsOf(value))

export const isHour = (value: unknown): value is string => isLabel(value, hourForm)
export const isMinute = (value: unknown): value is string => isLabel(value, minuteForm)

/** The day so many days later, or earlier. A day of the calendar, whatever its length. */
export function dayPlus(day: string, days: number): string {
  const date = new Date(`${day}T00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** Whole minutes from the one to the other. */
export const minutesBetween = (from: number, to: number): number => Math.floor(to / 60) - Math.floor(from / 60)
