// A key of this process's own as a signer. The key is imported once, and OpenSSL signs at once: that takes some 30
// microseconds, which is less than handing the work to another thread and back costs.
import { createPrivateKey, sign } from 'node:crypto'
import { publicJwk, type PrivateJwk, type Signer } from '../sign.ts'

/** Throws when the key is no key. */
export function keySigner(jwk: PrivateJwk): Signer {
  const { kid, alg } = jwk
  const key = createPrivateKey({ key: { ...jwk }, format: 'jwk' })
  return {
    kid,
    alg,
    publicJwk: publicJwk(jwk),
    sign: async (bytes) =>
      alg === 'Ed25519' ? sign(null, bytes, key) : sign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }),
  }
}
