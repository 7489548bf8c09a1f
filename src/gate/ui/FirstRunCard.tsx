import { useState, type ReactElement } from 'react'
import { isReady } from '../device/readiness.ts'
import type { Gate } from '../gate.ts'
import { askedRoot, inGroups } from '../trust/enrolment.ts'
import { checksOf } from './checks.ts'
import { say } from './page-words.ts'
import { useRead } from './use.ts'

/** First run: a minute of practice for who is new, and whether the device may be carried out of reach of a network. */
export default function FirstRunCard({ gate }: { gate: Gate }): ReactElement {
  const readiness = useRead(gate.readiness)
  const ready = isReady(readiness)
  const { config, configFault } = useRead(gate.keyring)
  const [asked, setAsked] = useState(() => askedRoot(location.search))
  if (asked !== undefined && (config ?? configFault)) {
    const matches = config?.roots.some(({ kid }) => kid === asked) ?? false
    return <Enrolment root={asked} matches={matches} onConfirmed={() => setAsked(undefined)} />
  }
  const missing = checksOf(readiness).find(({ done, needed }) => needed && !done)
  return (
    <section className="card welcome" aria-live="polite">
      <h2>{say('page.first.title')}</h2>
      <p>{say('page.first.about')}</p>
      <p className="small">
        <b>{say(ready ? 'page.first.ready' : 'page.first.not-ready')}</b>{' '}
        {!ready && missing && say('page.first.missing', { check: missing.label, todo: missing.todo })}
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

/** Whether the config beside this page holds the root that the link named. A link that names another is not put away. */
function Enrolment({
  root,
  matches,
  onConfirmed,
}: {
  root: string
  matches: boolean
  onConfirmed: () => void
}): ReactElement {
  return (
    <section className="card welcome" role="alert" data-enrolment={matches ? 'match' : 'mismatch'}>
      <h2>{say(matches ? 'page.enrol.compare' : 'page.enrol.mismatch')}</h2>
      <p className="small">{say('page.enrol.address')}</p>
      <p className="fingerprint">{location.origin + location.pathname}</p>
      {matches && (
        <>
          <p className="small">{say('page.enrol.root')}</p>
          <p className="fingerprint">{inGroups(root)}</p>
        </>
      )}
      <p>{say(matches ? 'page.enrol.about' : 'page.enrol.stop')}</p>
      {matches && (
        <button type="button" className="next" onClick={onConfirmed}>
          {say('page.enrol.same')}
        </button>
      )}
    </section>
  )
}
