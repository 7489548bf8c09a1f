// Issuing a status token: sign it, read it as a gate would, and hand it out only if it holds (docs/profile.md, section 1).
import { nothingBelieved } from '../core/belief.ts'
import { isHttps } from '../core/compact.ts'
import { importPublicKey } from '../core/keys.ts'
import { longestLife, TOKEN_LENGTH } from '../core/profile.ts'
import { faulty, opened, type Opened } from '../core/trust-list.ts'
import { verify } from '../core/verify.ts'
import { trustIn } from './own-belief.ts'
import { signToken, type PrivateJwk, type Signer, type TokenClaims } from './sign.ts'

/** Why a token was not issued. */
export type IssueFault = 'iss' | 'status-uri' | 'holder-key' | 'life' | 'too-long' | 'key' | 'initials'

/** Signs a status token that a gate takes, or says what the profile forbids in it. */
export async function issueToken(claims: TokenClaims, key: PrivateJwk | Signer): Promise<Opened<string, IssueFault>> {
  const { iss, iat, exp, nbf = iat, aud, status, cnf } = claims
  if (!isHttps(iss)) return faulty('iss')
  if (status && !isHttps(status.status_list.uri)) return faulty('status-uri')
  if (cnf && !(await importPublicKey(cnf.jwk))) return faulty('holder-key')
  const revocable = status !== undefined
  if (exp <= iat || exp <= nbf || exp - iat > longestLife(cnf !== undefined, revocable)) return faulty('life')

  const token = await signToken(claims, key)
  if (token.length > TOKEN_LENGTH) return faulty('too-long')
  const trust = await trustIn(key, iss, status ? [status.status_list.uri] : [])
  const belief = { ...nothingBelieved(0), trust, audience: aud }
  const verdict = await verify(token, belief, Math.max(iat, nbf))
  const outcome = verdict.kind === 'verified' ? verdict.kind : verdict.reason
  // All that may be wanting here is what comes later: the holder's KB-JWT, or else the status list.
  if (outcome === (cnf ? 'not-live' : revocable ? 'no-status-list' : 'verified')) return opened(token)
  return faulty(outcome === 'bad-claims' ? 'initials' : 'key')
}
