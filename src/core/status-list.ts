// Status list: JWT, typ "statuslist+jwt", {"sub": uri, "iat", "exp"?, "status_list": {"bits": 1|2|4|8, "lst": base64url(zlib)}}
// IETF Token Status List, https://datatracker.ietf.org/doc/draft-ietf-oauth-status-list/; docs/profile.md, section 5.
import { base64url } from 'jose'
import { isCount, isFields, isHttps, openForm, payloadOf, type Fields } from './compact.ts'
import { signatureHolds } from './keys.ts'
import { faulty, opened, type Opened, type TrustedIssuer, type TrustList } from './trust-list.ts'

/** Caps on what a list may inflate to. */
export const STATUS_LIST_ENTRIES = 2 ** 27
export const STATUS_LIST_BYTES = 32 * 1024 * 1024

/**
 * Inflates ZLIB (RFC 1950), or gives nothing when the data is broken or longer than `maxBytes`. The core has no
 * inflater of its own: each realm hands in the platform's.
 */
export type Inflate = (zlib: Uint8Array, maxBytes: number) => Promise<Uint8Array | undefined>

/** A list whose signature and claims hold. Its entries stay compressed in it until they are read. */
export interface StatusList {
  readonly jws: string
  readonly uri: string
  /** The issuer whose key signed it, and who names it in the trust list. */
  readonly iss: string
  readonly iat: number
  readonly exp: number
  readonly bits: 1 | 2 | 4 | 8
}

export type StatusListFault = 'not-a-status-list' | 'not-named' | 'bad-signature' | 'bad-claims'

/** Opens a status list as received, with the keys of the issuers that name it. Whether it inflates is not tried yet. */
export async function openStatusList(jws: string, trust: TrustList): Promise<Opened<StatusList, StatusListFault>> {
  const form = openForm(jws)
  if (!form || form.header['typ'] !== 'statuslist+jwt') return faulty('not-a-status-list')
  const { sub, iat, exp = Number.MAX_SAFE_INTEGER, status_list: content } = form.payload
  if (!isHttps(sub) || !isCount(iat) || !isCount(exp) || !isFields(content)) return faulty('bad-claims')

  const naming = [...trust.issuers.values()].filter(({ statusLists }) => statusLists.has(sub))
  if (naming.length === 0) return faulty('not-named')
  const signer = await signerOf(jws, form.header, iat, naming)
  if (!signer) return faulty('bad-signature')

  const { bits, lst } = content
  if ((bits !== 1 && bits !== 2 && bits !== 4 && bits !== 8) || typeof lst !== 'string') return faulty('bad-claims')
  return opened({ jws, uri: sub, iss: signer.iss, iat, exp, bits })
}

async function signerOf(
  jws: string,
  { kid, alg }: Fields,
  iat: number,
  issuers: readonly TrustedIssuer[],
): Promise<TrustedIssuer | undefined> {
  for (const issuer of issuers) {
    for (const key of issuer.keys.values()) {
      // RFC 7515 4.1.4: `kid` is a hint and optional here; a key that is named is the only one tried.
      if (kid !== undefined && kid !== key.kid) continue
      if (iat < key.nbf || iat > key.exp) continue
      if (await signatureHolds(jws, alg, key)) return issuer
    }
  }
  return undefined
}

function decode(text: string): Uint8Array {
  try {
    return base64url.decode(text)
  } catch {
    return new Uint8Array()
  }
}

/** A list with its entries, least significant bit first. */
export interface InflatedList extends StatusList {
  readonly bytes: Uint8Array
}

/** Inflates a list. Nothing when its data is broken, or longer than the caps allow. */
export async function inflateList(list: StatusList, inflate: Inflate): Promise<InflatedList | undefined> {
  const content = payloadOf(list.jws)?.['status_list']
  const lst = isFields(content) ? content['lst'] : undefined
  if (typeof lst !== 'string') return undefined
  const bytes = await inflate(decode(lst), Math.min(STATUS_LIST_BYTES, (STATUS_LIST_ENTRIES * list.bits) / 8))
  return bytes && { ...list, bytes }
}

/** Gives a list's entries, or nothing where it does not inflate. */
export type Entries = (list: StatusList) => Promise<InflatedList | undefined>

/**
 * Inflates lists as they are asked for, one at a time, and keeps the last ones that were used, up to the size of the
 * largest list that there may be: so a country's worth of lists is held in the space of its compressed text.
 */
export function keepEntries(inflate: Inflate, budget = STATUS_LIST_BYTES): Entries {
  // A Map keeps the order of insertion: the first one is the one that was used the longest ago.
  const kept = new Map<StatusList, InflatedList>()
  let size = 0
  let turn: Promise<unknown> = Promise.resolve()

  async function take(list: StatusList): Promise<InflatedList | undefined> {
    const inflated = kept.get(list) ?? (await inflateList(list, inflate))
    if (!inflated) return undefined
    const { length } = inflated.bytes
    if (kept.delete(list)) size -= length
    for (const [oldest, { bytes }] of kept) {
      if (size + length <= budget) break
      kept.delete(oldest)
      size -= bytes.length
    }
    kept.set(list, inflated)
    size += length
    return inflated
  }

  return (list) => {
    const mine = turn.then(() => take(list))
    turn = mine.catch(() => undefined)
    return mine
  }
}

/** The status at an index; nothing when the index is out of range. 0 is valid. */
export function statusAt({ bits, bytes }: InflatedList, index: number): number | undefined {
  const perByte = 8 / bits
  const byte = bytes[Math.floor(index / perByte)]
  if (byte === undefined) return undefined
  return (byte >> ((index % perByte) * bits)) & (2 ** bits - 1)
}

/** Whether `next` may take the place of `held`: per URI, `iat` only grows. */
export const replaces = (held: StatusList | undefined, next: StatusList): boolean => !held || next.iat > held.iat
