// The root's trust list: made, and renewed with a higher `seq` (docs/profile.md, section 4). It is opened as a gate would
// open it before it is handed out, and a list in which a gate would drop something is not.
import { isFields, isText, payloadOf, type Fields } from '../core/compact.ts'
import { areLinks, importRoot, ROOT_LINKS, type Root } from '../core/roots.ts'
import { openTrustList, TRUST_LIST_LIFE, type Dropped, type TrustList } from '../core/trust-list.ts'
import { publicJwk, signCompact, signRootLink, type PrivateJwk } from './sign.ts'

export type RenewFault =
  | { readonly why: 'not-a-root' | 'next-not-a-root' | 'handed-over' | 'life' | 'held-by-another' | 'issuers' }
  /** `seq` only grows. */
  | { readonly why: 'seq'; readonly held: number }
  /** A gate would leave these out. */
  | { readonly why: 'dropped'; readonly dropped: readonly Dropped[] }

export interface TrustListRenewal {
  /** The list to renew, as signed before; nothing for the first. */
  readonly held: string | undefined
  /** As they are to stand in the list, unproven. */
  readonly issuers: unknown
  /** In seconds. */
  readonly now: number
  readonly life: number
  /** One more than the held list's, unless stated. */
  readonly seq: number | undefined
  /** Who signs it: the held list's, unless stated, or the root key's thumbprint as a URI (RFC 9278). */
  readonly iss: string | undefined
  /** The root to hand over to: it signs this list, and every later one. */
  readonly next?: PrivateJwk | undefined
}

/** Signs the next trust list. */
export async function renewTrustList(
  { held: heldJws, issuers, now, life, seq, iss, next }: TrustListRenewal,
  key: PrivateJwk,
): Promise<{ ok: true; jws: string; list: TrustList } | { ok: false; fault: RenewFault }> {
  const root = await rootOf(key)
  if (!root) return { ok: false, fault: { why: 'not-a-root' } }
  const signer = next ? await rootOf(next) : root
  if (!signer || (next && signer.kid === root.kid)) return { ok: false, fault: { why: 'next-not-a-root' } }
  if (life <= 0 || life > TRUST_LIST_LIFE) return { ok: false, fault: { why: 'life' } }
  if (!Array.isArray(issuers)) return { ok: false, fault: { why: 'issuers' } }

  const held = heldJws === undefined ? undefined : await openTrustList(heldJws, [root])
  if (held && !held.ok) return { ok: false, fault: { why: 'held-by-another' } }
  const before = held?.value
  if (before && before.root !== root.kid) return { ok: false, fault: { why: 'handed-over' } }
  const number = seq ?? (before?.seq ?? 0) + 1
  if (before && number <= before.seq) return { ok: false, fault: { why: 'seq', held: before.seq } }

  const last = before && payloadOf(before.jws)
  const lastIss = last?.['iss']
  const links = areLinks(last?.['root_links']) ? last['root_links'] : []
  const allLinks = next ? [...links, await signRootLink(now, next, key)].slice(-ROOT_LINKS) : links
  const claims: Fields = {
    iss: iss ?? (isText(lastIss) ? lastIss : `urn:ietf:params:oauth:jwk-thumbprint:sha-256:${signer.kid}`),
    iat: now,
    exp: now + life,
    seq: number,
    issuers,
    ...(allLinks.length > 0 && { root_links: allLinks }),
  }
  const jws = await signCompact(claims, 'trust-list+jwt', next ?? key)
  const list = await openTrustList(jws, [root])
  if (!list.ok) return { ok: false, fault: { why: 'issuers' } }
  const { dropped } = list.value
  if (dropped.length > 0) return { ok: false, fault: { why: 'dropped', dropped } }
  return { ok: true, jws, list: list.value }
}

/** The public half of a key that can be a root: its `kid` is its whole thumbprint. */
async function rootOf(key: PrivateJwk): Promise<Root | undefined> {
  const root = await importRoot(publicJwk(key))
  return root?.kid === key.kid ? root : undefined
}

/** The issuers of a JSON text: an array of entries, or an object that has one as its `issuers`. */
export function issuersOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return isFields(value) ? value['issuers'] : value
  } catch {
    return undefined
  }
}
