// Entries of status lists, each given once. A counter in the database is handed out to processes in blocks, so that no row
// is written at each token, and a permutation turns it into entries that tell nothing of their order. What a process has
// left when it ends is lost, and never given to another.
import { and, eq, isNotNull, lte, sql } from 'drizzle-orm'
import { DAY } from '../../core/trust-list.ts'
import type { Sql } from './database.ts'
import { ENTRIES, permutation } from './permutation.ts'
import { statusLists } from './schema.ts'

export interface StatusIndex {
  /** The N of /status/N. */
  readonly list: number
  readonly idx: number
}

export interface StatusIndices {
  /** An entry for a token that runs out then, in seconds. */
  readonly take: (exp: number) => Promise<StatusIndex>
}

const BLOCK = 256
export const WEEK = 7 * DAY
/** 1970 began on a Thursday. */
const FIRST_MONDAY = 4 * DAY

/** The end of the ISO week that a time is in. Both in seconds. */
export const weekEnd = (time: number): number => (Math.floor((time - FIRST_MONDAY) / WEEK) + 1) * WEEK + FIRST_MONDAY

interface Block {
  readonly list: number
  readonly entryOf: (counter: number) => number
  next: number
  readonly end: number
}

/** @param prepare makes lists for the weeks to come, where there are none with room */
export function statusIndices(database: Sql, prepare: () => Promise<void>): StatusIndices {
  const blocks = new Map<number, Block>()
  const taking = new Map<number, Promise<void>>()
  const permutations = new Map<number, (counter: number) => number>()

  async function takeBlock(week: number): Promise<void> {
    for (let attempt = 0; attempt < 10; attempt++) {
      const [row] = await nextBlock(database, week)
      if (row) {
        const entryOf = permutations.get(row.list) ?? permutation(row.key)
        permutations.set(row.list, entryOf)
        blocks.set(week, { list: row.list, entryOf, next: row.taken - BLOCK, end: row.taken })
        return
      }
      // None is there yet, or another process took the last block of one: there will be another.
      await prepare()
    }
    throw new Error('no status list has room')
  }

  return {
    take: async (exp) => {
      const week = weekEnd(exp)
      for (;;) {
        const block = blocks.get(week)
        if (block && block.next < block.end) {
          const idx = block.entryOf(block.next)
          block.next += 1
          return { list: block.list, idx }
        }
        const under = taking.get(week) ?? takeBlock(week).finally(() => taking.delete(week))
        taking.set(week, under)
        await under
      }
    },
  }
}

/** Moves the counter of the week's oldest list that has room. Nothing when there is none, or it was full by then. */
function nextBlock(database: Sql, week: number): Promise<{ list: number; key: Buffer; taken: number }[]> {
  const { id, until, taken, key, jws } = statusLists
  const hasRoom = lte(taken, ENTRIES - BLOCK)
  const first = database
    .select({ id })
    .from(statusLists)
    .where(and(eq(until, new Date(week * 1000)), hasRoom, isNotNull(jws)))
    .orderBy(id)
    .limit(1)
  return database
    .update(statusLists)
    .set({ taken: sql`${taken} + ${BLOCK}` })
    .where(and(eq(id, first), hasRoom))
    .returning({ list: id, key, taken })
}
