// A key that stays in a KMS.
import { calculateJwkThumbprint, exportJWK } from 'jose'
import { createPublicKey } from 'node:crypto'
import type { Signer } from '../../src/issuer/sign.ts'

/** What is asked of a KMS, about one P-256 key. With AWS these are GetPublicKey, and Sign with ECDSA_SHA_256. */
export interface Kms {
  /** In PEM. */
  publicKey(): Promise<string>
  /** In DER. */
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

export async function kmsSigner(kms: Kms): Promise<Signer> {
  const publicJwk = await exportJWK(createPublicKey(await kms.publicKey()))
  const kid = (await calculateJwkThumbprint(publicJwk)).slice(0, 8)
  return { kid, alg: 'ES256', publicJwk, sign: async (bytes) => bareSignature(await kms.sign(bytes)) }
}

/** From SEQUENCE { INTEGER r, INTEGER s } to 32 bytes of each. */
function bareSignature(der: Uint8Array): Uint8Array {
  const bare = new Uint8Array(64)
  let at = 2
  for (const end of [32, 64]) {
    const next = at + 2 + (der[at + 1] ?? 0)
    // DER has a zero before a high bit, and leaves out zeros that need not be there.
    const digits = der.subarray(Math.max(at + 2, next - 32), next)
    bare.set(digits, end - digits.length)
    at = next
  }
  return bare
}
