// Consents: who asked, for what, when, and what was shared. A person opens them by OTP, and withdraws one; that revokes the
// token through its status list.
import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import { createHash, randomBytes } from 'node:crypto'
import { inSeconds, type Sql } from './database.ts'
import type { Transaction } from './otp.ts'
import { consents, entities, manageSessions, otpTransactions, revocations } from './schema.ts'

export const MANAGE_SECONDS = 600

/** A consent as its person sees it. Times in seconds. */
export interface Consent {
  readonly id: string
  readonly verifier: string | null
  /** Its name, as long as it is registered. */
  readonly verifierName: string | null
  readonly purpose: string
  readonly givenAt: number
  readonly initialsShared: boolean
  readonly expiresAt: number
  readonly withdrawnAt: number | null
}

export interface Consents {
  /** Uses an OTP transaction up, and opens its person's consents. Nothing when it was used up before. */
  open(transaction: Transaction): Promise<{ manage: string; consents: readonly Consent[] } | undefined>
  /** Withdraws a consent, once: again changes nothing. */
  withdraw(manage: string, id: string): Promise<Withdrawal>
}

export type Withdrawal =
  | { readonly kind: 'withdrawn'; readonly at: number }
  /** The secret is not, or no longer, one. */
  | { readonly kind: 'no-session' }
  /** This person gave no such consent. */
  | { readonly kind: 'no-consent' }

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()
const inSecondsOf = (time: Date): number => Math.floor(time.getTime() / 1000)

export function consentsOf(database: Sql): Consents {
  return {
    open: async ({ id, personKey }) => {
      const manage = randomBytes(32).toString('base64url')
      const opened = await database.transaction(async (tx) => {
        const used = await tx
          .delete(otpTransactions)
          .where(eq(otpTransactions.id, id))
          .returning({ id: otpTransactions.id })
        if (used.length === 0) return false
        const session = { secretHash: hashOf(manage), personKey, expiresAt: inSeconds(MANAGE_SECONDS) }
        await tx.insert(manageSessions).values(session)
        return true
      })
      return opened ? { manage, consents: await ofPerson(database, personKey) } : undefined
    },
    withdraw: async (manage, id) => {
      const [session] = await database
        .select({ personKey: manageSessions.personKey })
        .from(manageSessions)
        .where(and(eq(manageSessions.secretHash, hashOf(manage)), gt(manageSessions.expiresAt, sql`now()`)))
      if (!session) return { kind: 'no-session' }
      const theirs = and(eq(consents.id, id), eq(consents.personKey, session.personKey))
      return database.transaction(async (tx): Promise<Withdrawal> => {
        const [row] = await tx
          .update(consents)
          .set({ withdrawnAt: sql`now()` })
          .where(and(theirs, isNull(consents.withdrawnAt)))
          .returning({ list: consents.list, idx: consents.idx })
        if (row) await tx.insert(revocations).values(row).onConflictDoNothing()
        const [held] = await tx.select({ withdrawnAt: consents.withdrawnAt }).from(consents).where(theirs)
        return held?.withdrawnAt ? { kind: 'withdrawn', at: inSecondsOf(held.withdrawnAt) } : { kind: 'no-consent' }
      })
    },
  }
}

async function ofPerson(database: Sql, personKey: Buffer): Promise<Consent[]> {
  const rows = await database
    .select({
      id: consents.id,
      verifier: consents.entity,
      verifierName: entities.name,
      purpose: consents.purpose,
      givenAt: consents.givenAt,
      initialsShared: consents.initialsShared,
      expiresAt: consents.expiresAt,
      withdrawnAt: consents.withdrawnAt,
    })
    .from(consents)
    .leftJoin(entities, eq(entities.id, consents.entity))
    .where(eq(consents.personKey, personKey))
    .orderBy(desc(consents.givenAt))
  return rows.map((row) => ({
    ...row,
    givenAt: inSecondsOf(row.givenAt),
    expiresAt: inSecondsOf(row.expiresAt),
    withdrawnAt: row.withdrawnAt ? inSecondsOf(row.withdrawnAt) : null,
  }))
}
