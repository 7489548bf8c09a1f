import type { Succession, TrustListFault } from '../../core/trust-list.ts'
import type { FetchFault } from './fetch.ts'

/** How a refresh or an import ended. `updated` and `same` are good; the rest left the keys as they were. */
export type RefreshOutcome =
  | 'updated'
  | 'same'
  | FetchFault
  | TrustListFault
  | Exclude<Succession, 'newer' | 'same'>
  | 'status-lists-missing'
  | 'bad-config'
  | 'nothing-in-file'
  | 'not-kept'

const outcomes = {
  updated: true,
  same: true,
  unreachable: true,
  'timed-out': true,
  'http-error': true,
  'too-large': true,
  'not-a-trust-list': true,
  'unknown-root': true,
  'bad-signature': true,
  'bad-claims': true,
  'below-floor': true,
  'rolled-back': true,
  forked: true,
  'retired-root': true,
  'status-lists-missing': true,
  'bad-config': true,
  'nothing-in-file': true,
  'not-kept': true,
} as const satisfies Record<RefreshOutcome, true>

export const isRefreshOutcome = (value: unknown): value is RefreshOutcome =>
  typeof value === 'string' && Object.hasOwn(outcomes, value)
