// Counts by hour, drawn by hand: a bar an hour, in which each outcome has its tone and its pattern; and the same as a table.
import type { ReactElement } from 'react'
import { outcomes, type Outcome } from '../session/settings.ts'
import { sumOf, totalOf, type Counts, type HourCounts } from '../tally/counts.ts'
import { Icon } from './icons.tsx'
import { looks } from './looks.ts'
import { hourWords } from './when.ts'
import { perLanguage } from './language.ts'
import { say } from './page-words.ts'

const number = perLanguage((locale) => new Intl.NumberFormat(locale))

/** Drawn in the colour that stands on the tone, on a tile of 8 by 8. */
const marks = {
  full: '',
  partly: 'M2 0v8M6 0v8',
  none: 'M0 4h8',
  refused: 'M-2 2l4-4M0 8l8-8M6 10l4-4',
  unsure: 'M3 4h2',
} as const satisfies Record<Outcome, string>

const fillOf = (outcome: Outcome): string => `url(#tally-${outcome})`

/** The patterns that bars and patches are filled with: once in a page. */
export function Patterns(): ReactElement {
  return (
    <svg className="tally-patterns" width="0" height="0" aria-hidden="true" focusable="false">
      <defs>
        {outcomes.map((outcome) => (
          <pattern
            key={outcome}
            id={`tally-${outcome}`}
            data-tone={looks[outcome].tone}
            width="8"
            height="8"
            patternUnits="userSpaceOnUse"
          >
            <rect width="8" height="8" />
            <path d={marks[outcome]} />
          </pattern>
        ))}
      </defs>
    </svg>
  )
}

/** How many of each: pattern, icon, word, number. */
export function Outcomes({ counts }: { counts: Counts }): ReactElement {
  return (
    <dl className="tally-outcomes">
      {outcomes.map((outcome) => (
        <div key={outcome}>
          <dt>
            <svg className="patch" aria-hidden="true" focusable="false">
              <rect width="100%" height="100%" fill={fillOf(outcome)} />
            </svg>
            <Icon name={looks[outcome].icon} />
            {say(`verdict.${outcome}.word`)}
          </dt>
          <dd>{number().format(counts[outcome])}</dd>
        </div>
      ))}
    </dl>
  )
}

/** For eyes alone: what it shows stands in the table. */
export function HourChart({ rows }: { rows: readonly HourCounts[] }): ReactElement {
  const most = Math.max(1, ...rows.map(({ counts }) => totalOf(counts)))
  return (
    <div className="tally-chart" aria-hidden="true">
      {rows.map(({ hour, counts }) => (
        <div key={hour}>
          <span>{hourWords(hour, rows)}</span>
          <svg focusable="false">
            {segmentsOf(counts, most).map(({ outcome, from, width }) => (
              <rect key={outcome} x={`${from}%`} width={`${width}%`} height="100%" fill={fillOf(outcome)} />
            ))}
            <rect className="bar" width={`${(totalOf(counts) / most) * 100}%`} height="100%" />
          </svg>
          <b>{number().format(totalOf(counts))}</b>
        </div>
      ))}
    </div>
  )
}

/** Where each outcome lies in a bar, in hundredths of the longest. */
function segmentsOf(counts: Counts, most: number): { outcome: Outcome; from: number; width: number }[] {
  let from = 0
  return outcomes.flatMap((outcome) => {
    const width = (counts[outcome] / most) * 100
    const segment = { outcome, from, width }
    from += width
    return width > 0 ? [segment] : []
  })
}

export function HourTable({ rows, caption }: { rows: readonly HourCounts[]; caption: string }): ReactElement {
  return (
    <table className="tally-table">
      <caption className="unseen">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{say('page.tally.hour')}</th>
          {outcomes.map((outcome) => (
            <th key={outcome} scope="col">
              <Icon name={looks[outcome].icon} />
              <span className="tally-head">{say(`verdict.${outcome}.word`)}</span>
            </th>
          ))}
          <th scope="col">{say('page.tally.all')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ hour, counts }) => (
          <Row key={hour} head={hourWords(hour, rows)} counts={counts} />
        ))}
      </tbody>
      <tfoot>
        <Row head={say('page.tally.all')} counts={sumOf(rows)} />
      </tfoot>
    </table>
  )
}

function Row({ head, counts }: { head: string; counts: Counts }): ReactElement {
  return (
    <tr>
      <th scope="row">{head}</th>
      {outcomes.map((outcome) => (
        <td key={outcome} data-none={counts[outcome] === 0 || undefined}>
          {number().format(counts[outcome])}
        </td>
      ))}
      <td>{number().format(totalOf(counts))}</td>
    </tr>
  )
}
