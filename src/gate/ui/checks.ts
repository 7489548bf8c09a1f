import { hindranceOf } from '../device/hindrance.ts'
import type { Readiness } from '../device/readiness.ts'
import { say } from './page-words.ts'

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
      label: say('page.check.app'),
      done: readiness.appStored === 'yes',
      todo: readiness.appStored === 'yes' ? '' : say(`page.stored.${readiness.appStored}`),
    },
    {
      needed: true,
      label: say('page.check.keys'),
      done: readiness.freshness !== 'none' && readiness.hindrance === undefined,
      todo:
        readiness.hindrance === undefined
          ? say('page.check.refresh')
          : say(`page.not-kept.${hindranceOf(readiness.hindrance)}`),
    },
    {
      needed: true,
      label: say('page.check.keys-age'),
      done: readiness.freshness !== 'stopped' && readiness.freshness !== 'none',
      todo: say('page.check.refresh'),
    },
    {
      needed: true,
      label: say('page.check.withdrawn'),
      done: readiness.statusListsMissing === 0 && readiness.freshness !== 'none',
      todo: say('page.check.refresh'),
    },
    {
      needed: true,
      label: say('page.check.clock'),
      done: readiness.doubt !== 'clock-wrong',
      todo: say('page.check.set-clock'),
    },
    {
      needed: false,
      label: say('page.check.clock-agrees'),
      done: readiness.skew === 'right',
      todo: say(`page.skew.${readiness.skew}`),
    },
    {
      needed: false,
      label: say('page.check.protected'),
      done: readiness.persisted,
      todo: say('page.check.install'),
    },
  ]
}
