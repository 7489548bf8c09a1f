import type { ReactElement } from 'react'
import { isReady } from '../device/readiness.ts'
import type { Gate } from '../gate.ts'
import { checksOf } from './checks.ts'
import { firstRunWords } from './page-words.ts'
import { useRead } from './use.ts'

/** First run: a minute of practice for who is new, and whether the device may be carried out of reach of a network. */
export default function FirstRunCard({ gate }: { gate: Gate }): ReactElement {
  const readiness = useRead(gate.readiness)
  const ready = isReady(readiness)
  const missing = checksOf(readiness).find(({ done, needed }) => needed && !done)
  return (
    <section className="card welcome" aria-live="polite">
      <h2>{firstRunWords.title}</h2>
      <p>{firstRunWords.about}</p>
      <p className="small">
        <b>{ready ? firstRunWords.ready : firstRunWords.notReady}</b>{' '}
        {!ready && missing && `${missing.label}: ${missing.todo}`}
      </p>
      <div className="row">
        <button type="button" className="quiet" onClick={() => gate.change({ welcomed: true })}>
          {firstRunWords.skip}
        </button>
        <button type="button" className="next" onClick={() => gate.dispatch({ type: 'open', panel: 'practice' })}>
          {firstRunWords.start}
        </button>
      </div>
    </section>
  )
}
