// A signed list as it lies on the disk: its payload as bytes, for in base64url it takes a third more. A country's worth of
// status lists is then within 20 MiB (bench:status).
import { base64url } from 'jose'
import { isCanonicalBytes, isFields, isText, segmentsOf } from '../../core/compact.ts'

export type Packed = string | { readonly header: string; readonly payload: Uint8Array; readonly signature: string }

/** Packs a list so that exactly the same characters come back. One that could not be told so stays as it is. */
export function pack(jws: string): Packed {
  const [header = '', payload = '', signature = ''] = segmentsOf(jws) ?? []
  if (payload === '' || !isCanonicalBytes(payload)) return jws
  return { header, payload: base64url.decode(payload), signature }
}

/** The list's text, or nothing where the disk gives back something else than was written. */
export function unpack(record: unknown): string | undefined {
  if (isText(record)) return record
  if (!isFields(record)) return undefined
  const { header, payload, signature } = record
  if (!isText(header) || !(payload instanceof Uint8Array) || typeof signature !== 'string') return undefined
  return `${header}.${base64url.encode(payload)}.${signature}`
}
