// Limits: so many times in so many seconds, counted in the database from the first time on, so that all processes share
// them. A key is a keyed hash: the table says nothing of whose it is.
import { sql } from 'drizzle-orm'
import type { Sql } from './database.ts'
import { limits } from './schema.ts'

export interface Limit {
  readonly most: number
  /** In seconds. */
  readonly per: number
}

/** One thing that is counted. Two limits on one thing have two labels. */
export interface Use {
  readonly label: string
  readonly key: Buffer
  readonly limit: Limit
}

const { since, seconds, used } = limits
const over = sql`${since} + make_interval(secs => ${seconds}) <= now()`

/**
 * Counts one use of each, and says how many seconds to wait when one of them is over its limit, or nothing when none is.
 * The transaction that it runs in should then be rolled back: what is refused is not counted.
 */
export async function countUses(tx: Sql, uses: readonly Use[]): Promise<number | undefined> {
  // In one order everywhere, so that no two transactions wait for each other.
  const rows = uses
    .map(({ label, key, limit }) => ({
      key: Buffer.concat([Buffer.from(`${label}\0`), key]),
      seconds: limit.per,
      most: limit.most,
    }))
    .toSorted((one, other) => Buffer.compare(one.key, other.key))
  const counted = await upsert(tx, rows, 1)
  const waits = counted.flatMap((row, at) => (row.used > (rows[at]?.most ?? 0) ? [row.wait] : []))
  return waits.length === 0 ? undefined : Math.max(1, ...waits)
}

async function upsert(
  tx: Sql,
  rows: readonly { readonly key: Buffer; readonly seconds: number }[],
  by: number,
): Promise<{ used: number; wait: number }[]> {
  return tx
    .insert(limits)
    .values(rows.map((row) => ({ key: row.key, seconds: row.seconds, used: by })))
    .onConflictDoUpdate({
      target: limits.key,
      set: {
        since: sql`case when ${over} then now() else ${since} end`,
        used: sql`case when ${over} then 0 else ${used} end + excluded.used`,
        seconds: sql`excluded.seconds`,
      },
    })
    .returning({
      used,
      wait: sql<number>`ceil(extract(epoch from ${since} + make_interval(secs => ${seconds}) - now()))::int`,
    })
}

/**
 * A limit over everybody. Each process takes uses in blocks of a hundredth, so that no row is written at each request; up
 * to one block a process can go unused.
 * @returns counts one use, and says how many seconds to wait when there is none left
 */
export function overall(database: Sql, { most, per }: Limit): () => Promise<number | undefined> {
  const block = Math.max(1, Math.floor(most / 100))
  /** What this process may use, until when (in milliseconds), and whether the database has more. */
  let share = { left: 0, until: 0, more: true }
  let taking: Promise<void> | undefined
  const take = async (): Promise<void> => {
    try {
      const [row] = await upsert(database, [{ key: Buffer.from('overall'), seconds: per }], block)
      if (!row) throw new Error('an upsert gave no row back')
      const left = Math.max(0, Math.min(block, most - row.used + block))
      share = { left, until: Date.now() + row.wait * 1000, more: left > 0 }
    } finally {
      taking = undefined
    }
  }
  return async () => {
    for (;;) {
      const wait = share.until - Date.now()
      if (wait > 0 && share.left > 0) {
        share.left -= 1
        return undefined
      }
      if (wait > 0 && !share.more) return Math.ceil(wait / 1000)
      taking ??= take()
      await taking
    }
  }
}
