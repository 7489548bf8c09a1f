// The good case that every vector starts from, and the ways to change one thing in it. A change of `undefined` takes a
// member away.
import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import type { Refused, Status, Unreadable, Unsure } from '../../src/core/verdict.ts'
import { compact, makeRoot, makeSigner, type Json, type Part, type Signer } from './forge.ts'

export const now = 1_790_000_000
export const DAY = 86_400

export const issuer = 'https://kycvs.example'
export const otherIssuer = 'https://other.example'
export const statusUri = `${issuer}/status/7`

export const root = makeRoot('ES256')
export const issuerKey = makeSigner('ES256')
export const issuerEd25519 = makeSigner('Ed25519')
export const otherKey = makeSigner('ES256')
export const holder = makeSigner('ES256')

/** One vector, less what it shares with the good case. */
export interface Case {
  readonly about: string
  readonly expect: { readonly kind: 'verified'; readonly status: Status } | Refused | Unsure | Unreadable
  readonly code?: string | { readonly repeat: string; readonly times: number }
  readonly config?: Json
  readonly trust?: readonly string[]
  readonly statusLists?: readonly string[]
  readonly floor?: number
  readonly now?: number
}
/** By the name of its file. */
export type Cases = Readonly<Record<string, Case>>

export const verified = (status: Status): Case['expect'] => ({ kind: 'verified', status })

export const config = (change: Json = {}): Json => ({
  operator: 'Example Mall',
  gate: 'north-entrance',
  audience: 'example-mall',
  trustList: '/trust.jwt',
  roots: [root.jwk],
  ...change,
})

export const claims = (change: Json = {}): Json => ({
  iss: issuer,
  iat: now - 3600,
  exp: now - 3600 + DAY,
  vs: 2,
  ...change,
})

export const header = ({ alg, kid }: Signer, change: Json = {}): Json => ({ alg, typ: 'vs+jwt', kid, ...change })

/** A bearer token. */
export const bearer = (change: Json = {}, headerChange: Json = {}, signer: Signer = issuerKey): string =>
  compact(header(signer, headerChange), claims(change), signer)

/** A live token, without its presentation. */
export const live = (change: Json = {}, headerChange: Json = {}, signer: Signer = issuerKey): string =>
  compact(
    header(signer, { typ: 'vs+sd-jwt', ...headerChange }),
    claims({ cnf: { jwk: holder.jwk }, ...change }),
    signer,
  )

export const sdHash = (text: string): string => createHash('sha256').update(text).digest('base64url')

export const kbHeader = (change: Json = {}, signer: Signer = holder): Json => ({
  alg: signer.alg,
  typ: 'kb+jwt',
  ...change,
})
export const kbClaims = (token: string, change: Json = {}): Json => ({
  iat: now - 10,
  aud: 'vs-gate',
  nonce: 'b1946ac92492d234',
  sd_hash: sdHash(`${token}~`),
  ...change,
})

/** `<token>~<KB-JWT>`. */
export const present = (token: string, change: Json = {}, headerChange: Json = {}, signer: Signer = holder): string =>
  `${token}~${compact(kbHeader(headerChange, signer), kbClaims(token, change), signer)}`

/** A key as it stands in a trust list. */
export const listedKey = ({ jwk, kid, alg }: Signer, change: Json = {}): Json => ({
  ...jwk,
  kid,
  alg,
  use: 'sig',
  ...change,
})

export const issuerEntry = (change: Json = {}): Json => ({
  iss: issuer,
  name: 'Example Health Authority',
  keys: [listedKey(issuerKey), listedKey(issuerEd25519)],
  status_lists: [statusUri],
  ...change,
})
export const otherEntry = (change: Json = {}): Json => ({
  iss: otherIssuer,
  name: 'Other Health Authority',
  keys: [listedKey(otherKey)],
  status_lists: [`${otherIssuer}/status/1`],
  ...change,
})

export const trustClaims = (change: Json = {}): Json => ({
  iss: 'https://trust.example',
  iat: now - DAY,
  exp: now + 20 * DAY,
  seq: 7,
  issuers: [issuerEntry(), otherEntry()],
  ...change,
})

export const trustList = (change: Json = {}, headerChange: Json = {}, signer: Signer = root): string =>
  trustListOf(trustClaims(change), headerChange, signer)

/** A trust list over any payload at all. */
export const trustListOf = (payload: Part, headerChange: Json = {}, signer: Signer = root): string =>
  compact({ alg: signer.alg, typ: 'trust-list+jwt', kid: signer.kid, ...headerChange }, payload, signer)

/** A status list's content: its entries packed as `bytes`, one byte with bit 3 set unless told otherwise. */
export const packed = (bytes: Uint8Array = Uint8Array.of(0b1000), bits: unknown = 1): Json => ({
  bits,
  lst: deflateSync(bytes, { level: 9 }).toString('base64url'),
})

/** 8 entries of one bit; entry 3 is revoked. */
export const statusList = (change: Json = {}, headerChange: Json = {}, signer: Signer = issuerKey): string =>
  compact(
    { alg: signer.alg, typ: 'statuslist+jwt', kid: signer.kid, ...headerChange },
    { sub: statusUri, iat: now - 600, exp: now + DAY, status_list: packed(), ...change },
    signer,
  )

/** The claim that points into a status list. */
export const entry = (idx: unknown, uri: unknown = statusUri): Json => ({ status: { status_list: { idx, uri } } })
