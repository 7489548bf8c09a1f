// The issuer's status lists: made ahead of need, signed again when an entry is revoked and every 12 hours, and kept signed
// in the database, so that every process serves the same one (docs/profile.md, section 5).
import { and, asc, eq, gt, isNull, lt, ne, or, sql, type SQL } from 'drizzle-orm'
import { randomBytes } from 'node:crypto'
import { longestLife } from '../../core/profile.ts'
import { DAY } from '../../core/trust-list.ts'
import { signStatusList } from '../sign.ts'
import { LOCK, type Sql } from './database.ts'
import type { Keys } from './keys.ts'
import { ENTRIES } from './permutation.ts'
import { revocations, statusLists } from './schema.ts'
import { WEEK, weekEnd } from './status-indices.ts'

/** Lists for tokens that are issued so many seconds from now are there now: gates know them before the first token. */
export const AHEAD = 2 * WEEK
/** How long a list is kept after its last token ran out: clocks differ, and gates fetch what their trust list names. */
const AFTERLIFE = 2 * DAY
const RESIGN_AFTER = DAY / 2
/** How long a list lasts once it is signed, unless an operator says otherwise. */
export const LIST_LIFE = 7 * DAY

export interface StatusListSettings {
  /** The issuer's URL, before /status/N. */
  readonly issuer: string
  readonly keys: Keys
  /** How long a list lasts once it is signed, in seconds. */
  readonly life: number
}

export interface StatusLists {
  uriOf(list: number): string
  /** A list as it was signed last. */
  jws(list: number): Promise<string | undefined>
  /** Those that a trust list must name. */
  uris(now: number): Promise<readonly string[]>
  /** Makes the lists of the weeks to come, where there are none with room. */
  prepare(now: number): Promise<void>
  /** Signs what is due. False when another process was at one of them, so that one should look again. */
  signDue(now: number): Promise<boolean>
}

const at = (seconds: number): Date => new Date(seconds * 1000)

export function statusListsOf(database: Sql, { issuer, keys, life }: StatusListSettings): StatusLists {
  const uriOf = (list: number): string => `${issuer}/status/${list}`
  const { id, until, jws, iat, uri } = statusLists
  const needed = (now: number): SQL => gt(until, at(now - AFTERLIFE))
  const isDue = (now: number): SQL | undefined =>
    or(
      isNull(jws),
      lt(iat, now - RESIGN_AFTER),
      // The service has moved to another URL.
      ne(uri, sql`${issuer}::text || '/status/' || ${id}`),
      sql`exists (select from ${revocations} where ${revocations.list} = ${id} and not ${revocations.published})`,
    )

  async function sign(list: number, now: number): Promise<boolean> {
    return database.transaction(async (tx) => {
      // Held until the transaction ends, so that two processes never sign one list at once.
      const [lock] = await tx
        .select({ taken: sql<boolean>`pg_try_advisory_xact_lock(${LOCK.sign}, ${list})` })
        .from(sql`(values (0)) as lock`)
      if (!lock?.taken) return false
      // Asked only now: another process may have signed it a moment ago.
      const [held] = await tx
        .select({ iat })
        .from(statusLists)
        .where(and(eq(id, list), isDue(now)))
      if (!held) return true
      const rows = await tx
        .select({ idx: revocations.idx })
        .from(revocations)
        .where(eq(revocations.list, list))
        .orderBy(asc(revocations.idx))
      const revoked = rows.map(({ idx }) => idx)
      // It only grows, even when two come in one second.
      const next = Math.max(now, held.iat + 1)
      const claims = { uri: uriOf(list), iat: next, exp: next + life, size: ENTRIES, revoked }
      const signed = await signStatusList(claims, await keys.signer(now))
      await tx
        .update(statusLists)
        .set({ jws: signed, iat: next, uri: uriOf(list) })
        .where(eq(id, list))
      // Only those that were read: one that came meanwhile is not in the list.
      await tx
        .update(revocations)
        .set({ published: true })
        .where(
          and(
            eq(revocations.list, list),
            eq(revocations.published, false),
            sql`${revocations.idx} = any(${sql.param(revoked)}::int[])`,
          ),
        )
      return true
    })
  }

  return {
    uriOf,
    jws: async (list) => {
      const [row] = await database.select({ jws }).from(statusLists).where(eq(id, list))
      return row?.jws ?? undefined
    },
    uris: async (now) => {
      const rows = await database.select({ id }).from(statusLists).where(needed(now)).orderBy(id)
      return rows.map((row) => uriOf(row.id))
    },
    prepare: async (now) => {
      await database.transaction(async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(${LOCK.prepare}, 0)`)
        // A list that is half full has one to follow it.
        const rows = await tx
          .select({ until })
          .from(statusLists)
          .where(and(needed(now), lt(statusLists.taken, ENTRIES / 2)))
        const there = new Set(rows.map((row) => row.until.getTime() / 1000))
        const missing = weeksFrom(now).filter((week) => !there.has(week))
        if (missing.length === 0) return
        await tx.insert(statusLists).values(missing.map((week) => ({ until: at(week), key: randomBytes(32) })))
      })
    },
    signDue: async (now) => {
      const rows = await database
        .select({ id })
        .from(statusLists)
        .where(and(needed(now), isDue(now)))
        .orderBy(id)
      let all = true
      for (const row of rows) all = (await sign(row.id, now)) && all
      return all
    },
  }
}

/** The weeks in which tokens run out that are issued now or soon, by their ends. */
function weeksFrom(now: number): number[] {
  const first = weekEnd(now + longestLife(true, true))
  const last = weekEnd(now + AHEAD + longestLife(false, true))
  return Array.from({ length: (last - first) / WEEK + 1 }, (_, week) => first + week * WEEK)
}
