// The issuer's interface, as a person's page uses it (docs/profile.md, section 8). What the network does is an answer,
// and what the service says is read member by member: nothing is taken for what it should be.
import { isCount, isFields, isText, type Fields } from '../../core/compact.ts'
import type { Status } from '../../core/verdict.ts'
import { troubleOf, type Trouble } from './trouble.ts'

/** The purpose of an OTP that opens a person's consents, and makes no token. */
export const MANAGE_CONSENTS = 'manage-consents'
const SECONDS = 20

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly trouble: Trouble }

export interface OtpRequest {
  /** E.164. */
  readonly mobile: string
  readonly full_name: string
  readonly consent: { readonly purpose: string; readonly verifier?: string; readonly share_initials: boolean }
}

/** An OTP that is on its way. Times in seconds since 1970 UTC, on this device's clock. */
export interface Sent {
  readonly txn: string
  readonly expiresAt: number
  readonly resendAt: number
}

export interface Issued {
  readonly token: string
  readonly status: Status
  readonly expiresAt: number
  /** How far this device's clock is ahead of the service's, in seconds, where the answer tells. */
  readonly clockAhead: number | undefined
}

export interface Consent {
  readonly id: string
  /** The name of who asked, or the id; nothing for a code of one's own. */
  readonly verifier: string | undefined
  readonly purpose: string
  readonly givenAt: number
  readonly expiresAt: number
  readonly initials: boolean
  readonly withdrawnAt: number | undefined
}

/** A person's consents, and the secret that withdraws them for a short while. */
export interface Consents {
  readonly manage: string
  readonly list: readonly Consent[]
}

export interface Service {
  /** The name of a verifying entity, for a person to know who asks. */
  verifierName(id: string): Promise<Answer<string>>
  sendOtp(request: OtpRequest): Promise<Answer<Sent>>
  /** @param holderKey the public key that a live token is bound to; without one a bearer token is made */
  confirm(txn: string, otp: string, holderKey?: JsonWebKey): Promise<Answer<Issued>>
  consents(txn: string, otp: string): Promise<Answer<Consents>>
  /** Gives the time of it. */
  withdraw(manage: string, id: string): Promise<Answer<number>>
}

/**
 * The service at an origin.
 * @param clock seconds since 1970 UTC
 */
export function serviceAt(origin: string, clock: () => number): Service {
  async function call<T>(
    path: string,
    body: object | undefined,
    read: (fields: Fields, response: Response) => T | undefined,
  ): Promise<Answer<T>> {
    const limit = AbortSignal.timeout(SECONDS * 1000)
    try {
      const response = await fetch(new URL(path, origin), {
        ...(body
          ? { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
          : {}),
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
        signal: limit,
      })
      const answer = await json(response)
      if (!response.ok) return { ok: false, trouble: troubleOf(response, answer, clock()) }
      const value = isFields(answer) ? read(answer, response) : undefined
      return value === undefined ? { ok: false, trouble: { name: 'bad-answer' } } : { ok: true, value }
    } catch {
      return { ok: false, trouble: { name: limit.aborted ? 'too-slow' : 'offline' } }
    }
  }

  return {
    verifierName: (id) =>
      call(`/kyc-vs/verifiers/${encodeURIComponent(id)}`, undefined, ({ name }) => (isText(name) ? name : undefined)),
    sendOtp: (request) =>
      call('/kyc-vs/otp', request, ({ txn_id: txn, expires_in: expires, resend_in: resend }) =>
        isText(txn) && isCount(expires) && isCount(resend)
          ? { txn, expiresAt: clock() + expires, resendAt: clock() + resend }
          : undefined,
      ),
    confirm: (txn, otp, holderKey) =>
      call(
        '/kyc-vs/confirm',
        { txn_id: txn, otp, ...(holderKey ? { holder_key: holderKey } : {}) },
        ({ token, status, expires_at: expiresAt }, { headers }) =>
          isText(token) && (status === 0 || status === 1 || status === 2) && isCount(expiresAt)
            ? { token, status, expiresAt, clockAhead: aheadOf(headers.get('date'), clock()) }
            : undefined,
      ),
    consents: (txn, otp) =>
      call('/kyc-vs/consents', { txn_id: txn, otp }, ({ manage, consents }) =>
        isText(manage) && Array.isArray(consents)
          ? { manage, list: consents.map(readConsent).filter((consent) => consent !== undefined) }
          : undefined,
      ),
    withdraw: (manage, id) =>
      call('/kyc-vs/consents/withdraw', { manage, id }, ({ withdrawn_at: at }) => (isCount(at) ? at : undefined)),
  }
}

/** The body, or nothing when it is no JSON: a proxy's page, say. */
async function json(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Against an HTTP `Date`, which browsers hide from a page of another origin. */
function aheadOf(date: string | null, now: number): number | undefined {
  const there = Date.parse(date ?? '')
  return Number.isNaN(there) ? undefined : now - Math.floor(there / 1000)
}

function readConsent(value: unknown): Consent | undefined {
  if (!isFields(value)) return undefined
  const {
    id,
    verifier_name: name,
    verifier,
    purpose,
    given_at: givenAt,
    expires_at: expiresAt,
    shared,
    withdrawn_at: withdrawnAt,
  } = value
  if (!isText(id) || !isText(purpose) || !isCount(givenAt) || !isCount(expiresAt)) return undefined
  return {
    id,
    verifier: isText(name) ? name : isText(verifier) ? verifier : undefined,
    purpose,
    givenAt,
    expiresAt,
    initials: isFields(shared) && shared['initials'] === true,
    withdrawnAt: isCount(withdrawnAt) ? withdrawnAt : undefined,
  }
}
