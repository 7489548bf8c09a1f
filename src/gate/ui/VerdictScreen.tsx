import { lazy, Suspense, useEffect, useRef, useState, type ReactElement } from 'react'
import { byStatus, outcomeOf, policyOf, staysFor, type Shown } from '../session/session.ts'
import type { Doubt, Refusal } from '../../core/verdict.ts'
import { freshnessOf } from '../device/readiness.ts'
import type { Gate } from '../gate.ts'
import { Icon } from './icons.tsx'
import { LanguageButton } from './LanguageButton.tsx'
import { aboutOf, lookOf, textFor } from './looks.ts'
import { stalenessOf, type Staleness } from '../trust/time.ts'
import { useTap } from './use.ts'
import { fromNow, onClock, say } from './words.ts'

/** Where its file is gone, the verdict itself still says what to do. */
const AdviceSheet = lazy(() => import('./AdviceSheet.tsx').catch(() => ({ default: () => <></> })))

interface Props {
  readonly gate: Gate
  readonly verdict: Shown
  readonly seenAgo: number | undefined
  readonly pinned: boolean
  /** In practice: what says so, across the screen. It then has none of the marks by which others know a verdict. */
  readonly specimen?: ReactElement
}

/** The answer. A tap anywhere returns to scanning; holding keeps it open. */
export function VerdictScreen({ gate, verdict, seenAgo, pinned, specimen }: Props): ReactElement {
  const { tone, icon } = lookOf(verdict)
  const { belief, lastRefresh } = gate.keyring.read()
  // As it was when the verdict came: what is read in peace must not change.
  const [now] = useState(gate.clock)
  const [policy] = useState(() => policyOf(outcomeOf(verdict), gate.keyring.read().config?.policies))
  const [tag, rule] = (policy?.action && textFor(policy.action)) ?? []
  const staleness = reasonOf(verdict) === 'stale-keys' ? stalenessOf(belief, lastRefresh, now) : undefined
  const about = verdict.kind === 'verified' ? byStatus[verdict.status] : aboutOf(verdict.reason, staleness)
  const action = rule ?? say(`verdict.${about}.action`)
  const freshness = freshnessOf(belief, now)
  const stay = staysFor(verdict, policy)
  const next = useRef<HTMLButtonElement>(null)
  const [advising, setAdvising] = useState(false)

  useEffect(() => next.current?.focus({ preventScroll: true }), [])
  useEffect(() => {
    if (pinned || advising) return undefined
    const over = setTimeout(() => gate.dispatch({ type: 'return' }), stay * 1000)
    return () => clearTimeout(over)
  }, [gate, pinned, advising, stay])
  useTap(
    () => gate.dispatch({ type: 'return' }),
    () => gate.dispatch({ type: 'pin' }),
  )

  return (
    <main
      className="verdict"
      data-tone={tone}
      {...(specimen
        ? { 'data-screen': 'practice' }
        : {
            'data-verdict': verdict.kind,
            'data-status': verdict.kind === 'verified' ? verdict.status : undefined,
            'data-reason': reasonOf(verdict),
          })}
    >
      {specimen}
      <LanguageButton gate={gate} onOpen={() => gate.dispatch({ type: 'pin' })} />
      <div className="verdict-answer" role="alert">
        <Icon name={icon} />
        <h1>{say(`verdict.${outcomeOf(verdict)}.word`)}</h1>
        <p className="verdict-meaning">{say(`verdict.${about}.meaning`)}</p>
        <ShownAgain seenAgo={seenAgo} now={now} />
        {verdict.kind === 'verified' && verdict.initials !== undefined && (
          <p className="verdict-initials">
            <span>{say('verdict.initials')}</span> <b dir="auto">{verdict.initials}</b>
          </p>
        )}
        <p className="verdict-action" lang={tag || undefined} dir={rule === undefined ? undefined : 'auto'}>
          {action}
        </p>
      </div>
      <dl className="verdict-proof" data-staleness={staleness}>
        {[...proofOf(verdict, now), ...timesOf(verdict, staleness, gate, now)].map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
        <div data-freshness={freshness}>
          <dt>{say('verdict.keys')}</dt>
          <dd>{say(`verdict.keys.${freshness}`)}</dd>
        </div>
      </dl>
      <footer className="verdict-foot">
        {!specimen && (
          <div className="verdict-bar" hidden={pinned || advising}>
            <i style={{ animationDuration: `${stay}s` }} />
          </div>
        )}
        {tone !== 'green' && (
          <button
            type="button"
            className="quiet"
            onClick={(event) => {
              event.stopPropagation()
              setAdvising(true)
            }}
          >
            {say('verdict.what-now')}
          </button>
        )}
        <div className="row">
          {/* In practice nothing returns by itself. Its own click must not also count as a tap on the screen. */}
          {!specimen && (
            <button
              type="button"
              className="quiet"
              aria-pressed={pinned}
              onClick={(event) => {
                event.stopPropagation()
                gate.dispatch({ type: 'pin' })
              }}
            >
              {say(pinned ? 'verdict.kept-open' : 'verdict.keep-open')}
            </button>
          )}
          <button ref={next} type="button" className="next" onClick={() => gate.dispatch({ type: 'return' })}>
            {say('verdict.next')}
          </button>
        </div>
      </footer>
      {advising && (
        <Suspense>
          <AdviceSheet
            verdict={verdict}
            staleness={staleness}
            action={action}
            lang={tag || undefined}
            onClose={() => setAdvising(false)}
          />
        </Suspense>
      )}
    </main>
  )
}

/** That this gate saw the same code before, where it did. */
export function ShownAgain({ seenAgo, now }: { seenAgo: number | undefined; now: number }): ReactElement | undefined {
  if (seenAgo === undefined) return undefined
  return (
    <p className="verdict-again" data-seen-ago={Math.floor(seenAgo)}>
      {seenAgo < 60 ? say('verdict.again-now') : say('verdict.again', { ago: fromNow(now - seenAgo, now) })}
    </p>
  )
}

type Fact = readonly [name: string, value: string]

const reasonOf = (verdict: Shown): Refusal | Doubt | undefined =>
  verdict.kind === 'verified' ? undefined : verdict.reason

/** What the issuer says of the code, once that is proven. */
const proofOf = (verdict: Shown, now: number): readonly Fact[] =>
  verdict.kind !== 'verified'
    ? []
    : [
        [say('verdict.issuer'), verdict.issuer],
        [say('verdict.issued'), onClock(verdict.issuedAt)],
        [say('verdict.runs-out'), fromNow(verdict.expiresAt, now)],
      ]

/** The two times that do not go together, where that is why nothing can be checked. */
function timesOf(verdict: Shown, staleness: Staleness | undefined, { keyring }: Gate, now: number): readonly Fact[] {
  const { belief, lastRefresh } = keyring.read()
  const here: Fact = [say('time.here'), onClock(now)]
  if (reasonOf(verdict) === 'clock-wrong') return [here, [say('time.proven'), onClock(belief.newest)]]
  if (staleness === 'ahead') return [here, [say('time.server'), onClock(now - (lastRefresh?.skew ?? 0))]]
  return []
}
