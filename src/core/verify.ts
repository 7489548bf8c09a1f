// From a text to a verdict. Order: form, then key, then signature, then claims, then revocation (docs/profile.md, section 7).
import { signatureHolds } from './keys.ts'
import { isLive } from './live.ts'
import { longestLife, readForm, TOLERANCE, type Claims, type Unproven } from './profile.ts'
import { statusAt, type Entries, type StatusList } from './status-list.ts'
import type { TrustedIssuer, TrustedKey, TrustList } from './trust-list.ts'
import { refused, unsure, type Refused, type Unsure, type Verdict } from './verdict.ts'

/** How far a device's clock may be behind the newest time that it has proof of, in seconds. */
export const CLOCK_LAG = 300

/** What a device believes: everything that a verdict depends on, apart from the code and the time. */
export interface Belief {
  readonly trust: TrustList | undefined
  /** By URI. */
  readonly statusLists: ReadonlyMap<string, StatusList>
  readonly entries: Entries
  /** The newest time that the device has proof of, in seconds. */
  readonly newest: number
  /** The verifying entity, and this gate of it. */
  readonly audience: string | undefined
  readonly gate: string | undefined
}

/**
 * Judges a code. Total: whatever the text, a verdict comes back, and a throw is a bug.
 * @param text what the QR holds, trimmed by what read it
 * @param now the device's time, in seconds since 1970 UTC
 */
export async function verify(text: string, belief: Belief, now: number): Promise<Verdict> {
  const code = readForm(text)
  if (code.kind !== 'unproven') return code

  const signer = findSigner(code, belief, now)
  if ('kind' in signer) return signer
  const { key, issuer } = signer
  if (!(await signatureHolds(code.jws, code.alg, key))) return refused('bad-signature')

  // From here on the claims are the issuer's own words.
  const { claims } = code
  const fault = judgeClaims(claims, code.live, key, belief.audience, now)
  if (fault) return fault
  if (claims.cnf && !(await isLive(code.presentation, code.jws, claims.cnf, belief.gate, now)))
    return refused('not-live')
  return (
    (await judgeRevocation(claims, issuer, belief, now)) ?? {
      kind: 'verified',
      status: claims.vs,
      issuer: issuer.name,
      issuedAt: claims.iat,
      expiresAt: claims.exp,
      live: code.live,
      ...(claims.n === undefined ? {} : { initials: claims.n }),
    }
  )
}

/** Whether the device can judge any token at `now`, and if not, why. The same answer stands on the scan screen. */
export function doubt({ trust, newest }: Belief, now: number): Unsure | undefined {
  if (!trust) return unsure('no-keys')
  if (now < newest - CLOCK_LAG) return unsure('clock-wrong')
  if (now >= trust.exp) return unsure('stale-keys')
  return undefined
}

function findSigner(
  { kid, claims: { iss } }: Unproven,
  belief: Belief,
  now: number,
): { issuer: TrustedIssuer; key: TrustedKey } | Unsure {
  const cannot = doubt(belief, now)
  if (cannot) return cannot
  const issuer = belief.trust?.issuers.get(iss)
  const key = issuer?.keys.get(kid)
  return issuer && key ? { issuer, key } : unsure('unknown-key')
}

function judgeClaims(
  { iat, exp, nbf, aud, status }: Claims,
  live: boolean,
  key: TrustedKey,
  audience: string | undefined,
  now: number,
): Refused | undefined {
  const life = exp - iat
  if (life <= 0 || life > longestLife(live, status !== undefined)) return refused('bad-claims')
  if (iat < key.nbf || iat > key.exp) return refused('bad-claims')
  if (iat > now + TOLERANCE || (nbf !== undefined && nbf > now + TOLERANCE)) return refused('not-yet-valid')
  if (now >= exp + TOLERANCE) return refused('expired')
  if (aud !== undefined && aud !== audience) return refused('wrong-audience')
  return undefined
}

async function judgeRevocation(
  { iss, iat, status }: Claims,
  { minIat, statusLists }: TrustedIssuer,
  belief: Belief,
  now: number,
): Promise<Refused | Unsure | undefined> {
  if (iat < minIat) return refused('revoked')
  if (!status) return undefined
  const list = statusLists.has(status.uri) ? belief.statusLists.get(status.uri) : undefined
  if (!list || list.iss !== iss || now >= list.exp) return unsure('no-status-list')
  const inflated = await belief.entries(list)
  if (!inflated) return unsure('no-status-list')
  const entry = statusAt(inflated, status.idx)
  if (entry === undefined) return refused('bad-claims')
  return entry === 0 ? undefined : refused('revoked')
}
