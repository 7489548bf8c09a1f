// Signing by hand, with Node's own crypto and none of the product's code: whatever bytes a forger may want under a true
// signature. Keys live in memory for one run.
import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'

export type Json = Readonly<Record<string, unknown>>

export interface Signer {
  readonly alg: string
  /** Full RFC 7638 thumbprint for a root, its first 8 characters otherwise, unless stated. */
  readonly kid: string
  /** The public key, bare: no `kid`, `alg` or `use`. */
  readonly jwk: Json
  readonly privateKey: KeyObject
  readonly sign: (data: string) => Uint8Array
}

const thumbprint = (jwk: Json): string => {
  const members = Object.entries(jwk).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify(Object.fromEntries(members)))
    .digest('base64url')
}

const kinds = {
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ES256K: () => generateKeyPairSync('ec', { namedCurve: 'secp256k1' }),
  ES384: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  Ed25519: () => generateKeyPairSync('ed25519'),
}
const digests = { ES256: 'sha256', ES256K: 'sha256', ES384: 'sha384', RS256: 'sha256', Ed25519: null }

export function makeSigner(alg: keyof typeof kinds, kid?: string): Signer {
  const { publicKey, privateKey } = kinds[alg]()
  const jwk: Json = { ...publicKey.export({ format: 'jwk' }) }
  return {
    alg,
    kid: kid ?? thumbprint(jwk).slice(0, 8),
    jwk,
    privateKey,
    sign: (data) => sign(digests[alg], Buffer.from(data), { key: privateKey, dsaEncoding: 'ieee-p1363' }),
  }
}

/** A root's `kid` is the whole thumbprint. */
export function makeRoot(alg: 'ES256' | 'Ed25519'): Signer {
  const signer = makeSigner(alg)
  return { ...signer, kid: thumbprint(signer.jwk) }
}

/** One half of a JWS before it is encoded: a JSON value to be written compactly, or its text, or its very bytes. */
export type Part = Json | string | Uint8Array

export function encode(part: Part): string {
  if (part instanceof Uint8Array) return Buffer.from(part).toString('base64url')
  return Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url')
}

/** Signs two segments as they stand, canonical or not. */
export const signSegments = (first: string, second: string, { sign: by }: Pick<Signer, 'sign'>): string =>
  `${first}.${second}.${encode(by(`${first}.${second}`))}`

export const compact = (header: Part, payload: Part, signer: Pick<Signer, 'sign'>): string =>
  signSegments(encode(header), encode(payload), signer)

/** The same bytes, written with a spare bit set in the last character: RFC 4648, section 3.5. */
export function spareBit(segment: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  if (segment.length % 4 === 0) throw new Error('a segment of whole groups has no spare bits')
  const last = alphabet.indexOf(segment.slice(-1))
  return segment.slice(0, -1) + alphabet.charAt(last + 1)
}

/** The three segments of a compact JWS. */
export function split(jws: string): [header: string, payload: string, signature: string] {
  const [header = '', payload = '', signature = ''] = jws.split('.')
  return [header, payload, signature]
}

/** A code of exactly `length` characters. Base64url never has 4n + 1, so there is more than one way to make it. */
export function ofLength(length: number, ...ways: ((filler: string) => string)[]): string {
  for (const way of ways) {
    const least = 8 + Math.floor(((length - way('x'.repeat(8)).length) * 3) / 4)
    for (const size of [least, least + 1, least + 2]) {
      const code = way('x'.repeat(size))
      if (code.length === length) return code
    }
  }
  throw new Error(`no code has ${length} characters`)
}
