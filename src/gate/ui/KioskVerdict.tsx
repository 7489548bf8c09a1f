import { useEffect, useRef, useState, type ReactElement } from 'react'
import { freshnessOf } from '../device/readiness.ts'
import type { Gate } from '../gate.ts'
import { byStatus, outcomeOf, policyOf, staysFor, type Shown } from '../session/session.ts'
import { Icon } from './icons.tsx'
import { lookOf, textFor } from './looks.ts'
import { say } from './page-words.ts'
import { useTap } from './use.ts'
import { ShownAgain } from './VerdictScreen.tsx'

const noHold = (): void => {}

interface Props {
  readonly gate: Gate
  readonly verdict: Shown
  readonly seenAgo: number | undefined
}

/**
 * The answer, for who was asked: the same colour, word and attributes as everywhere, and what they do now. Initials, issuer
 * and dates are for staff, and not for everybody who stands behind; that a code came back is said here too, and small, at the
 * edge, how old the keys are.
 */
export function KioskVerdict({ gate, verdict, seenAgo }: Props): ReactElement {
  const { tone, icon } = lookOf(verdict)
  // As it was when the verdict came: what is read in peace must not change.
  const [now] = useState(gate.clock)
  const [freshness] = useState(() => freshnessOf(gate.keyring.read().belief, now))
  const [policy] = useState(() => policyOf(outcomeOf(verdict), gate.keyring.read().config?.policies))
  const [tag, rule] = textFor(policy?.bearer ?? []) ?? []
  const about = verdict.kind === 'verified' ? byStatus[verdict.status] : verdict.reason
  const stay = staysFor(verdict, policy)
  const done = useRef<HTMLButtonElement>(null)
  const back = (): void => gate.dispatch({ type: 'return' })

  useEffect(() => done.current?.focus({ preventScroll: true }), [])
  useEffect(() => {
    const over = setTimeout(() => gate.dispatch({ type: 'return' }), stay * 1000)
    return () => clearTimeout(over)
  }, [gate, stay])
  useTap(back, noHold)

  return (
    <main
      className="verdict"
      data-kiosk=""
      data-verdict={verdict.kind}
      data-status={verdict.kind === 'verified' ? verdict.status : undefined}
      data-reason={verdict.kind === 'verified' ? undefined : verdict.reason}
      data-tone={tone}
    >
      <div className="verdict-answer" role="alert">
        <Icon name={icon} />
        <h1>{say(`verdict.${outcomeOf(verdict)}.word`)}</h1>
        <ShownAgain seenAgo={seenAgo} now={now} />
        <p className="verdict-action" lang={tag || undefined} dir={rule === undefined ? undefined : 'auto'}>
          {rule ?? say(`page.bearer.${about}`)}
        </p>
      </div>
      <footer className="verdict-foot">
        <p className="kiosk-keys" data-freshness={freshness}>
          {say('verdict.keys')}: {say(`verdict.keys.${freshness}`)}
        </p>
        <div className="verdict-bar">
          <i style={{ animationDuration: `${stay}s` }} />
        </div>
        <button ref={done} type="button" className="next" onClick={back}>
          {say('page.kiosk.done')}
        </button>
      </footer>
    </main>
  )
}
