// Live presentation: <token>~<KB-JWT>, RFC 9901 section 4.3 with no disclosures. The KB-JWT shows that whoever holds up
// the code has the holder's key now: header {"alg","typ":"kb+jwt"}, payload iat, aud, nonce, sd_hash.
import { base64url } from 'jose'
import {
  ascii,
  hasExactly,
  isCanonicalBytes,
  isCount,
  isText,
  openSegment,
  segmentsOf,
  type Fields,
} from './compact.ts'
import { importPublicKey, signatureHolds } from './keys.ts'
import { KB_JWT_LENGTH } from './profile.ts'

/** How old a KB-JWT may be, and how far ahead of the gate's clock, in seconds. */
export const KB_JWT_AGE = 60
export const KB_JWT_AHEAD = 30
/** The audience of a presentation that any gate may take. */
export const ANY_GATE = 'vs-gate'

/** WebCrypto, as far as it is used here: jose brings no plain digest. */
declare const crypto: {
  readonly subtle: { digest(algorithm: 'SHA-256', data: Uint8Array): Promise<ArrayBuffer> }
}

/** `sd_hash` of a token that discloses nothing: base64url(SHA-256("<token>~")). RFC 9901, section 4.3.1. */
export async function sdHash(token: string): Promise<string> {
  return base64url.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', ascii(`${token}~`))))
}

/**
 * True when `kbJwt` is well formed, fresh, made for this gate, about this token, and signed by the key in `cnf`.
 * @param gate the gate's own id, if it has one; times in seconds
 */
export async function isLive(
  kbJwt: string | undefined,
  token: string,
  cnf: Fields,
  gate: string | undefined,
  now: number,
): Promise<boolean> {
  if (kbJwt === undefined || kbJwt.length > KB_JWT_LENGTH) return false
  const segments = segmentsOf(kbJwt)
  if (!segments) return false
  const [first, second, third] = segments
  const header = openSegment(first)
  const payload = openSegment(second)
  if (!header || !payload || !isCanonicalBytes(third)) return false
  if (!hasExactly(header, ['alg', 'typ']) || header['typ'] !== 'kb+jwt') return false
  if (!hasExactly(payload, ['iat', 'aud', 'nonce', 'sd_hash'])) return false

  const { iat, aud, nonce } = payload
  if (!isCount(iat) || iat < now - KB_JWT_AGE || iat > now + KB_JWT_AHEAD) return false
  if (aud !== ANY_GATE && !(gate !== undefined && aud === gate)) return false
  if (!isText(nonce) || nonce.length < 8) return false
  if (payload['sd_hash'] !== (await sdHash(token))) return false

  const key = await importPublicKey(cnf)
  return key !== undefined && (await signatureHolds(kbJwt, header['alg'], key))
}
