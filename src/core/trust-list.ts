// Trust list: a compact JWS, typ "trust-list+jwt", signed by a root, that says which issuers' keys the gate believes.
// docs/profile.md, section 4. Keys are imported when the list is opened, so that the gate never meets a bad one.
import { hasText, isCount, isFields, isHttps, isText, openForm, type Fields } from './compact.ts'
import { importPublicKey, signatureHolds, type VerificationKey } from './keys.ts'
import { areLinks, followLinks, type Root } from './roots.ts'

export const DAY = 86_400
/** The longest life of a trust list, in seconds. */
export const TRUST_LIST_LIFE = 30 * DAY

export interface TrustedKey extends VerificationKey {
  readonly kid: string
  /** Bounds on the `iat` of what it may sign, in seconds. */
  readonly nbf: number
  readonly exp: number
}

export interface TrustedIssuer {
  readonly iss: string
  readonly name: string
  readonly keys: ReadonlyMap<string, TrustedKey>
  readonly statusLists: ReadonlySet<string>
  /** Tokens issued before it are withdrawn, in seconds; 0 when none are. */
  readonly minIat: number
}

/** Something in a list that was left out, so that the rest could be kept. */
export interface Dropped {
  readonly iss: string
  readonly kid?: string
}

export interface TrustList {
  readonly jws: string
  /** The `kid` of the root that signed it, and of those that handed over to that one: they sign nothing any more. */
  readonly root: string
  readonly retired: ReadonlySet<string>
  readonly iat: number
  readonly exp: number
  readonly seq: number
  readonly issuers: ReadonlyMap<string, TrustedIssuer>
  readonly dropped: readonly Dropped[]
}

/** Why a text was not taken as a trust list. */
export type TrustListFault = 'not-a-trust-list' | 'unknown-root' | 'bad-signature' | 'bad-claims' | 'below-floor'

export type Opened<T, Fault> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault }
export const opened = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value })
export const faulty = <Fault>(fault: Fault): { readonly ok: false; readonly fault: Fault } => ({ ok: false, fault })

/**
 * Opens a trust list as received. Its signature and its own claims are checked, every key is imported, and what is
 * bad in it is dropped and reported. Its age is not judged here: that needs a clock, and `verify` has one.
 * @param roots those of the config; the list itself may carry links that lead on from them
 * @param minSeq the lowest number that a list may have
 */
export async function openTrustList(
  jws: string,
  roots: readonly Root[],
  minSeq = 0,
): Promise<Opened<TrustList, TrustListFault>> {
  const form = openForm(jws)
  if (!form || form.header['typ'] !== 'trust-list+jwt') return faulty('not-a-trust-list')
  const { kid, alg } = form.header
  // Links prove themselves, each by a root that is believed: they may be followed before the list's own signature is known.
  const { root_links: links = [] } = form.payload
  const believed = await followLinks(roots, areLinks(links) ? links : [])
  const signer = typeof kid === 'string' ? believed.get(kid) : undefined
  if (!signer || signer.root.alg !== alg) return faulty('unknown-root')
  if (!(await signatureHolds(jws, alg, signer.root))) return faulty('bad-signature')

  const { iss, iat, exp, seq, issuers } = form.payload
  if (!isText(iss) || !isCount(iat) || !isCount(exp) || !isCount(seq) || !Array.isArray(issuers) || !areLinks(links)) {
    return faulty('bad-claims')
  }
  if (exp <= iat || exp - iat > TRUST_LIST_LIFE) return faulty('bad-claims')
  if (seq < minSeq) return faulty('below-floor')

  const dropped: Dropped[] = []
  const trusted = await Promise.all(issuers.map((entry: unknown) => openIssuer(entry, dropped)))
  return opened({
    jws,
    root: signer.root.kid,
    retired: signer.retired,
    iat,
    exp,
    seq,
    issuers: unambiguous(trusted, 'iss', (issuer) => dropped.push({ iss: issuer.iss })),
    dropped,
  })
}

async function openIssuer(entry: unknown, dropped: Dropped[]): Promise<TrustedIssuer | undefined> {
  const fields: Fields = isFields(entry) ? entry : {}
  const { iss, name, keys, status_lists: statusLists = [], min_iat: minIat = 0 } = fields
  const sound =
    isHttps(iss) &&
    isText(name) &&
    Array.isArray(keys) &&
    Array.isArray(statusLists) &&
    statusLists.every(isHttps) &&
    isCount(minIat)
  if (!sound) {
    dropped.push({ iss: hasText(iss) })
    return undefined
  }
  const drop = (kid: string): void => void dropped.push({ iss, kid })
  const trusted = await Promise.all(keys.map((jwk: unknown) => openKey(jwk, drop)))
  return {
    iss,
    name,
    keys: unambiguous(trusted, 'kid', ({ kid }) => drop(kid)),
    statusLists: new Set(statusLists),
    minIat,
  }
}

async function openKey(jwk: unknown, drop: (kid: string) => void): Promise<TrustedKey | undefined> {
  const fields: Fields = isFields(jwk) ? jwk : {}
  const { kid, nbf = 0, exp = Number.MAX_SAFE_INTEGER } = fields
  const key = await importPublicKey(fields)
  if (!key || !isText(kid) || kid.length > 64 || !isCount(nbf) || !isCount(exp)) {
    drop(hasText(kid))
    return undefined
  }
  return { ...key, kid, nbf, exp }
}

/** Indexes entries by name. Where two share a name neither is believed, for nobody can say which was meant. */
function unambiguous<Name extends string, Entry extends Record<Name, string>>(
  entries: readonly (Entry | undefined)[],
  name: Name,
  drop: (entry: Entry) => void,
): ReadonlyMap<string, Entry> {
  const index = new Map<string, Entry>()
  const twice = new Set<string>()
  for (const entry of entries) {
    if (!entry) continue
    if (index.has(entry[name])) twice.add(entry[name])
    index.set(entry[name], entry)
  }
  for (const key of twice) {
    const entry = index.get(key)
    if (entry) drop(entry)
    index.delete(key)
  }
  return index
}

/** The status lists that a trust list names, each once. */
export function namedStatusLists(trust: TrustList | undefined): readonly string[] {
  const named = new Set<string>()
  for (const { statusLists } of trust?.issuers.values() ?? []) for (const uri of statusLists) named.add(uri)
  return [...named]
}

/** How a list that was opened relates to the one that is held. `seq` only grows, and a root that handed over is over. */
export type Succession = 'newer' | 'same' | 'rolled-back' | 'forked' | 'retired-root'

/** Whether `next` may take the place of `held`: only `newer` may; `same` changes nothing. */
export function succession(held: TrustList | undefined, next: TrustList): Succession {
  if (!held) return 'newer'
  if (isByRetired(held, next)) return 'retired-root'
  if (next.seq > held.seq) return 'newer'
  if (next.seq < held.seq) return 'rolled-back'
  return next.jws === held.jws ? 'same' : 'forked'
}

/** Signed by a root that had handed over, or by one that such a root named instead of the one whose list is held. */
function isByRetired(held: TrustList, next: TrustList): boolean {
  if (next.root === held.root || next.retired.has(held.root)) return false
  return [next.root, ...next.retired].some((kid) => held.retired.has(kid))
}
