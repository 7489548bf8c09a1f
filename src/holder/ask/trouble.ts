// What can go wrong between a person and the service, by name: from an HTTP answer (RFC 9457) to one of these.
import { isCount, isFields, type Fields } from '../../core/compact.ts'

export const troubles = [
  'offline',
  'too-slow',
  'service-down',
  'bad-answer',
  'bad-details',
  'unknown-verifier',
  'too-many-requests',
  'wrong-otp',
  'otp-over',
  'too-many-tries',
  'not-on-register',
  'session-over',
  'consent-gone',
  'no-key',
  'storage-full',
  'not-kept',
] as const
export type TroubleName = (typeof troubles)[number]

export interface Trouble {
  readonly name: TroubleName
  /** After a wrong OTP. */
  readonly triesLeft?: number
  /** When it may be tried again, in seconds since 1970 UTC. */
  readonly retryAt?: number
}

/** What each problem of the service means here, by the last part of its `type`. */
const byType: Readonly<Record<string, TroubleName>> = {
  'bad-json': 'bad-details',
  invalid: 'bad-details',
  'unknown-verifier': 'unknown-verifier',
  // The one thing that the page asks for by its name.
  'not-found': 'unknown-verifier',
  'holder-key': 'no-key',
  'wrong-otp': 'wrong-otp',
  'not-registered': 'not-on-register',
  closed: 'otp-over',
  'no-session': 'session-over',
  'no-consent': 'consent-gone',
  'over-limit': 'too-many-requests',
  internal: 'service-down',
  unavailable: 'service-down',
}

/** What a status alone means: of something that stands before the service, or of a problem that is newer than this page. */
const byStatus: Readonly<Record<number, TroubleName>> = {
  410: 'otp-over',
  422: 'bad-details',
  429: 'too-many-requests',
}

/**
 * Names what an answer other than 2xx means.
 * @param now seconds since 1970 UTC
 */
export function troubleOf({ status, headers }: Response, body: unknown, now: number): Trouble {
  const problem: Fields = isFields(body) ? body : {}
  const type = /[^:/#]+$/.exec(String(problem['type']))?.[0] ?? ''
  const name = byType[type] ?? byStatus[status] ?? (status >= 500 ? 'service-down' : 'bad-answer')
  const { tries_left: triesLeft, retry_after: wait } = problem
  const retryAt = retryTime(headers.get('retry-after'), now) ?? (isCount(wait) ? now + wait : undefined)
  return {
    name: name === 'wrong-otp' && triesLeft === 0 ? 'too-many-tries' : name,
    ...(isCount(triesLeft) ? { triesLeft } : {}),
    ...(retryAt === undefined ? {} : { retryAt }),
  }
}

/** `Retry-After`: seconds, or an HTTP date. RFC 9110, section 10.2.3. */
function retryTime(header: string | null, now: number): number | undefined {
  if (header === null) return undefined
  if (/^\d{1,8}$/.test(header)) return now + Number(header)
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.ceil(date / 1000)
}
