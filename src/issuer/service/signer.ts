// A key of this process's own as a signer. OpenSSL signs on another thread, and the key is imported once.
import { createPrivateKey, sign } from 'node:crypto'
import { promisify } from 'node:util'
import { publicJwk, type PrivateJwk, type Signer } from '../sign.ts'

const signOnThread = promisify(sign)

/** Throws when the key is no key. */
export function keySigner(jwk: PrivateJwk): Signer {
  const { kid, alg } = jwk
  const key = createPrivateKey({ key: { ...jwk }, format: 'jwk' })
  return {
    kid,
    alg,
    publicJwk: publicJwk(jwk),
    sign: async (bytes) => {
      if (alg === 'Ed25519') return signOnThread(null, bytes, key)
      return signOnThread('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' })
    },
  }
}
