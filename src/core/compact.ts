// Compact JWS, its form only: BASE64URL(header) . BASE64URL(payload) . BASE64URL(signature)
// RFC 7515, section 7.1. Nothing here is proven.
import { base64url, decodeJwt, decodeProtectedHeader } from 'jose'

export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A string that is not empty. */
export const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** An integer from 0 up that a double holds exactly: a NumericDate, an index, a sequence number. */
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0

/** What of a value can be named in a report: a text, cut short, or nothing. */
export const hasText = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 200) : '')

const https = /^(https:\/\/[^\s/?#@]+|http:\/\/localhost(:\d+)?)([/?][^\s#]*)?$/

/** An `https:` URL without user or fragment, or `http://localhost` for the demo. */
export const isHttps = (value: unknown): value is string => typeof value === 'string' && https.test(value)

/** True when `fields` has every required member, and none but those and the optional ones. */
export function hasExactly(fields: Fields, required: readonly string[], optional: readonly string[] = []): boolean {
  const present = Object.keys(fields)
  return (
    required.every((name) => Object.hasOwn(fields, name)) &&
    present.every((name) => required.includes(name) || optional.includes(name))
  )
}

export interface Compact {
  readonly header: Fields
  readonly payload: Fields
}

const segments = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/

/** The JOSE header of a text in compact form, or nothing. Tolerant: what it takes, `isCanonical` may still refuse. */
export function headerOf(jws: string): Fields | undefined {
  if (!segments.test(jws)) return undefined
  try {
    return { ...decodeProtectedHeader(jws) }
  } catch {
    return undefined
  }
}

/** The payload of a text in compact form, when that is a JSON object, or nothing. Tolerant, as `headerOf`. */
export function payloadOf(jws: string): Fields | undefined {
  try {
    return { ...decodeJwt(jws) }
  } catch {
    return undefined
  }
}

/** Header and payload of a compact JWS that need not be compact JSON: lists are signed by roots and issuers. */
export function openForm(jws: string): Compact | undefined {
  const header = headerOf(jws)
  if (!header) return undefined
  const payload = payloadOf(jws)
  // RFC 7515 4.1.11, RFC 7797: no extension is understood here, and an unencoded payload is not one we read.
  if (!payload || 'crit' in header || 'b64' in header) return undefined
  return { header, payload }
}

/**
 * True when re-encoding `value` as compact JSON in base64url gives the same characters. So: no padding, no spare
 * bits, no white space, no duplicate members, no `2.0`, no needless escapes, no broken UTF-8.
 */
export const isCanonical = (segment: string | undefined, value: Fields): boolean =>
  base64url.encode(JSON.stringify(value)) === segment

/** True for base64url that re-encodes to itself. */
export function isCanonicalBytes(segment: string | undefined): boolean {
  if (segment === undefined) return false
  try {
    return base64url.encode(base64url.decode(segment)) === segment
  } catch {
    return false
  }
}
