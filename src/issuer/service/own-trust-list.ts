// The trust list, where the root's key is the service's own: small deployments and the demo. Elsewhere the root is another's,
// and makes it with `kycvs trust` from what `kycvs entry` prints.
import { eq, sql } from 'drizzle-orm'
import { isCount, isFields, payloadOf } from '../../core/compact.ts'
import { DAY } from '../../core/trust-list.ts'
import { type IssuerEntry, type PrivateJwk } from '../sign.ts'
import { renewTrustList } from '../trust-list.ts'
import { LOCK, type Sql } from './database.ts'
import type { Keys } from './keys.ts'
import { trustLists } from './schema.ts'
import type { StatusLists } from './status-lists.ts'

/** How long a trust list lasts, in seconds. */
const LIFE = 14 * DAY
const RENEW_AFTER = DAY / 2
const ONLY = 1

/** The issuer as a trust list names it. */
export async function issuerEntry(
  issuer: { readonly iss: string; readonly name: string },
  keys: Keys,
  lists: StatusLists,
  now: number,
): Promise<IssuerEntry> {
  return { ...issuer, keys: await keys.published(now), status_lists: await lists.uris(now) }
}

export interface OwnTrustList {
  jws(): Promise<string | undefined>
  /** Signs it again when it is old, or names other keys or lists than there are. */
  renew(now: number): Promise<void>
}

export function ownTrustList(
  database: Sql,
  root: PrivateJwk,
  entryAt: (now: number) => Promise<IssuerEntry>,
): OwnTrustList {
  return {
    jws: () => held(database),
    renew: async (now) => {
      const entry = await entryAt(now)
      await database.transaction(async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(${LOCK.trust}, 0)`)
        const before = await held(tx)
        if (before !== undefined && stands(before, entry, root.kid, now)) return
        const jws = await next(before, entry, root, now)
        await tx
          .insert(trustLists)
          .values({ id: ONLY, jws })
          .onConflictDoUpdate({ target: trustLists.id, set: { jws } })
      })
    },
  }
}

async function held(from: Sql): Promise<string | undefined> {
  const [row] = await from.select().from(trustLists).where(eq(trustLists.id, ONLY))
  return row?.jws
}

function stands(jws: string, entry: IssuerEntry, kid: string, now: number): boolean {
  const { iat, issuers } = payloadOf(jws) ?? {}
  const same = JSON.stringify(issuers) === JSON.stringify([entry])
  return same && signedBy(jws, kid) && isCount(iat) && iat <= now && now - iat < RENEW_AFTER
}

const signedBy = (jws: string, kid: string): boolean => {
  const header: unknown = JSON.parse(Buffer.from(jws.split('.')[0] ?? '', 'base64url').toString())
  return isFields(header) && header['kid'] === kid
}

/** A root that was replaced goes on with the old one's numbers: a gate may hold a list of either. */
async function next(before: string | undefined, entry: IssuerEntry, root: PrivateJwk, now: number): Promise<string> {
  const ours = before !== undefined && signedBy(before, root.kid) ? before : undefined
  const last = before === undefined ? undefined : payloadOf(before)?.['seq']
  const renewed = await renewTrustList(
    {
      held: ours,
      issuers: [entry],
      now,
      life: LIFE,
      seq: ours === undefined && isCount(last) ? last + 1 : undefined,
      iss: entry.iss,
    },
    root,
  )
  if (!renewed.ok) throw new Error(`the trust list would not be sound: ${renewed.fault.why}`)
  return renewed.jws
}
