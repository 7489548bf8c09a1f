// Keys in files: one JWK each (RFC 7517). A private one has `alg` and `kid` too, and only its owner may read it.
import { writeFile } from 'node:fs/promises'
import type { JWK } from 'jose'
import { isFields, isText } from '../core/compact.ts'
import { importPublicKey } from '../core/keys.ts'
import { publicJwk, type PrivateJwk } from './sign.ts'

/** Writes a key to a new file with mode 0600. A file that is there already is left as it is, and the write fails. */
export async function writeKey(path: string, key: PrivateJwk): Promise<void> {
  await writeFile(path, `${JSON.stringify(key, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' })
}

/** Reads a private signing key. Nothing when the text is none, or only the public half of one. */
export async function readPrivateKey(text: string): Promise<PrivateJwk | undefined> {
  const fields = parse(text)
  const bare = bareKey(fields)
  if (!isFields(fields) || !bare) return undefined
  const { d, kid } = fields
  const alg = bare.kty === 'EC' ? 'ES256' : 'Ed25519'
  if (!isText(d) || !isText(kid) || fields['alg'] !== alg) return undefined
  const key: PrivateJwk = { ...bare, d, kid, alg, use: 'sig' }
  return (await importPublicKey(publicJwk(key))) ? key : undefined
}

/** Reads a public signing key. Nothing for a private one: that belongs to nobody but its owner. */
export async function readPublicKey(text: string): Promise<JWK | undefined> {
  const fields = parse(text)
  return isFields(fields) && (await importPublicKey(fields)) ? { ...fields } : undefined
}

/** A public P-256 or Ed25519 key, cut down to the members that RFC 7638 requires: a token that names it must fit a QR. */
export function bareKey(jwk: unknown): JWK | undefined {
  if (!isFields(jwk)) return undefined
  const { kty, crv, x, y } = jwk
  if (kty === 'EC' && crv === 'P-256' && isText(x) && isText(y)) return { kty, crv, x, y }
  if (kty === 'OKP' && crv === 'Ed25519' && isText(x)) return { kty, crv, x }
  return undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
