import { useEffect, useRef, type ReactElement } from 'react'
import { staysFor, type Shown } from '../session/session.ts'
import type { Verified } from '../../core/verdict.ts'
import type { Gate } from '../gate.ts'
import { fromNow, onClock } from '../../browser/format.ts'
import { Icon } from './icons.tsx'
import { lookOf, wordsOf } from './looks.ts'
import { useTap } from './use.ts'

interface Props {
  readonly gate: Gate
  readonly verdict: Shown
  readonly pinned: boolean
}

/** The answer. A tap anywhere returns to scanning; holding keeps it open. */
export function VerdictScreen({ gate, verdict, pinned }: Props): ReactElement {
  const { tone, icon } = lookOf(verdict)
  const { word, meaning, action } = wordsOf(verdict)
  const stay = staysFor(verdict)
  const next = useRef<HTMLButtonElement>(null)

  useEffect(() => next.current?.focus({ preventScroll: true }), [])
  useEffect(() => {
    if (pinned) return undefined
    const over = setTimeout(() => gate.dispatch({ type: 'return' }), stay * 1000)
    return () => clearTimeout(over)
  }, [gate, pinned, stay])
  useTap(
    () => gate.dispatch({ type: 'return' }),
    () => gate.dispatch({ type: 'pin' }),
  )

  return (
    <main
      className="verdict"
      data-verdict={verdict.kind}
      data-status={verdict.kind === 'verified' ? verdict.status : undefined}
      data-reason={verdict.kind === 'verified' ? undefined : verdict.reason}
      data-tone={tone}
    >
      <div className="verdict-answer" role="alert">
        <Icon name={icon} />
        <h1>{word}</h1>
        <p className="verdict-meaning">{meaning}</p>
        {verdict.kind === 'verified' && verdict.initials !== undefined && (
          <p className="verdict-initials">
            <span>Initials</span> <b>{verdict.initials}</b>
          </p>
        )}
        <p className="verdict-action">{action}</p>
      </div>
      {verdict.kind === 'verified' && <Proof verdict={verdict} now={gate.clock()} />}
      <footer className="verdict-foot">
        <div className="verdict-bar" hidden={pinned}>
          <i style={{ animationDuration: `${stay}s` }} />
        </div>
        <div className="row">
          {/* Its own click must not also count as a tap on the screen. */}
          <button
            type="button"
            className="quiet"
            aria-pressed={pinned}
            onClick={(event) => {
              event.stopPropagation()
              gate.dispatch({ type: 'pin' })
            }}
          >
            {pinned ? 'Kept open' : 'Keep open'}
          </button>
          <button ref={next} type="button" className="next" onClick={() => gate.dispatch({ type: 'return' })}>
            Next
          </button>
        </div>
      </footer>
    </main>
  )
}

function Proof({ verdict, now }: { verdict: Verified; now: number }): ReactElement {
  return (
    <dl className="verdict-proof">
      <div>
        <dt>Issuer</dt>
        <dd>{verdict.issuer}</dd>
      </div>
      <div>
        <dt>Issued</dt>
        <dd>{onClock(verdict.issuedAt)}</dd>
      </div>
      <div>
        <dt>Runs out</dt>
        <dd>{fromNow(verdict.expiresAt, now)}</dd>
      </div>
    </dl>
  )
}
