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
import { markWords, reportWords, tallyWords } from './page-words.ts'

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
          {reportWords.back}
        </button>
        <button type="button" className="next" onClick={() => window.print()}>
          {reportWords.print}
        </button>
      </div>
      <h2 ref={(title) => title?.focus()} tabIndex={-1}>
        {reportWords.title}
      </h2>
      <dl className="facts">
        <dt>{reportWords.operator}</dt>
        <dd>{config?.operator ?? reportWords.notSet}</dd>
        <dt>{reportWords.gate}</dt>
        <dd>{config?.gate ?? reportWords.notSet}</dd>
        <dt>{reportWords.start}</dt>
        <dd>{momentWords(start)}</dd>
        <dt>{reportWords.end}</dt>
        <dd>{end === undefined ? reportWords.stillOn : momentWords(end)}</dd>
        <dt>{reportWords.zone}</dt>
        <dd>{[...new Set([start, end ?? start].map((label) => `UTC${offsetOf(label)}`))].join(', ')}</dd>
        <dt>{reportWords.length}</dt>
        <dd>{lengthWords(Math.max(0, minutesBetween(secondsOf(start), until) - moved))}</dd>
        <dt>{reportWords.open}</dt>
        <dd>{lengthWords(open)}</dd>
        <dt>{reportWords.keys}</dt>
        <dd>{keysWords(shift.hours)}</dd>
      </dl>
      <section className="report-sum">
        <p className="lead">{tallyWords.scans(totalOf(counts))}</p>
        <Outcomes counts={counts} />
      </section>
      <section>
        <h3>{reportWords.marks}</h3>
        <Marks shift={shift} />
      </section>
      {rows.length > 0 && (
        <section>
          <h3>{reportWords.byHour}</h3>
          <HourChart rows={rows} />
          <HourTable rows={rows} caption={reportWords.byHour} />
        </section>
      )}
      <p className="small">{reportWords.claim}</p>
    </article>
  )
}

/** How old the keys were: from the freshest hour to the oldest. */
function keysWords(hours: readonly ShiftHour[]): string {
  const ages = hours.flatMap(({ keysAge }) => keysAge ?? [])
  if (ages.length === 0) return reportWords.noKeys
  const [least, most] = [ageWords(Math.min(...ages)), ageWords(Math.max(...ages))]
  return least === most ? least : reportWords.from(least, most)
}

function Marks({ shift }: { shift: Shift }): ReactElement {
  const old = shift.hours.filter(({ keysAge }) => keysAge === undefined || keysAge * 3600 >= AGEING_AFTER)
  const marks = [
    ...shift.marks.map(({ kind, hour, minutes }) => ({ hour, words: markWords[kind](lengthWords(minutes)) })),
    ...old.map(({ hour, keysAge }) => ({
      hour,
      words: keysAge === undefined ? reportWords.noKeys : reportWords.oldKeys(ageWords(keysAge)),
    })),
  ].toSorted((a, b) => secondsOf(a.hour) - secondsOf(b.hour))
  if (marks.length === 0) return <p>{reportWords.noMarks}</p>
  return (
    <ul className="marks">
      {marks.map(({ hour, words }) => (
        <li key={`${hour} ${words}`}>
          <b>{reportWords.inHour(hourWords(hour, shift.hours))}</b> {words}
        </li>
      ))}
    </ul>
  )
}
