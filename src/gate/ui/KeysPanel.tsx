import { lazy, Suspense, useRef, useState, type ReactElement } from 'react'
import type { TrustedIssuer } from '../../core/trust-list.ts'
import type { Gate } from '../gate.ts'
import { posterOf } from '../../browser/poster.ts'
import { Fingerprint } from './Fingerprint.tsx'
import { Locked, useLock } from './Pin.tsx'
import { useRead } from './use.ts'
import { say } from './page-words.ts'
import { fromNow, onClock } from './words.ts'

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
        {say(`keys.${freshness}`)}
      </p>
      {(skew === 'ahead' || skew === 'behind') && (
        <section className="warning" role="alert" data-clock={skew}>
          <p>{say(`page.skew.${skew}`)}</p>
          <dl className="facts">
            <dt>{say('time.here')}</dt>
            <dd>{onClock(now)}</dd>
            <dt>{say('time.server')}</dt>
            <dd>{onClock(now - (lastRefresh?.skew ?? 0))}</dd>
          </dl>
        </section>
      )}
      {trust ? (
        <dl className="facts">
          <dt>{say('page.keys.list-number')}</dt>
          <dd data-fact="seq">{trust.seq}</dd>
          <dt>{say('page.keys.made')}</dt>
          <dd>{momentOf(trust.iat, now)}</dd>
          <dt>{say('page.keys.stops')}</dt>
          <dd>{momentOf(trust.exp, now)}</dd>
          {(skew === 'right' || skew === 'unknown') && (
            <>
              <dt>{say('page.keys.clock')}</dt>
              <dd data-clock={skew}>{say(`page.skew.${skew}`)}</dd>
            </>
          )}
        </dl>
      ) : (
        <p>{say('page.keys.no-list')}</p>
      )}
      <p role="status" data-outcome={lastRefresh?.outcome}>
        {refreshing
          ? say('page.keys.asking')
          : lastRefresh
            ? say('page.keys.last-asked', {
                ago: fromNow(lastRefresh.at, now),
                outcome: say(`page.refresh.${lastRefresh.outcome}`),
              })
            : say('page.keys.never-asked')}
      </p>
      <div className="row">
        <button
          type="button"
          className="quiet"
          disabled={refreshing}
          onClick={() => (locked ? setAsking(true) : file.current?.click())}
        >
          {say('page.keys.import')}
        </button>
        <button type="button" className="next" disabled={refreshing} onClick={() => void gate.keyring.refresh()}>
          {say('page.keys.refresh')}
        </button>
      </div>
      {asking && <Locked gate={gate}>{say('page.pin.opened')}</Locked>}
      <input
        ref={file}
        type="file"
        accept=".jwt,.txt,application/jwt,text/plain"
        hidden
        aria-label={say('page.keys.file')}
        onChange={({ target }) => {
          const [list] = target.files ?? []
          target.value = ''
          if (list) void list.text().then((text) => gate.keyring.importFile(text))
        }}
      />
      <h2>{say('page.keys.issuers')}</h2>
      {[...(trust?.issuers.values() ?? [])].map((issuer) => (
        <Issuer key={issuer.iss} issuer={issuer} gate={gate} />
      ))}
      {trust?.issuers.size === 0 && <p>{say('page.keys.no-issuer')}</p>}
      {trust && trust.dropped.length > 0 && (
        <section>
          <h2>{say('page.keys.left-out')}</h2>
          <p>{say('page.keys.left-out-about')}</p>
          <ul>
            {trust.dropped.map(({ iss, kid }) => (
              <li key={`${iss} ${kid ?? ''}`}>
                {iss === '' ? say('page.keys.no-address') : iss} {kid !== undefined && <code>{kid}</code>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {config && (
        <>
          <h2>{say('page.enrol.root')}</h2>
          <p>{say('page.keys.compare')}</p>
          {config.roots.map(({ kid }) => (
            <p key={kid} data-root={kid}>
              <Fingerprint root={kid} />
            </p>
          ))}
        </>
      )}
      {poster !== undefined && config?.gate !== undefined && (
        <>
          <h2>{say('page.poster.heading')}</h2>
          <Suspense>
            <Poster text={poster} gate={config.gate} operator={config.operator} />
          </Suspense>
        </>
      )}
    </>
  )
}

/** "3 hours ago (24 Nov 2026, 10:15)" */
const momentOf = (at: number, now: number): string =>
  say('page.keys.moment', { ago: fromNow(at, now), date: onClock(at) })

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
            {say('page.keys.key')} <code>{kid}</code> {alg}
            {exp !== Number.MAX_SAFE_INTEGER && ` · ${say('page.keys.until', { date: onClock(exp) })}`}
          </li>
        ))}
        {[...issuer.statusLists].map((uri) => {
          const list = belief.statusLists.get(uri)
          return (
            <li key={uri}>
              {list && now < list.exp
                ? say('page.keys.withdrawn', { ago: fromNow(list.iat, now) })
                : say('page.keys.withdrawn-missing')}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
