// What the demo keeps between starts, in a folder that git ignores: its keys, its trust list and its status list.
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DAY, importRoot, openTrustList } from '../core/trust-list.ts'
import { readPrivateKey, writeKey } from '../issuer/key-file.ts'
import { replaceFile } from '../issuer/replace-file.ts'
import { makeKey, publicJwk, type IssuerEntry, type PrivateJwk } from '../issuer/sign.ts'
import { createStatusList, openOwnStatusList, revokeIn } from '../issuer/status-list.ts'
import { renewTrustList } from '../issuer/trust-list.ts'
import { REVOKED, STATUS_LIST_SIZE, type Cast } from './people.ts'

/** What is older is made anew, long before it runs out. In seconds. */
export const RENEWED_AFTER = DAY / 2

export interface DemoState {
  readonly cast: Cast
  readonly root: PrivateJwk
  readonly trustList: string
  readonly statusList: string
  /** When it was opened, in seconds. */
  readonly at: number
}

/**
 * Opens the folder, and makes what is missing, old, or made for another origin. The keys stay, so that a code that
 * somebody saved goes on working, and `seq` and `iat` only grow, so that a gate takes what is new.
 */
export async function openState(dir: string, origin: string, at: number): Promise<DemoState> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const root = await keptKey(join(dir, 'root.jwk'), 'root')
  const cast = {
    iss: origin,
    statusUri: `${origin}/status/1`,
    issuer: await keptKey(join(dir, 'issuer.jwk'), 'issuer'),
    stranger: await keptKey(join(dir, 'stranger.jwk'), 'issuer'),
    holder: await keptKey(join(dir, 'holder.jwk'), 'issuer'),
  }
  const trustList = await keptTrustList(join(dir, 'trust.jwt'), root, cast, at)
  const statusList = await keptStatusList(join(dir, 'status-1.jwt'), cast, at)
  return { cast, root, trustList, statusList, at }
}

async function kept(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch {
    return ''
  }
}

async function keptKey(path: string, role: 'issuer' | 'root'): Promise<PrivateJwk> {
  const held = await readPrivateKey(await kept(path))
  if (held) return held
  const key = await makeKey('ES256', role)
  // What is there and is no key is worth nothing in a demo.
  await rm(path, { force: true })
  await writeKey(path, key)
  return key
}

const isDue = (iat: number, now: number): boolean => iat > now || now - iat > RENEWED_AFTER

async function keptTrustList(path: string, rootKey: PrivateJwk, cast: Cast, now: number): Promise<string> {
  const root = await importRoot(publicJwk(rootKey))
  const text = await kept(path)
  const held = root ? await openTrustList(text, [root]) : undefined
  const listed = held?.ok ? held.value.issuers.get(cast.iss) : undefined
  const stands = listed?.keys.has(cast.issuer.kid) && listed.statusLists.has(cast.statusUri)
  if (held?.ok && stands && !isDue(held.value.iat, now)) return text

  const issuer: IssuerEntry = {
    iss: cast.iss,
    name: 'Example Health Authority',
    keys: [publicJwk(cast.issuer)],
    status_lists: [cast.statusUri],
  }
  const renewed = await renewTrustList(
    { held: held?.ok ? text : undefined, issuers: [issuer], now, life: 30 * DAY, seq: undefined, iss: cast.iss },
    rootKey,
  )
  if (!renewed.ok) throw new Error(`the demo's own trust list is not sound: ${renewed.fault.why}`)
  await replaceFile(path, renewed.jws)
  return renewed.jws
}

async function keptStatusList(path: string, { statusUri: uri, issuer }: Cast, now: number): Promise<string> {
  const text = await kept(path)
  const held = await openOwnStatusList(text, uri, issuer)
  if (held.ok && !isDue(held.value.iat, now)) return text
  const renewal = { revoke: REVOKED, now, life: 30 * DAY }
  const renewed = held.ok
    ? await revokeIn(held.value, renewal, issuer)
    : await createStatusList({ ...renewal, uri, size: STATUS_LIST_SIZE }, issuer)
  if (renewed === undefined) throw new Error('the demo revokes an entry that its status list does not have')
  await replaceFile(path, renewed)
  return renewed
}
