// Whether this device is ready to work with no network, and what is missing.
import type { AppState } from '../../browser/app.ts'
import { doubt, type Belief } from '../../core/verify.ts'
import type { Doubt } from '../../core/verdict.ts'
import { DAY, namedStatusLists } from '../../core/trust-list.ts'
import type { RefreshRecord } from '../trust/store.ts'
import { skewOf, stalenessOf, type Staleness } from '../trust/time.ts'

/** How old the keys are: `fresh` up to 24 h, `ageing` after 3 days, `stopped` once the list has run out. */
export type Freshness = 'none' | 'fresh' | 'good' | 'ageing' | 'stopped'

export const FRESH_FOR = DAY
export const AGEING_AFTER = 3 * DAY

export interface Readiness {
  readonly appStored: AppState['stored']
  /** Keys and app survive when the device runs out of space. */
  readonly persisted: boolean
  /** The name of the error for which keys are not kept; nothing where they are. */
  readonly hindrance: string | undefined
  readonly freshness: Freshness
  /** Seconds since 1970 UTC; nothing where there is no list. */
  readonly listMade: number | undefined
  readonly listStops: number | undefined
  readonly statusListsMissing: number
  readonly doubt: Doubt | undefined
  /** What `stale-keys` means here. */
  readonly staleness: Staleness
  readonly skew: ReturnType<typeof skewOf>
}

export function freshnessOf({ trust }: Belief, now: number): Freshness {
  if (!trust) return 'none'
  if (now >= trust.exp) return 'stopped'
  const age = now - trust.iat
  return age <= FRESH_FOR ? 'fresh' : age <= AGEING_AFTER ? 'good' : 'ageing'
}

export function judgeReadiness(
  belief: Belief,
  device: Pick<Readiness, 'appStored' | 'persisted' | 'hindrance'>,
  last: RefreshRecord | undefined,
  now: number,
): Readiness {
  const named = namedStatusLists(belief.trust)
  const held = named.filter((uri) => now < (belief.statusLists.get(uri)?.exp ?? 0))
  return {
    ...device,
    hindrance: device.hindrance ?? (last?.outcome === 'not-kept' ? 'QuotaExceededError' : undefined),
    freshness: freshnessOf(belief, now),
    listMade: belief.trust?.iat,
    listStops: belief.trust?.exp,
    statusListsMissing: named.length - held.length,
    doubt: doubt(belief, now)?.reason,
    staleness: stalenessOf(belief, last, now),
    skew: skewOf(last),
  }
}

/** Whether it can judge with no network, now and after the browser was closed. */
export const isReady = (readiness: Readiness): boolean =>
  readiness.appStored === 'yes' &&
  readiness.hindrance === undefined &&
  readiness.doubt === undefined &&
  readiness.statusListsMissing === 0
