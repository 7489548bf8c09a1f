// The counts as CSV: RFC 4180, a header, CRLF. https://www.rfc-editor.org/rfc/rfc4180
import { outcomes } from '../session/settings.ts'
import { totalOf, type HourCounts } from './counts.ts'
import { dayOf, offsetOf, secondsOf } from './local.ts'

const field = (value: string | number): string =>
  /[",\r\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value)

/** Every hour that is kept, in its order. @param gate the gate's id, so that files of many gates can be put together */
export function csvOf(hours: readonly HourCounts[], gate: string): string {
  const rows = hours
    .toSorted((a, b) => secondsOf(a.hour) - secondsOf(b.hour))
    // "UTC" before the offset keeps spreadsheets from taking it for a sum.
    .map(({ hour, counts }) => [
      gate,
      dayOf(hour),
      `${hour.slice(11, 13)}:00`,
      `UTC${offsetOf(hour)}`,
      ...outcomes.map((outcome) => counts[outcome]),
      totalOf(counts),
    ])
  const header = ['gate', 'date', 'hour', 'offset', ...outcomes, 'total']
  return [header, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('')
}
