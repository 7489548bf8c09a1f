import type { ReactElement } from 'react'
import { Qr } from '../../browser/Qr.tsx'
import { say } from './page-words.ts'

interface PosterProps {
  readonly text: string
  readonly gate: string
  readonly operator: string | undefined
}

/** This gate's own QR: who scans it with their code's page gets a live code that works here and nowhere else. */
export default function Poster({ text, gate, operator }: PosterProps): ReactElement {
  return (
    <section className="poster">
      <div className="poster-sheet">
        <h2>{operator ?? say('page.poster.title')}</h2>
        <Qr text={text} ecc="M" label={say('page.poster.qr')} />
        <p className="poster-id">{gate}</p>
        <p>{say('page.poster.how')}</p>
      </div>
      <button type="button" className="quiet" onClick={() => print()}>
        {say('page.poster.print')}
      </button>
    </section>
  )
}
