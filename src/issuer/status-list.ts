// The issuer's own status list: made, and re-signed with more entries revoked (docs/profile.md, section 5).
import {
  inflateList,
  openStatusList,
  STATUS_LIST_ENTRIES,
  type InflatedList,
  type StatusListFault,
} from '../core/status-list.ts'
import { faulty, opened, type Opened } from '../core/trust-list.ts'
import { inflate } from '../inflate.ts'
import { trustIn } from './own-belief.ts'
import { signStatusBytes, type PrivateJwk } from './sign.ts'

/** Any issuer will do to open one's own list: only the key and the URI count. */
const OWN = 'https://issuer.invalid'

/** What a status list is to become. Times in seconds. */
export interface Renewal {
  readonly revoke: readonly number[]
  readonly now: number
  readonly life: number
}

/** Signs a new list in which every entry is valid but those in `revoke`. Nothing when one is out of range. */
export async function createStatusList(
  { uri, size, revoke, now, life }: Renewal & { readonly uri: string; readonly size: number },
  key: PrivateJwk,
): Promise<string | undefined> {
  if (size > STATUS_LIST_ENTRIES) return undefined
  return withRevoked({ uri, iat: now, bits: 1, bytes: new Uint8Array(Math.ceil(size / 8)) }, revoke, life, key)
}

/** Opens a list that this key signed. */
export async function openOwnStatusList(
  jws: string,
  uri: string,
  key: PrivateJwk,
): Promise<Opened<InflatedList, StatusListFault>> {
  const trust = await trustIn(key, OWN, [uri])
  const list = trust && (await openStatusList(jws, trust))
  if (!list?.ok) return list ?? faulty('bad-signature')
  const inflated = await inflateList(list.value, inflate)
  return inflated ? opened(inflated) : faulty('bad-claims')
}

/**
 * Signs `held` again with more entries revoked. What is revoked stays so, and `iat` grows even when two come in one
 * second, so that every gate takes the newer list. Nothing when an entry is out of range.
 */
export function revokeIn(
  held: InflatedList,
  { revoke, now, life }: Renewal,
  key: PrivateJwk,
): Promise<string | undefined> {
  return withRevoked({ ...held, iat: Math.max(now, held.iat + 1) }, revoke, life, key)
}

async function withRevoked(
  { uri, iat, bits, bytes: held }: Pick<InflatedList, 'uri' | 'iat' | 'bits' | 'bytes'>,
  revoke: readonly number[],
  life: number,
  key: PrivateJwk,
): Promise<string | undefined> {
  const bytes = held.slice()
  const perByte = 8 / bits
  for (const index of revoke) {
    const at = Math.floor(index / perByte)
    const byte = bytes[at]
    if (byte === undefined) return undefined
    const shift = (index % perByte) * bits
    const entry = (byte >> shift) & (2 ** bits - 1)
    if (entry === 0) bytes[at] = byte | (1 << shift)
  }
  return signStatusBytes({ uri, iat, exp: iat + life, bits, bytes }, key)
}
