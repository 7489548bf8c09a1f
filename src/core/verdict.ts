// The verdict: the one thing that the product says (profile, section 7). A colour is a promise, so only
// `verified` carries a status, and only `verify` makes one.

export const refusals = [
  'bad-signature',
  'bad-claims',
  'expired',
  'not-yet-valid',
  'revoked',
  'wrong-audience',
  'not-live',
] as const
export const doubts = ['no-keys', 'stale-keys', 'unknown-key', 'no-status-list', 'clock-wrong'] as const
export const misreads = ['not-a-token', 'wrong-profile'] as const

/** The token is at fault. */
export type Refusal = (typeof refusals)[number]
/** The device cannot decide. */
export type Doubt = (typeof doubts)[number]
/** The code is not one of ours. */
export type Misread = (typeof misreads)[number]

/** 0 not vaccinated, 1 partly, 2 fully. */
export type Status = 0 | 1 | 2

/** What a token says, once its signature, its claims and its revocation status hold. Times in seconds since 1970 UTC. */
export interface Verified {
  readonly kind: 'verified'
  readonly status: Status
  readonly issuer: string
  readonly issuedAt: number
  readonly expiresAt: number
  /** Bound to the holder's key and presented within the last minute. */
  readonly live: boolean
  readonly initials?: string
}
export type Refused = { readonly kind: 'refused'; readonly reason: Refusal }
export type Unsure = { readonly kind: 'unsure'; readonly reason: Doubt }
export type Unreadable = { readonly kind: 'unreadable'; readonly reason: Misread }

export type Verdict = Verified | Refused | Unsure | Unreadable

export const refused = (reason: Refusal): Refused => ({ kind: 'refused', reason })
export const unsure = (reason: Doubt): Unsure => ({ kind: 'unsure', reason })
export const unreadable = (reason: Misread): Unreadable => ({ kind: 'unreadable', reason })
