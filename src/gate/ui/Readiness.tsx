import type { ReactElement } from 'react'
import type { ConfigFault } from '../../core/belief.ts'
import { isReady, type Readiness } from '../device/readiness.ts'
import type { Gate } from '../gate.ts'
import { fromNow } from '../../browser/format.ts'
import { useRead } from './use.ts'
import { configWords, doubtWords, freshnessWords, skewWords, staleWords, storedTodo } from './words.ts'

/** The gate's health in one line, always in view: what it is, and since when. It opens the keys. */
export function StatusPill({
  gate,
  configFault,
}: {
  gate: Gate
  configFault: ConfigFault | 'missing' | undefined
}): ReactElement {
  const readiness = useRead(gate.readiness)
  const { refreshing } = useRead(gate.keyring)
  const { freshness, listMade } = readiness
  const state = configFault || readiness.doubt ? 'bad' : freshness === 'ageing' || !isReady(readiness) ? 'warn' : 'good'
  const words = configFault
    ? configWords[configFault]
    : readiness.doubt
      ? (readiness.doubt === 'stale-keys' ? staleWords[readiness.staleness] : doubtWords[readiness.doubt]).meaning
      : listMade === undefined
        ? freshnessWords[freshness]
        : `${state === 'good' ? 'Ready offline' : freshnessWords[freshness]} · keys from ${fromNow(listMade, gate.clock())}`
  return (
    <button
      type="button"
      className="pill"
      data-state={state}
      onClick={() => gate.dispatch({ type: 'open', panel: 'keys' })}
    >
      <i aria-hidden="true" />
      {refreshing && readiness.doubt ? 'Fetching keys …' : words}
    </button>
  )
}

export interface Check {
  readonly label: string
  readonly done: boolean
  /** False where the gate works without it, only less surely. */
  readonly needed: boolean
  readonly todo: string
}

/** What "ready" is made of, each with what to do while it is not. */
export function checksOf(readiness: Readiness): readonly Check[] {
  return [
    {
      needed: true,
      label: 'App stored on this device',
      done: readiness.appStored === 'yes',
      todo: storedTodo[readiness.appStored],
    },
    {
      needed: true,
      label: 'Keys held',
      done: readiness.freshness !== 'none' && readiness.keysKept,
      todo: readiness.keysKept
        ? 'Connect this device, then press Refresh on the Keys page.'
        : 'This browser keeps nothing here: leave private mode.',
    },
    {
      needed: true,
      label: 'Keys not too old',
      done: readiness.freshness !== 'stopped' && readiness.freshness !== 'none',
      todo: 'Connect this device, then press Refresh on the Keys page.',
    },
    {
      needed: true,
      label: 'List of withdrawn codes held',
      done: readiness.statusListsMissing === 0 && readiness.freshness !== 'none',
      todo: 'Connect this device, then press Refresh on the Keys page.',
    },
    {
      needed: true,
      label: 'Clock plausible',
      done: readiness.doubt !== 'clock-wrong',
      todo: 'Set date and time of this device to automatic.',
    },
    {
      needed: false,
      label: 'Clock agrees with the server’s',
      done: readiness.skew === 'right',
      todo: skewWords[readiness.skew],
    },
    {
      needed: false,
      label: 'Storage protected from clearing',
      done: readiness.persisted,
      todo: 'Install the app (see below): then the browser keeps it when space runs low.',
    },
  ]
}

/** First run: whether the device may be carried out of reach of a network. Put away once read. */
export function WelcomeCard({ gate }: { gate: Gate }): ReactElement {
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
