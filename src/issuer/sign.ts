// Making what the gate reads: status tokens, trust lists and status lists, as compact JWS (docs/profile.md, sections 1, 4, 5).
import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import { base64url, calculateJwkThumbprint, CompactSign, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import type { Fields } from '../core/compact.ts'
import type { Algorithm } from '../core/keys.ts'
import type { Status } from '../core/verdict.ts'

/** A private JWK with its algorithm: what `kycvs keygen` writes to a file. */
export type PrivateJwk = JWK & { readonly alg: Algorithm; readonly kid: string }

/** Whatever signs: a key in a file, a module (PKCS#11), a service (KMS). */
export interface Signer {
  readonly kid: string
  readonly alg: Algorithm
  readonly publicJwk: JWK
  /** The signature of some bytes, as JWS has it: for ES256 the 64 bytes of R and S (RFC 7518, section 3.4), and no DER. */
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

/** The claims of a status token, by the profile's own names. Times in seconds since 1970 UTC. */
export interface TokenClaims {
  readonly iss: string
  readonly iat: number
  readonly exp: number
  readonly nbf?: number
  readonly vs: Status
  readonly aud?: string
  readonly n?: string
  readonly status?: { readonly status_list: { readonly idx: number; readonly uri: string } }
  readonly cnf?: { readonly jwk: JWK }
}

/** Makes a key pair. An issuer's `kid` is the first 8 characters of its RFC 7638 thumbprint, a root's is the whole. */
export async function makeKey(alg: Algorithm, role: 'issuer' | 'root'): Promise<PrivateJwk> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = await exportJWK(privateKey)
  const thumbprint = await calculateJwkThumbprint(jwk)
  return { ...jwk, kid: role === 'root' ? thumbprint : thumbprint.slice(0, 8), alg, use: 'sig' }
}

const isSigner = (key: PrivateJwk | Signer): key is Signer => 'sign' in key

/** The public half, as it stands in a trust list, a JWKS or `config.json`. */
export function publicJwk(key: PrivateJwk | Signer): JWK {
  if (isSigner(key)) return { ...key.publicJwk, kid: key.kid, alg: key.alg, use: 'sig' }
  const jwk: JWK = { ...key }
  delete jwk.d
  return jwk
}

/** Signs a payload as compact JWS; the header has exactly `alg`, `typ` and `kid`, in this order. */
export async function signCompact(
  payload: Fields | TokenClaims,
  typ: string,
  key: PrivateJwk | Signer,
): Promise<string> {
  const header = { alg: key.alg, typ, kid: key.kid }
  const text = JSON.stringify(payload)
  if (!isSigner(key)) {
    return new CompactSign(new TextEncoder().encode(text))
      .setProtectedHeader(header)
      .sign(await importJWK(key, key.alg))
  }
  const signed = `${base64url.encode(JSON.stringify(header))}.${base64url.encode(text)}`
  return `${signed}.${base64url.encode(await key.sign(new TextEncoder().encode(signed)))}`
}

/** Signs a status token: live when it is bound to a holder's key, bearer otherwise. */
export function signToken(claims: TokenClaims, key: PrivateJwk | Signer): Promise<string> {
  return signCompact(claims, claims.cnf ? 'vs+sd-jwt' : 'vs+jwt', key)
}

/** One issuer as a trust list names it. */
export interface IssuerEntry {
  readonly iss: string
  readonly name: string
  readonly keys: readonly (JWK & { readonly nbf?: number; readonly exp?: number })[]
  readonly status_lists: readonly string[]
  readonly min_iat?: number
}

export interface TrustListClaims {
  readonly iss: string
  readonly iat: number
  readonly exp: number
  readonly seq: number
  readonly issuers: readonly IssuerEntry[]
  /** How this list's root came to be one, oldest first. */
  readonly root_links?: readonly string[]
}

export function signTrustList(claims: TrustListClaims, root: PrivateJwk): Promise<string> {
  return signCompact({ ...claims }, 'trust-list+jwt', root)
}

/** Signs the handing over of one root to the next: the list that carries it must be signed by the next one. */
export function signRootLink(iat: number, next: PrivateJwk, root: PrivateJwk): Promise<string> {
  return signCompact({ iat, roots: [publicJwk(next)] }, 'root-link+jwt', root)
}

/** A status list before it is signed. Times in seconds since 1970 UTC. */
export interface StatusListClaims {
  readonly uri: string
  readonly iat: number
  readonly exp: number
  /** Bits an entry. */
  readonly bits: 1 | 2 | 4 | 8
  /** The entries, least significant bit first. */
  readonly bytes: Uint8Array
}

const zlib = promisify(deflate)

export async function signStatusBytes(
  { uri, iat, exp, bits, bytes }: StatusListClaims,
  key: PrivateJwk | Signer,
): Promise<string> {
  const lst = base64url.encode(await zlib(bytes, { level: 9 }))
  return signCompact({ sub: uri, iat, exp, status_list: { bits, lst } }, 'statuslist+jwt', key)
}

/** Signs a status list of one bit an entry, with these entries revoked. */
export function signStatusList(
  list: Omit<StatusListClaims, 'bits' | 'bytes'> & { readonly size: number; readonly revoked: Iterable<number> },
  key: PrivateJwk | Signer,
): Promise<string> {
  const { uri, iat, exp } = list
  const bytes = new Uint8Array(Math.ceil(list.size / 8))
  for (const index of list.revoked) {
    const at = index >> 3
    bytes[at] = (bytes[at] ?? 0) | (1 << (index & 7))
  }
  return signStatusBytes({ uri, iat, exp, bits: 1, bytes }, key)
}
