import type { ReactElement } from 'react'
import { Qr } from '../../browser/Qr.tsx'
import { posterWords } from './page-words.ts'

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
        <h2>{operator ?? posterWords.title}</h2>
        <Qr text={text} ecc="M" label={posterWords.qr} />
        <p className="poster-id">{gate}</p>
        <p>{posterWords.how}</p>
      </div>
      <button type="button" className="quiet" onClick={() => print()}>
        {posterWords.print}
      </button>
    </section>
  )
}
