import type { Readiness } from '../device/readiness.ts'
import { skewWords, storedTodo } from './page-words.ts'

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
