import type { ReactElement } from 'react'
import type { ConfigFault } from '../../core/belief.ts'
import { isReady } from '../device/readiness.ts'
import type { Gate } from '../gate.ts'
import { fromNow } from '../../browser/format.ts'
import { useRead } from './use.ts'
import { configFaultWords, doubtWords, freshnessWords, staleWords } from './words.ts'

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
    ? configFaultWords(configFault)
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
