import type { ReactElement } from 'react'
import { isReady } from '../device/readiness.ts'
import type { Gate } from '../gate.ts'
import { checksOf } from './checks.ts'
import { useRead } from './use.ts'

/** First run: whether the device may be carried out of reach of a network. Put away once read. */
export default function WelcomeCard({ gate }: { gate: Gate }): ReactElement {
  const readiness = useRead(gate.readiness)
  const ready = isReady(readiness)
  const missing = checksOf(readiness).find(({ done, needed }) => needed && !done)
  return (
    <section className="card welcome" aria-live="polite">
      <h2>{ready ? 'Ready to work offline' : 'Getting ready to work offline'}</h2>
      <p>
        {ready || !missing
          ? 'App and keys are on this device. What you scan never leaves it.'
          : `${missing.label}: not yet. ${missing.todo}`}
      </p>
      <div className="row">
        <button type="button" className="quiet" onClick={() => gate.dispatch({ type: 'open', panel: 'help' })}>
          What the colours mean
        </button>
        <button type="button" className="next" onClick={() => gate.change({ welcomed: true })}>
          Got it
        </button>
      </div>
    </section>
  )
}
