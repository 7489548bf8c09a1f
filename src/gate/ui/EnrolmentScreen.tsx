import { useEffect, useState, type ReactElement } from 'react'
import { isPlaceFault, type ConfigFault } from '../../core/belief.ts'
import type { Gate } from '../gate.ts'
import type { Enrolling } from '../trust/enrolling.ts'
import type { RefreshOutcome } from '../trust/outcome.ts'
import { Fingerprint } from './Fingerprint.tsx'
import { LanguageButton } from './LanguageButton.tsx'
import { say } from './page-words.ts'
import { Title } from './Title.tsx'

interface Props {
  readonly gate: Gate
  readonly enrolling: Enrolling
}

/** Before anything else, where the address names a root: whether this is the gate that the paper means. */
export default function EnrolmentScreen({ gate, enrolling }: Props): ReactElement {
  const { outcome } = enrolling
  // Nobody but who holds the paper can tell, whatever the link says.
  const [differs, setDiffers] = useState(false)
  const shown = differs ? 'differs' : outcome
  const [tries, setTries] = useState(0)
  // No code is taken meanwhile.
  useEffect(() => gate.dispatch({ type: 'open', panel: 'enrolment' }), [gate])
  return (
    <main className="panel" data-screen="enrolment" data-enrolment={shown}>
      <header>
        <Title key={`${shown} ${tries}`}>{say(titles[shown])}</Title>
        <LanguageButton gate={gate} />
      </header>
      <section className="panel-body" tabIndex={0} aria-label={say(titles[shown])}>
        {enrolling.outcome !== 'confirmed' && <Facts enrolling={enrolling} />}
        {enrolling.outcome === 'no-config' && (
          <>
            <p className="lead">{faultWords(enrolling.fault)}</p>
            <button type="button" className="next" onClick={enrolling.again}>
              {say('page.camera.try-again')}
            </button>
          </>
        )}
        {(differs || outcome === 'mismatch') && <p className="lead">{say('page.enrol.stop')}</p>}
        {enrolling.outcome === 'match' && !differs && (
          <>
            <p>{say('page.enrol.about')}</p>
            <div className="row">
              <button type="button" className="quiet" onClick={() => setDiffers(true)}>
                {say('page.enrol.differs')}
              </button>
              <button type="button" className="next" onClick={() => confirm(enrolling)}>
                {say('page.enrol.same')}
              </button>
            </div>
          </>
        )}
        {enrolling.outcome === 'confirmed' && (
          <FirstRefresh
            key={tries}
            gate={gate}
            onAgain={() => setTries(tries + 1)}
            onOver={() => {
              gate.dispatch({ type: 'return' })
              enrolling.over()
            }}
          />
        )}
      </section>
    </main>
  )
}

/** The address has said what it had to say: opened anew, the page asks no more. */
function confirm(match: Extract<Enrolling, { outcome: 'match' }>): void {
  const address = new URL(location.href)
  address.searchParams.delete('root')
  history.replaceState(null, '', address)
  match.confirm()
}

const titles = {
  asking: 'page.enrol.asking',
  'no-config': 'page.enrol.mismatch',
  mismatch: 'page.enrol.mismatch',
  differs: 'page.enrol.mismatch',
  match: 'page.enrol.compare',
  confirmed: 'page.enrol.confirmed',
} as const satisfies Record<Enrolling['outcome'] | 'differs', string>

/** What stands on the paper too; and what this gate has, where that is something else. */
function Facts({ enrolling }: { enrolling: Enrolling }): ReactElement {
  return (
    <dl className="enrolment-facts">
      <dt>{say('page.enrol.address')}</dt>
      <dd>
        <code className="fingerprint" dir="ltr" translate="no">
          {location.origin + location.pathname}
        </code>
      </dd>
      <dt>{say(enrolling.outcome === 'mismatch' ? 'page.enrol.root-named' : 'page.enrol.root')}</dt>
      <dd>
        <Fingerprint root={enrolling.root} />
      </dd>
      {enrolling.outcome === 'mismatch' && (
        <>
          <dt>{say('page.enrol.root')}</dt>
          {enrolling.config.roots.map(({ kid }) => (
            <dd key={kid}>
              <Fingerprint root={kid} />
            </dd>
          ))}
        </>
      )}
    </dl>
  )
}

/** The first refresh begins when the gate has opened with what was confirmed: here is how it ends. */
function FirstRefresh({
  gate,
  onAgain,
  onOver,
}: {
  gate: Gate
  onAgain: () => void
  onOver: () => void
}): ReactElement {
  const [outcome, setOutcome] = useState<RefreshOutcome>()
  useEffect(() => void gate.keyring.refresh().then(setOutcome), [gate])
  return (
    <>
      <p className="lead" role="status" data-outcome={outcome}>
        {say(outcome === undefined ? 'page.keys.asking' : `page.refresh.${outcome}`)}
      </p>
      <div className="row">
        {outcome !== undefined && outcome !== 'updated' && outcome !== 'same' && (
          <button type="button" className="quiet" onClick={onAgain}>
            {say('page.camera.try-again')}
          </button>
        )}
        <button type="button" className="next" disabled={outcome === undefined} onClick={onOver}>
          {say('page.enrol.go-on')}
        </button>
      </div>
    </>
  )
}

function faultWords(fault: ConfigFault | 'missing'): string {
  return isPlaceFault(fault) ? say('pill.policy', { member: fault }) : say(`config.${fault}`)
}
