// The issuer's keys and their succession. A key signs from its `nbf` until the next one's; it stays published, bounded by
// `exp`, until the last token that it may have signed has run out.
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import type { JWK } from 'jose'
import { join } from 'node:path'
import { isCount, isFields } from '../../core/compact.ts'
import type { Algorithm } from '../../core/keys.ts'
import { longestLife } from '../../core/profile.ts'
import { DAY } from '../../core/trust-list.ts'
import { readPrivateKey, writeKey } from '../key-file.ts'
import { makeKey, publicJwk, type PrivateJwk, type Signer } from '../sign.ts'
import { recent } from './recent.ts'
import { keySigner } from './signer.ts'

/** A public key as a trust list names it. */
export type PublishedKey = JWK & { readonly nbf?: number; readonly exp?: number }

/** The keys of an issuer. Times in seconds. */
export interface Keys {
  /** Signs at this moment. Rejects when there is no such key. */
  signer(now: number): Promise<Signer>
  /** Those whose tokens may still be valid, and those that are to sign next. */
  published(now: number): Promise<readonly PublishedKey[]>
}

/** One key, from wherever it is: an environment variable, a module, a service. */
export function oneKey(signer: Signer): Keys {
  return { signer: async () => signer, published: async () => [publicJwk(signer)] }
}

interface Term {
  readonly signer: Signer
  readonly path: string
  readonly nbf: number
  /** When the next one takes over. */
  readonly until: number | undefined
}

/** Processes see a new key within a minute or so of each other: what the old one signs meanwhile holds too. */
const OVERLAP = 3600
/** How long after a key's last token it is let go. */
const AFTERLIFE = longestLife(false, true) + DAY
const REREAD_MS = 60_000

const isOver = ({ until }: Term, now: number): boolean => until !== undefined && now > until + OVERLAP + AFTERLIFE

/** The keys of a folder, read again every minute, so that a rotation needs no restart. */
export function keysInFolder(dir: string): Keys {
  const terms = recent(REREAD_MS, () => readTerms(dir))
  return {
    signer: async (now) => {
      const current = (await terms()).findLast(({ nbf }) => nbf <= now)
      if (!current) throw new Error(`no key in ${dir} may sign yet. Make one with: kycvs keys rotate --dir ${dir}`)
      return current.signer
    },
    published: async (now) => (await terms()).filter((term) => !isOver(term, now)).map(published),
  }
}

const published = ({ signer, nbf, until }: Term): PublishedKey => ({
  ...publicJwk(signer),
  nbf,
  ...(until === undefined ? {} : { exp: until + OVERLAP }),
})

async function readTerms(dir: string): Promise<Term[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.jwk'))
  const found = await Promise.all(
    names.map(async (name) => {
      const path = join(dir, name)
      const text = await readFile(path, 'utf8')
      const key = await readPrivateKey(text)
      if (!key) throw new Error(`${path} holds no private key`)
      const fields: unknown = JSON.parse(text)
      const nbf = isFields(fields) && isCount(fields['nbf']) ? fields['nbf'] : 0
      return { signer: keySigner(key), path, nbf }
    }),
  )
  const inOrder = found.toSorted((one, other) => one.nbf - other.nbf)
  return inOrder.map((term, at) => ({ ...term, until: inOrder[at + 1]?.nbf }))
}

export interface Rotation {
  /** The new key, and when it takes over. */
  readonly kid: string
  readonly from: number
  /** Those whose tokens have all run out; their files are gone. */
  readonly removed: readonly string[]
}

/**
 * Puts a new key into the folder, which is made if it is not there.
 * @param ahead seconds until it signs; it is published at once, so that gates know it by then
 */
export async function rotateKeys(dir: string, alg: Algorithm, now: number, ahead = 0): Promise<Rotation> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const terms = await readTerms(dir)
  const key = await makeKey(alg, 'issuer')
  // Two in one second would have no order.
  const from = terms.length === 0 ? now : Math.max(now + ahead, (terms.at(-1)?.nbf ?? 0) + 1)
  const dated: PrivateJwk & { readonly nbf: number } = { ...key, nbf: from }
  await writeKey(join(dir, `issuer-${key.kid}.jwk`), dated)
  const over = terms.filter((term) => isOver(term, now))
  await Promise.all(over.map(({ path }) => rm(path)))
  return { kid: key.kid, from, removed: over.map(({ signer }) => signer.kid) }
}
