import { lazy, Suspense, useRef, useState, type ReactElement } from 'react'
import type { TrustedIssuer } from '../../core/trust-list.ts'
import type { Gate } from '../gate.ts'
import { fromNow, onClock } from '../../browser/format.ts'
import { posterOf } from '../../browser/poster.ts'
import { Locked, useLock } from './Pin.tsx'
import { useRead } from './use.ts'
import { pinWords, posterWords, refreshWords, skewWords } from './page-words.ts'
import { freshnessWords, timeWords } from './words.ts'

const Poster = lazy(() => import('./Poster.tsx'))

/** Whom this device believes, how old that belief is, and how to renew it. */
export function KeysPanel({ gate }: { gate: Gate }): ReactElement {
  const { belief, config, refreshing, lastRefresh } = useRead(gate.keyring)
  const { freshness, skew } = useRead(gate.readiness)
  const { isSet, isOpen } = useRead(useLock(gate))
  const locked = isSet && !isOpen
  const [asking, setAsking] = useState(false)
  const file = useRef<HTMLInputElement>(null)
  const now = gate.clock()
  const { trust } = belief
  const poster = config?.gate === undefined ? undefined : posterOf(config.gate)
  return (
    <>
      <p className="lead" data-freshness={freshness}>
        {freshnessWords[freshness]}
      </p>
      {(skew === 'ahead' || skew === 'behind') && (
        <section className="warning" role="alert" data-clock={skew}>
          <p>{skewWords[skew]}</p>
          <dl className="facts">
            <dt>{timeWords.here}</dt>
            <dd>{onClock(now)}</dd>
            <dt>{timeWords.server}</dt>
            <dd>{onClock(now - (lastRefresh?.skew ?? 0))}</dd>
          </dl>
        </section>
      )}
      {trust ? (
        <dl className="facts">
          <dt>List number</dt>
          <dd data-fact="seq">{trust.seq}</dd>
          <dt>Made</dt>
          <dd>
            {fromNow(trust.iat, now)} ({onClock(trust.iat)})
          </dd>
          <dt>Stops</dt>
          <dd>
            {fromNow(trust.exp, now)} ({onClock(trust.exp)})
          </dd>
          {(skew === 'right' || skew === 'unknown') && (
            <>
              <dt>Clock</dt>
              <dd data-clock={skew}>{skewWords[skew]}</dd>
            </>
          )}
        </dl>
      ) : (
        <p>There is no list on this device yet. Connect it and press Refresh, or import the list from a file.</p>
      )}
      <p role="status" data-outcome={lastRefresh?.outcome}>
        {refreshing
          ? 'Asking for newer keys …'
          : lastRefresh
            ? `Last asked ${fromNow(lastRefresh.at, now)}: ${refreshWords[lastRefresh.outcome]}`
            : 'Never asked yet.'}
      </p>
      <div className="row">
        <button
          type="button"
          className="quiet"
          disabled={refreshing}
          onClick={() => (locked ? setAsking(true) : file.current?.click())}
        >
          Import file
        </button>
        <button type="button" className="next" disabled={refreshing} onClick={() => void gate.keyring.refresh()}>
          Refresh
        </button>
      </div>
      {asking && <Locked gate={gate}>{pinWords.opened}</Locked>}
      <input
        ref={file}
        type="file"
        accept=".jwt,.txt,application/jwt,text/plain"
        hidden
        aria-label="A trust list"
        onChange={({ target }) => {
          const [list] = target.files ?? []
          target.value = ''
          if (list) void list.text().then((text) => gate.keyring.importFile(text))
        }}
      />
      <h2>Issuers</h2>
      {[...(trust?.issuers.values() ?? [])].map((issuer) => (
        <Issuer key={issuer.iss} issuer={issuer} gate={gate} />
      ))}
      {trust?.issuers.size === 0 && <p>The list names no issuer. Tell the operator.</p>}
      {trust && trust.dropped.length > 0 && (
        <section>
          <h2>Left out</h2>
          <p>These entries of the list are faulty and are not believed. Tell the operator.</p>
          <ul>
            {trust.dropped.map(({ iss, kid }) => (
              <li key={`${iss} ${kid ?? ''}`}>
                {iss === '' ? 'an issuer with no address' : iss} {kid !== undefined && <code>{kid}</code>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {poster !== undefined && config?.gate !== undefined && (
        <>
          <h2>{posterWords.heading}</h2>
          <Suspense>
            <Poster text={poster} gate={config.gate} operator={config.operator} />
          </Suspense>
        </>
      )}
    </>
  )
}

function Issuer({ issuer, gate }: { issuer: TrustedIssuer; gate: Gate }): ReactElement {
  const { belief } = gate.keyring.read()
  const now = gate.clock()
  return (
    <section className="issuer">
      <h3>{issuer.name}</h3>
      <p className="small">{issuer.iss}</p>
      <ul>
        {[...issuer.keys.values()].map(({ kid, alg, exp }) => (
          <li key={kid}>
            Key <code>{kid}</code> {alg}
            {exp !== Number.MAX_SAFE_INTEGER && `, until ${onClock(exp)}`}
          </li>
        ))}
        {[...issuer.statusLists].map((uri) => {
          const list = belief.statusLists.get(uri)
          return (
            <li key={uri}>
              Withdrawn codes: {list && now < list.exp ? `list from ${fromNow(list.iat, now)}` : 'list missing'}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
