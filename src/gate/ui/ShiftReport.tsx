import type { ReactElement } from 'react'
import { AGEING_AFTER } from '../device/readiness.ts'
import type { Gate } from '../gate.ts'
import { sumOf, totalOf } from '../tally/counts.ts'
import { offsetOf, secondsOf, minutesBetween } from '../tally/local.ts'
import type { Shift, ShiftHour } from '../tally/shift.ts'
import { withEmptyHours } from '../tally/tally.ts'
import { HourChart, HourTable, Outcomes } from './HourChart.tsx'
import { useRead } from './use.ts'
import { ageWords, hourWords, lengthWords, momentWords } from './when.ts'
import { say } from './page-words.ts'

/** A shift as an inspector is shown it, on the screen or on paper. It claims nothing that it could not know. */
export function ShiftReport({ gate, shift, onBack }: { gate: Gate; shift: Shift; onBack: () => void }): ReactElement {
  const { config } = useRead(gate.keyring)
  const { start, end, open, moved } = shift
  const until = end === undefined ? gate.clock() : secondsOf(end)
  const counts = sumOf(shift.hours)
  const rows = withEmptyHours(shift.hours)
  return (
    <article className="report" data-report={start}>
      <div className="row screen-only">
        <button type="button" className="quiet" onClick={onBack}>
          {say('page.report.back')}
        </button>
        <button type="button" className="next" onClick={() => window.print()}>
          {say('page.report.print')}
        </button>
      </div>
      <h2 ref={(title) => title?.focus()} tabIndex={-1}>
        {say('page.report.title')}
      </h2>
      <dl className="facts">
        <dt>{say('page.gate.operator')}</dt>
        <dd>{config?.operator ?? say('page.gate.not-set')}</dd>
        <dt>{say('page.gate.gate')}</dt>
        <dd>{config?.gate ?? say('page.gate.not-set')}</dd>
        <dt>{say('page.report.start')}</dt>
        <dd>{momentWords(start)}</dd>
        <dt>{say('page.report.end')}</dt>
        <dd>{end === undefined ? say('page.report.still-on') : momentWords(end)}</dd>
        <dt>{say('page.report.zone')}</dt>
        <dd>{[...new Set([start, end ?? start].map((label) => `UTC${offsetOf(label)}`))].join(', ')}</dd>
        <dt>{say('page.report.length')}</dt>
        <dd>{lengthWords(Math.max(0, minutesBetween(secondsOf(start), until) - moved))}</dd>
        <dt>{say('page.report.open')}</dt>
        <dd>{lengthWords(open)}</dd>
        <dt>{say('page.report.keys')}</dt>
        <dd>{keysWords(shift.hours)}</dd>
      </dl>
      <section className="report-sum">
        <p className="lead">{say('page.tally.scans', { scans: totalOf(counts) })}</p>
        <Outcomes counts={counts} />
      </section>
      <section>
        <h3>{say('page.report.marks')}</h3>
        <Marks shift={shift} />
      </section>
      {rows.length > 0 && (
        <section>
          <h3>{say('page.tally.by-hour')}</h3>
          <HourChart rows={rows} />
          <HourTable rows={rows} caption={say('page.tally.by-hour')} />
        </section>
      )}
      <p className="small">{say('page.report.claim')}</p>
    </article>
  )
}

/** How old the keys were: from the freshest hour to the oldest. */
function keysWords(hours: readonly ShiftHour[]): string {
  const ages = hours.flatMap(({ keysAge }) => keysAge ?? [])
  if (ages.length === 0) return say('page.report.no-keys')
  const [least, most] = [ageWords(Math.min(...ages)), ageWords(Math.max(...ages))]
  return least === most ? least : say('page.report.keys-range', { least, most })
}

function Marks({ shift }: { shift: Shift }): ReactElement {
  const old = shift.hours.filter(({ keysAge }) => keysAge === undefined || keysAge * 3600 >= AGEING_AFTER)
  const marks = [
    ...shift.marks.map(({ kind, hour, minutes }) => ({
      hour,
      words: say(`page.mark.${kind}`, { length: lengthWords(minutes) }),
    })),
    ...old.map(({ hour, keysAge }) => ({
      hour,
      words:
        keysAge === undefined ? say('page.report.no-keys') : say('page.report.old-keys', { age: ageWords(keysAge) }),
    })),
  ].toSorted((a, b) => secondsOf(a.hour) - secondsOf(b.hour))
  if (marks.length === 0) return <p>{say('page.report.no-marks')}</p>
  return (
    <ul className="marks">
      {marks.map(({ hour, words }) => (
        <li key={`${hour} ${words}`}>
          <b>{say('page.report.in-hour', { hour: hourWords(hour, shift.hours) })}</b> {words}
        </li>
      ))}
    </ul>
  )
}
