// Live presentation: <token>~<KB-JWT> (RFC 9901, section 4.3; docs/profile.md, section 2).
import { CompactSign, type CryptoKey } from 'jose'
import type { Algorithm } from '../core/keys.ts'
import { ANY_GATE, sdHash } from '../core/live.ts'

/**
 * Binds a live token to this moment with the holder's key.
 * @param now seconds since 1970 UTC
 * @param aud the one gate it is for, or any gate
 */
export async function present(
  token: string,
  holder: { readonly alg: Algorithm; readonly key: CryptoKey },
  now: number,
  aud: string = ANY_GATE,
): Promise<string> {
  const payload = { iat: now, aud, nonce: crypto.randomUUID(), sd_hash: await sdHash(token) }
  const kbJwt = await new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ alg: holder.alg, typ: 'kb+jwt' })
    .sign(holder.key)
  return `${token}~${kbJwt}`
}
