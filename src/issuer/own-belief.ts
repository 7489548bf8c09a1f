// What a gate would believe that trusts one key, and nothing else. The issuer holds its own work up to it before anybody
// else sees it, so that the core's rules need no second copy here.
import { importPublicKey } from '../core/keys.ts'
import type { TrustList } from '../core/trust-list.ts'
import { publicJwk, type PrivateJwk, type Signer } from './sign.ts'

/** A trust list with one issuer and its one key, with no bounds in time. Nothing when the key is not usable. */
export async function trustIn(
  signer: PrivateJwk | Signer,
  iss: string,
  statusLists: readonly string[],
): Promise<TrustList | undefined> {
  const key = await importPublicKey(publicJwk(signer))
  if (!key) return undefined
  const trusted = { ...key, kid: signer.kid, nbf: 0, exp: Number.MAX_SAFE_INTEGER }
  return {
    jws: '',
    root: '',
    retired: new Set(),
    iat: 0,
    exp: Number.MAX_SAFE_INTEGER,
    seq: 0,
    issuers: new Map([
      [iss, { iss, name: iss, keys: new Map([[signer.kid, trusted]]), statusLists: new Set(statusLists), minIat: 0 }],
    ]),
    dropped: [],
  }
}
