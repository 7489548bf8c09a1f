// What the device can tell of its own clock. The host's `Date` is not signed: it changes words, and never a verdict.
import { CLOCK_LAG, type Belief } from '../../core/verify.ts'
import type { RefreshRecord } from './store.ts'

/** A clock that is further off than this from the server's is told, in seconds. */
export const SKEW_TOLD = CLOCK_LAG

/** Whether the clock was off when the server was last heard, and which way. */
export function skewOf(last: RefreshRecord | undefined): 'unknown' | 'right' | 'ahead' | 'behind' {
  if (last?.skew === undefined) return 'unknown'
  if (Math.abs(last.skew) <= SKEW_TOLD) return 'right'
  return last.skew > 0 ? 'ahead' : 'behind'
}

/** Why a list looks too old: it is; or the clock is ahead, and it is not; or it was old already when it was fetched. */
export type Staleness = 'old' | 'ahead' | 'not-renewed'

export function stalenessOf({ trust }: Belief, last: RefreshRecord | undefined, now: number): Staleness {
  if (!trust || !last) return 'old'
  if (skewOf(last) === 'ahead' && now - (last.skew ?? 0) < trust.exp) return 'ahead'
  const wasFetched = last.outcome === 'same' || last.outcome === 'updated' || last.outcome === 'status-lists-missing'
  return wasFetched && last.at >= trust.exp ? 'not-renewed' : 'old'
}
