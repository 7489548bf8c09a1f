// Compact JWS, its form only: BASE64URL(header) . BASE64URL(payload) . BASE64URL(signature)
// RFC 7515, section 7.1. Nothing here is proven.
import { base64url } from 'jose'

/** The platform's UTF-8, as far as it is used here: the language has none. */
declare class TextDecoder {
  constructor(label: 'utf-8', options: { readonly fatal: true; readonly ignoreBOM: true })
  decode(bytes: Uint8Array): string
}

// Takes every byte for what it is, or throws: so two texts are the same exactly when their bytes are.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

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

/** Header, payload and signature, as they stand in the text. */
export type Segments = readonly [header: string, payload: string, signature: string]

const shape = /^([\w-]+)\.([\w-]+)\.([\w-]*)$/

/** The segments of a text in compact form, or nothing. */
export function segmentsOf(jws: string): Segments | undefined {
  const [, header, payload, signature] = shape.exec(jws) ?? []
  if (header === undefined || payload === undefined || signature === undefined) return undefined
  return [header, payload, signature]
}

/** A segment, decoded: a JSON object, and the very text that it was parsed from. */
export interface Decoded {
  readonly fields: Fields
  readonly json: string
}

/** The JSON object in a segment, or nothing. Tolerant: what it takes, `isCanonical` may still refuse. */
export function decodeSegment(segment: string): Decoded | undefined {
  try {
    const json = utf8.decode(base64url.decode(segment))
    // RFC 8259, section 8.1: a byte order mark may be ignored. It stays in `json`, so it is never canonical.
    const fields: unknown = JSON.parse(json.replace(/^\uFEFF/, ''))
    return isFields(fields) ? { fields, json } : undefined
  } catch {
    return undefined
  }
}

/** The payload of a text in compact form, when that is a JSON object, or nothing. Tolerant, as `decodeSegment`. */
export function payloadOf(jws: string): Fields | undefined {
  const segments = segmentsOf(jws)
  return segments && decodeSegment(segments[1])?.fields
}

export interface Compact {
  readonly header: Fields
  readonly payload: Fields
}

/** Header and payload of a compact JWS that need not be compact JSON: lists are signed by roots and issuers. */
export function openForm(jws: string): Compact | undefined {
  const segments = segmentsOf(jws)
  const header = segments && decodeSegment(segments[0])?.fields
  // RFC 7515 4.1.11, RFC 7797: no extension is understood here, and an unencoded payload is not one we read.
  if (!header || 'crit' in header || 'b64' in header) return undefined
  const payload = decodeSegment(segments[1])?.fields
  return payload && { header, payload }
}

const canonical = /^(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?$/

/** True for base64url that re-encodes to itself: no padding, and no bit set that is not used (RFC 4648, section 3.5). */
export const isCanonicalBytes = (segment: string): boolean => canonical.test(segment)

/**
 * True when re-encoding what was decoded, as compact JSON in base64url, gives the same characters. So: no padding, no
 * spare bits, no white space, no duplicate members, no `2.0`, no needless escapes, no broken UTF-8.
 */
export const isCanonical = (segment: string, { fields, json }: Decoded): boolean =>
  isCanonicalBytes(segment) && JSON.stringify(fields) === json

/** The JSON object in a canonical segment, or nothing. */
export function openSegment(segment: string): Fields | undefined {
  const decoded = decodeSegment(segment)
  return decoded && isCanonical(segment, decoded) ? decoded.fields : undefined
}

/** ASCII(STRING) of RFC 7515, section 1.1. Throws a RangeError for a text that is not ASCII: no two texts have one form. */
export function ascii(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code > 0x7f) throw new RangeError('not ASCII')
    bytes[at] = code
  }
  return bytes
}
