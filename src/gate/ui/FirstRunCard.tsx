import type { ReactElement } from 'react'
import { isReady } from '../device/readiness.ts'
import type { Gate } from '../gate.ts'
import { checksOf } from './checks.ts'
import { say } from './page-words.ts'
import { useRead } from './use.ts'

/** First run: a minute of practice for who is new, and whether the device may be carried out of reach of a network. */
export default function FirstRunCard({ gate }: { gate: Gate }): ReactElement {
  const readiness = useRead(gate.readiness)
  const ready = isReady(readiness)
  const { lastRefresh } = useRead(gate.keyring)
  // What comes by itself in a moment is not asked of anybody.
  const isTrying = readiness.appStored === 'no' || lastRefresh === undefined
  const missing = isTrying ? undefined : checksOf(readiness).find(({ done, needed }) => needed && !done)
  return (
    <section className="card welcome" aria-live="polite">
      <h2>{say('page.first.title')}</h2>
      <p>{say('page.first.about')}</p>
      <p className="small">
        <b>{say(ready ? 'page.first.ready' : 'page.first.not-ready')}</b>{' '}
        {missing && say('page.first.missing', { check: missing.label, todo: missing.todo })}
      </p>
      <div className="row">
        <button type="button" className="quiet" onClick={() => gate.change({ welcomed: true })}>
          {say('page.first.skip')}
        </button>
        <button type="button" className="next" onClick={() => gate.dispatch({ type: 'open', panel: 'practice' })}>
          {say('page.first.start')}
        </button>
      </div>
    </section>
  )
}
