// Status list: JWT, typ "statuslist+jwt", {"sub": uri, "iat", "exp"?, "status_list": {"bits": 1|2|4|8, "lst": base64url(zlib)}}
// IETF Token Status List, https://datatracker.ietf.org/doc/draft-ietf-oauth-status-list/; docs/profile.md, section 5.
import { base64url } from 'jose'
import { isCount, isFields, isHttps, openForm } from './compact.ts'
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

export interface StatusList {
  readonly jws: string
  readonly uri: string
  /** The issuer whose key signed it, and who names it in the trust list. */
  readonly iss: string
  readonly iat: number
  readonly exp: number
  readonly bits: 1 | 2 | 4 | 8
  readonly bytes: Uint8Array
}

export type StatusListFault = 'not-a-status-list' | 'not-named' | 'bad-signature' | 'bad-claims'

/** Opens a status list as received, with the keys of the issuers that name it. */
export async function openStatusList(
  jws: string,
  trust: TrustList,
  inflate: Inflate,
): Promise<Opened<StatusList, StatusListFault>> {
  const form = openForm(jws)
  if (!form || form.header['typ'] !== 'statuslist+jwt') return faulty('not-a-status-list')
  const { sub, iat, exp = Number.MAX_SAFE_INTEGER, status_list: content } = form.payload
  if (!isHttps(sub) || !isCount(iat) || !isCount(exp) || !isFields(content)) return faulty('bad-claims')

  const naming = [...trust.issuers.values()].filter(({ statusLists }) => statusLists.has(sub))
  if (naming.length === 0) return faulty('not-named')
  const signer = await signerOf(jws, form.header['kid'], iat, naming)
  if (!signer) return faulty('bad-signature')

  const { bits, lst } = content
  if ((bits !== 1 && bits !== 2 && bits !== 4 && bits !== 8) || typeof lst !== 'string') return faulty('bad-claims')
  const maxBytes = Math.min(STATUS_LIST_BYTES, (STATUS_LIST_ENTRIES * bits) / 8)
  const bytes = await inflate(decode(lst), maxBytes)
  if (!bytes) return faulty('bad-claims')
  return opened({ jws, uri: sub, iss: signer.iss, iat, exp, bits, bytes })
}

async function signerOf(
  jws: string,
  kid: unknown,
  iat: number,
  issuers: readonly TrustedIssuer[],
): Promise<TrustedIssuer | undefined> {
  for (const issuer of issuers) {
    for (const key of issuer.keys.values()) {
      // RFC 7515 4.1.4: `kid` is a hint and optional here; a key that is named is the only one tried.
      if (kid !== undefined && kid !== key.kid) continue
      if (iat < key.nbf || iat > key.exp) continue
      if (await signatureHolds(jws, key)) return issuer
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

/** The status at an index, least significant bit first; nothing when the index is out of range. 0 is valid. */
export function statusAt({ bits, bytes }: StatusList, index: number): number | undefined {
  const perByte = 8 / bits
  const byte = bytes[Math.floor(index / perByte)]
  if (byte === undefined) return undefined
  return (byte >> ((index % perByte) * bits)) & (2 ** bits - 1)
}

/** Whether `next` may take the place of `held`: per URI, `iat` only grows. */
export const replaces = (held: StatusList | undefined, next: StatusList): boolean => !held || next.iat > held.iat
