// Erasure: a person asks that what is held of them be deleted (India's DPDP Act, section 12). What stays is the record that
// there was consent, under a keyed hash, until its retention ends (docs/privacy.md).
import { and, count, eq, gt, isNull, max, sql } from 'drizzle-orm'
import type { Sql } from './database.ts'
import { consents, manageSessions, otpTransactions, people, revocations } from './schema.ts'

/** What is held of a person, as far as erasing touches it. */
export interface Held {
  readonly onRegister: boolean
  /** OTPs that were sent and not used, and sessions in which consents can be withdrawn. */
  readonly open: number
  /** Tokens that are valid now. */
  readonly tokens: number
  /** Consents on record, withdrawn ones and those of old tokens too. */
  readonly consents: number
  /** When the last of their tokens runs out. */
  readonly lastToken: Date | null
}

/** Their tokens could still be valid, and are not revoked yet. */
const isValid = and(isNull(consents.withdrawnAt), gt(consents.expiresAt, sql`now()`))

export async function heldOf(database: Sql, personKey: Buffer): Promise<Held> {
  const { personKey: theirs } = consents
  const [record] = await database
    .select({
      consents: count(),
      tokens: sql<number>`count(*) filter (where ${isValid})`.mapWith(Number),
      lastToken: max(consents.expiresAt),
    })
    .from(consents)
    .where(eq(theirs, personKey))
  if (!record) throw new Error('a count gave no row')
  const open = await Promise.all([
    database.$count(otpTransactions, eq(otpTransactions.personKey, personKey)),
    database.$count(manageSessions, eq(manageSessions.personKey, personKey)),
  ])
  const onRegister = (await database.$count(people, eq(people.personKey, personKey))) > 0
  return { onRegister, open: open[0] + open[1], ...record }
}

/**
 * Takes a person off the register, with what is under way for them, and revokes their tokens: nobody should go on showing
 * what is no longer held. Others of the same number are left alone, and so are counts against abuse, which are the number's.
 * @returns what was erased
 */
export async function erase(database: Sql, personKey: Buffer): Promise<Omit<Held, 'consents' | 'lastToken'>> {
  return database.transaction(async (tx) => {
    // First: a confirm that is under way has recorded its consent by now, or finds its OTP gone.
    const otps = await tx
      .delete(otpTransactions)
      .where(eq(otpTransactions.personKey, personKey))
      .returning({ id: otpTransactions.id })
    const sessions = await tx
      .delete(manageSessions)
      .where(eq(manageSessions.personKey, personKey))
      .returning({ expiresAt: manageSessions.expiresAt })
    const person = await tx
      .delete(people)
      .where(eq(people.personKey, personKey))
      .returning({ doses: people.dosesReceived })
    const withdrawn = await tx
      .update(consents)
      .set({ withdrawnAt: sql`now()` })
      .where(and(eq(consents.personKey, personKey), isValid))
      .returning({ list: consents.list, idx: consents.idx })
    if (withdrawn.length > 0) await tx.insert(revocations).values(withdrawn).onConflictDoNothing()
    return { onRegister: person.length > 0, open: otps.length + sessions.length, tokens: withdrawn.length }
  })
}
