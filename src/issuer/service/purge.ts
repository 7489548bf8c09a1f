// What has served its time goes: OTPs that ran out, counts, sessions, lists of weeks that are over, old consents.
import { count, lt, notInArray, sql, type SQL } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { DAY } from '../../core/trust-list.ts'
import { LOCK, type Sql } from './database.ts'
import { consents, limits, manageSessions, otpTransactions, revocations, statusLists } from './schema.ts'

/** How long a consent's record is kept after its token ran out, in days, unless an operator says otherwise. */
export const RETENTION_DAYS = 365

/** Rows deleted, by table. */
export type Purged = Readonly<Record<'otps' | 'limits' | 'sessions' | 'lists' | 'revocations' | 'consents', number>>

const ago = (seconds: number) => sql`now() - make_interval(secs => ${seconds})`

/** Deletes it. Nothing is done, and nothing given, when another process is at it. */
export async function purge(database: Sql, retentionDays: number): Promise<Purged | undefined> {
  return database.transaction(async (tx) => {
    const [lock] = await tx
      .select({ taken: sql<boolean>`pg_try_advisory_xact_lock(${LOCK.purge}, 0)` })
      .from(sql`(values (0)) as lock`)
    if (!lock?.taken) return undefined
    const remove = async (table: PgTable, which: SQL): Promise<number> => {
      const gone = tx.$with('gone').as(
        tx
          .delete(table)
          .where(which)
          .returning({ one: sql`1`.as('one') }),
      )
      const [row] = await tx.with(gone).select({ rows: count() }).from(gone)
      return row?.rows ?? 0
    }
    const over = sql`${limits.since} + make_interval(secs => ${limits.seconds}) < now()`
    return {
      otps: await remove(otpTransactions, lt(otpTransactions.expiresAt, sql`now()`)),
      limits: await remove(limits, over),
      sessions: await remove(manageSessions, lt(manageSessions.expiresAt, sql`now()`)),
      // Gates may hold a trust list that names them for as long as a trust list lasts.
      lists: await remove(statusLists, lt(statusLists.until, ago(30 * DAY))),
      revocations: await remove(
        revocations,
        notInArray(revocations.list, tx.select({ id: statusLists.id }).from(statusLists)),
      ),
      consents: await remove(consents, lt(consents.expiresAt, ago(retentionDays * DAY))),
    }
  })
}
