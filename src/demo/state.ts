// What the demo keeps between starts, in a folder that git ignores: its keys, its trust list and its status list.
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { payloadOf } from '../core/compact.ts'
import { importRoot } from '../core/roots.ts'
import { DAY, openTrustList } from '../core/trust-list.ts'
import { readPrivateKey, writeKey } from '../issuer/key-file.ts'
import { replaceFile } from '../issuer/replace-file.ts'
import { PEPPER_BYTES } from '../issuer/service/keyed-hash.ts'
import { makeKey, publicJwk, type IssuerEntry, type PrivateJwk } from '../issuer/sign.ts'
import { createStatusList, openOwnStatusList, revokeIn } from '../issuer/status-list.ts'
import { renewTrustList } from '../issuer/trust-list.ts'
import { REVOKED, STATUS_LIST_SIZE, type Cast } from './people.ts'

/** What is older is made anew, long before it runs out. In seconds. */
export const RENEWED_AFTER = DAY / 2

/** The name of the status list of the people whose codes are made beforehand; the service's own have numbers. */
export const PEOPLE_LIST = 'people'

export interface DemoKeys {
  readonly cast: Cast
  readonly root: PrivateJwk
  /** Of the service's keyed hashes. */
  readonly pepper: Uint8Array
}

/** Opens the folder, and makes what is missing. The keys stay, so that a code that somebody saved goes on working. */
export async function openKeys(dir: string, origin: string): Promise<DemoKeys> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const root = await keptKey(join(dir, 'root.jwk'), 'root')
  const cast = {
    iss: origin,
    statusUri: `${origin}/status/${PEOPLE_LIST}`,
    issuer: await keptKey(join(dir, 'issuer.jwk'), 'issuer'),
    stranger: await keptKey(join(dir, 'stranger.jwk'), 'issuer'),
    holder: await keptKey(join(dir, 'holder.jwk'), 'issuer'),
  }
  return { cast, root, pepper: await keptPepper(join(dir, 'pepper')) }
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
  // As every later start reads it, with the members in the file's order: a list that names it stays the same.
  return (await readPrivateKey(await kept(path))) ?? key
}

async function keptPepper(path: string): Promise<Uint8Array> {
  const held = Buffer.from(await kept(path), 'base64url')
  if (held.length >= PEPPER_BYTES) return held
  const pepper = randomBytes(PEPPER_BYTES)
  await writeFile(path, pepper.toString('base64url'), { mode: 0o600 })
  return pepper
}

const isDue = (iat: number, now: number): boolean => iat > now || now - iat > RENEWED_AFTER

/**
 * The trust list in the folder, made anew when it is old or says something else of the issuer. `seq` only grows, so that a
 * gate takes what is new. Not to be called twice at once.
 */
export async function keptTrustList(
  dir: string,
  rootKey: PrivateJwk,
  entry: IssuerEntry,
  now: number,
): Promise<string> {
  const path = join(dir, 'trust.jwt')
  const root = await importRoot(publicJwk(rootKey))
  const text = await kept(path)
  const held = root ? await openTrustList(text, [root]) : undefined
  const stands = JSON.stringify(payloadOf(text)?.['issuers']) === JSON.stringify([entry])
  if (held?.ok && stands && !isDue(held.value.iat, now)) return text

  const renewed = await renewTrustList(
    { held: held?.ok ? text : undefined, issuers: [entry], now, life: 30 * DAY, seq: undefined, iss: entry.iss },
    rootKey,
  )
  if (!renewed.ok) throw new Error(`the demo's own trust list is not sound: ${renewed.fault.why}`)
  await replaceFile(path, renewed.jws)
  return renewed.jws
}

/** The status list of the people whose codes are made beforehand; its `iat` only grows. */
export async function keptStatusList(dir: string, { statusUri: uri, issuer }: Cast, now: number): Promise<string> {
  const path = join(dir, 'status-people.jwt')
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
