// Public keys: JWK in, an algorithm and an imported key out. RFC 7517, RFC 7518 section 6.2, RFC 8037 section 2.
// ES256 and Ed25519 (RFC 9864) are the only algorithms; a key has exactly one.
import { base64url, type CryptoKey } from 'jose'
import { ascii, isFields } from './compact.ts'

export type Algorithm = 'ES256' | 'Ed25519'

/** A key that was imported once and can be used many times. */
export interface VerificationKey {
  readonly alg: Algorithm
  readonly key: CryptoKey
}

/** The two algorithms in WebCrypto's words: RFC 7518, section 3.4, and RFC 8037, section 3.1. */
const algorithms = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  Ed25519: { name: 'Ed25519' },
} as const satisfies Record<Algorithm, object>

/** WebCrypto, as far as it is used here: on a phone it is all that jose would call, and jose itself is 3 kB more. */
declare const crypto: {
  readonly subtle: {
    importKey(
      format: 'jwk',
      jwk: object,
      algorithm: (typeof algorithms)[Algorithm],
      extractable: false,
      usages: readonly ['verify'],
    ): Promise<CryptoKey>
    verify(
      algorithm: (typeof algorithms)[Algorithm],
      key: CryptoKey,
      signature: Uint8Array,
      data: Uint8Array,
    ): Promise<boolean>
  }
}

const coordinate = /^[A-Za-z0-9_-]{43}$/
const isCoordinate = (value: unknown): value is string => typeof value === 'string' && coordinate.test(value)

/**
 * Imports a public signing key. Nothing for any other key: private (RFC 7517 9.2), symmetric, another curve, another
 * `alg`, a `use` other than `sig`, `key_ops` without `verify`, a point that is not on the curve.
 */
export async function importPublicKey(jwk: unknown): Promise<VerificationKey | undefined> {
  if (!isFields(jwk) || 'd' in jwk || !isCoordinate(jwk['x'])) return undefined
  if ('use' in jwk && jwk['use'] !== 'sig') return undefined
  const operations = jwk['key_ops']
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify'))) return undefined

  const { x } = jwk
  if (jwk['kty'] === 'EC' && jwk['crv'] === 'P-256' && isCoordinate(jwk['y'])) {
    return importAs('ES256', jwk['alg'], { kty: 'EC', crv: 'P-256', x, y: jwk['y'] })
  }
  if (jwk['kty'] === 'OKP' && jwk['crv'] === 'Ed25519') {
    return importAs('Ed25519', jwk['alg'], { kty: 'OKP', crv: 'Ed25519', x })
  }
  return undefined
}

async function importAs(
  alg: Algorithm,
  stated: unknown,
  jwk: { kty: 'EC'; crv: string; x: string; y: string } | { kty: 'OKP'; crv: string; x: string },
): Promise<VerificationKey | undefined> {
  if (stated !== undefined && stated !== alg) return undefined
  try {
    return { alg, key: await crypto.subtle.importKey('jwk', jwk, algorithms[alg], false, ['verify']) }
  } catch {
    return undefined
  }
}

/**
 * Checks the signature of a compact JWS with one key and that key's one algorithm (RFC 7515, section 5.2, step 8). Header
 * and payload were opened before: they are not decoded again, which is what takes the time in jose's `compactVerify`.
 * Never throws.
 * @param stated the header's `alg`: with any other than the key's own, nothing holds (RFC 8725, section 3.1)
 */
export async function signatureHolds(jws: string, stated: unknown, { alg, key }: VerificationKey): Promise<boolean> {
  if (stated !== alg) return false
  try {
    const end = jws.lastIndexOf('.')
    const signature = base64url.decode(jws.slice(end + 1))
    return await crypto.subtle.verify(algorithms[alg], key, signature, ascii(jws.slice(0, end)))
  } catch {
    return false
  }
}
