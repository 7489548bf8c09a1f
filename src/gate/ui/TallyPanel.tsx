import { useEffect, useRef, useState, type ReactElement } from 'react'
import type { Gate } from '../gate.ts'
import { sumOf, totalOf } from '../tally/counts.ts'
import { csvOf } from '../tally/csv.ts'
import type { Ledger } from '../tally/ledger.ts'
import { dayAt, dayOf, secondsOf } from '../tally/local.ts'
import type { Shift } from '../tally/shift.ts'
import { hoursOfDay, shiftOn, type Tally } from '../tally/tally.ts'
import { HourChart, HourTable, Outcomes, Patterns } from './HourChart.tsx'
import { PageIcon } from './page-icons.tsx'
import { ShiftReport } from './ShiftReport.tsx'
import { useRead } from './use.ts'
import { useLedger } from './use-ledger.ts'
import { dayWords, sinceWords, spanWords } from './when.ts'
import { say } from './page-words.ts'

/** How many were scanned, and of which outcome: by hour and day, and by shift. */
export function TallyPanel({ gate }: { gate: Gate }): ReactElement {
  const ledger = useLedger(gate)
  const { tally, kept } = useRead(ledger)
  const [reported, setReported] = useState<string>()
  // Another tab may have counted too.
  useEffect(() => void ledger.look(), [ledger])
  const today = dayAt(gate.clock())
  const report = tally.shifts.find(({ start }) => start === reported)
  return (
    <>
      <Patterns />
      {report ? (
        <ShiftReport gate={gate} shift={report} onBack={() => setReported(undefined)} />
      ) : (
        <>
          {!kept && (
            <p className="lead" role="status">
              {say('page.tally.not-kept')}
            </p>
          )}
          <ShiftNow ledger={ledger} today={today} shift={shiftOn(tally, gate.clock())} onReport={setReported} />
          <Day tally={tally} today={today} />
          <Shifts shifts={tally.shifts} onReport={setReported} />
          <Data gate={gate} ledger={ledger} tally={tally} />
        </>
      )}
    </>
  )
}

interface OnReport {
  readonly onReport: (start: string) => void
}

interface Now extends OnReport {
  readonly ledger: Ledger
  readonly today: string
  readonly shift: Shift | undefined
}

function ShiftNow({ ledger, today, shift, onReport }: Now): ReactElement {
  return (
    <section className="tally-shift" data-shift={shift ? 'on' : 'off'}>
      <p role="status">
        {shift ? say('page.tally.shift-since', { start: sinceWords(shift.start, today) }) : say('page.tally.no-shift')}
      </p>
      <div className="row">
        {shift && (
          <button type="button" className="quiet" onClick={() => onReport(shift.start)}>
            {say('page.tally.report')}
          </button>
        )}
        {/* One button for both, so that it keeps the focus. */}
        <button type="button" className="next" onClick={() => void (shift ? ledger.endShift() : ledger.startShift())}>
          {say(shift ? 'page.tally.end-shift' : 'page.tally.start-shift')}
        </button>
      </div>
    </section>
  )
}

/** One day, and the way to those before it that counted anything. */
function Day({ tally, today }: { tally: Tally; today: string }): ReactElement {
  const days = [...new Set([...tally.hours.map(({ hour }) => dayOf(hour)), today])].toSorted()
  const [chosen, choose] = useState<string>()
  const day = chosen !== undefined && days.includes(chosen) ? chosen : today
  const at = days.indexOf(day)
  const rows = hoursOfDay(tally.hours, day)
  const counts = sumOf(rows)
  return (
    <section>
      <div className="tally-day">
        <button
          type="button"
          aria-label={say('page.tally.day-before')}
          disabled={at === 0}
          onClick={() => choose(days[at - 1])}
        >
          <PageIcon name="back" />
        </button>
        <h2 aria-live="polite">{day === today ? say('page.tally.today') : dayWords(day)}</h2>
        <button
          type="button"
          aria-label={say('page.tally.day-after')}
          disabled={at === days.length - 1}
          onClick={() => choose(days[at + 1])}
        >
          <PageIcon name="forward" />
        </button>
      </div>
      <p className="lead" data-total={totalOf(counts)}>
        {say('page.tally.scans', { scans: totalOf(counts) })}
      </p>
      <Outcomes counts={counts} />
      {rows.length > 0 && (
        <>
          <h3>{say('page.tally.by-hour')}</h3>
          <HourChart rows={rows} />
          <HourTable rows={rows} caption={say('page.tally.by-hour-of', { day: dayWords(day) })} />
        </>
      )}
    </section>
  )
}

function Shifts({ shifts, onReport }: OnReport & { shifts: readonly Shift[] }): ReactElement | null {
  const past = shifts.filter(({ end }) => end !== undefined)
  if (past.length === 0) return null
  return (
    <section>
      <h2>{say('page.tally.shifts')}</h2>
      <ul className="tally-shifts">
        {past
          .toSorted((a, b) => secondsOf(b.start) - secondsOf(a.start))
          .map(({ start, end, hours }) => (
            <li key={start}>
              <button type="button" onClick={() => onReport(start)}>
                {spanWords(start, end, say('page.tally.now'))}
                <span>{say('page.tally.scans', { scans: totalOf(sumOf(hours)) })}</span>
              </button>
            </li>
          ))}
      </ul>
    </section>
  )
}

/** What can be done with all that is kept: take it along, or forget it. */
function Data({ gate, ledger, tally }: { gate: Gate; ledger: Ledger; tally: Tally }): ReactElement {
  const { config } = useRead(gate.keyring)
  const [asked, setAsked] = useState(false)
  const title = useRef<HTMLHeadingElement>(null)
  /** The question goes, and the focus must not go with it. */
  const answered = (): void => {
    setAsked(false)
    title.current?.focus()
  }
  const isEmpty = tally.hours.length === 0 && tally.shifts.length === 0
  return (
    <section>
      <h2 ref={title} tabIndex={-1}>
        {say('page.tally.kept')}
      </h2>
      <p>{say('page.tally.kept-about')}</p>
      {asked ? (
        <div className="tally-reset" role="group" aria-label={say('page.tally.reset')}>
          <p>{say('page.tally.reset-about')}</p>
          <div className="row">
            <button type="button" className="next" ref={(keep) => keep?.focus()} onClick={answered}>
              {say('page.tally.reset-keep')}
            </button>
            <button type="button" className="quiet" onClick={() => void ledger.reset().then(answered)}>
              {say('page.tally.reset-now')}
            </button>
          </div>
        </div>
      ) : (
        <div className="row">
          <button type="button" className="quiet" disabled={isEmpty} onClick={() => setAsked(true)}>
            {say('page.tally.reset')}
          </button>
          <button
            type="button"
            className="quiet"
            disabled={tally.hours.length === 0}
            onClick={() => saveFile(csvOf(tally.hours, config?.gate ?? ''), fileName(config?.gate, gate.clock()))}
          >
            {say('page.tally.csv')}
          </button>
        </div>
      )}
    </section>
  )
}

const fileName = (gate: string | undefined, now: number): string =>
  `${['tally', gate?.replaceAll(/[^\w-]+/g, '-'), dayAt(now)].filter((part) => part).join('-')}.csv`

/** Gives a file to the browser's downloads: no server has a part in it. */
function saveFile(text: string, name: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = href
  link.download = name
  link.click()
  // The download has been handed over by then, in every engine.
  setTimeout(() => URL.revokeObjectURL(href), 60_000)
}
