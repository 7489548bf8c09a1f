import type { ReactElement } from 'react'
import { isPlaceFault, type ConfigFault } from '../../core/belief.ts'
import { isReady } from '../device/readiness.ts'
import type { Gate } from '../gate.ts'
import { useRead } from './use.ts'
import { aboutOf } from './looks.ts'
import { fromNow, say } from './words.ts'

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
    ? isPlaceFault(configFault)
      ? say('pill.policy', { member: configFault })
      : say(`config.${configFault}`)
    : readiness.doubt
      ? say(`verdict.${aboutOf(readiness.doubt, readiness.staleness)}.meaning`)
      : listMade === undefined
        ? say(`keys.${freshness}`)
        : say('pill.from', {
            state: say(state === 'good' ? 'pill.ready' : `keys.${freshness}`),
            ago: fromNow(listMade, gate.clock()),
          })
  return (
    <button
      type="button"
      className="pill"
      data-state={state}
      onClick={() => gate.dispatch({ type: 'open', panel: 'keys' })}
    >
      <i aria-hidden="true" />
      {refreshing && readiness.doubt ? say('pill.fetching') : words}
    </button>
  )
}
