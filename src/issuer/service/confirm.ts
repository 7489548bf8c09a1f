// Confirming: from a right OTP to a signed answer. In this order, so that a process may be killed anywhere: a try is burnt,
// the OTP compared; one transaction uses the OTP up and records the consent; then the token is signed. Killed before that
// transaction, nothing happened; after it, the person asks again, and the entry of the lost token is never given twice.
import { sql, type SQL } from 'drizzle-orm'
import type { JWK } from 'jose'
import { longestLife } from '../../core/profile.ts'
import type { Status } from '../../core/verdict.ts'
import { signToken, type TokenClaims } from '../sign.ts'
import { batched } from './batch.ts'
import { isAnyOf, type Sql } from './database.ts'
import type { Keys } from './keys.ts'
import type { Guess, Otps, Transaction } from './otp.ts'
import { statusOf, type Register } from './register.ts'
import { consents, otpTransactions } from './schema.ts'
import type { StatusIndex, StatusIndices } from './status-indices.ts'

export interface Answer {
  readonly token: string
  readonly status: Status
  /** In seconds. */
  readonly expiresAt: number
}

export type Confirmed =
  | ({ readonly kind: 'answer' } & Answer)
  | { readonly kind: 'wrong'; readonly triesLeft: number }
  | { readonly kind: 'closed' }
  | { readonly kind: 'not-registered' }

export interface Confirmation {
  readonly database: Sql
  readonly otps: Otps
  readonly register: Register
  readonly indices: StatusIndices
  readonly keys: Keys
  readonly iss: string
  readonly uriOf: (list: number) => string
}

/** @param holder the public key of a live token; a bearer token otherwise */
export type Confirm = (guess: Omit<Guess, 'manages'>, holder: JWK | undefined) => Promise<Confirmed>

/** What is recorded when an OTP is used up. */
interface Settlement {
  readonly transaction: Transaction
  /** Nothing for somebody who is not on the register: then there is no consent to record. */
  readonly given: (StatusIndex & { readonly exp: number }) | undefined
}

export function confirmation({ database, otps, register, indices, keys, iss, uriOf }: Confirmation): Confirm {
  const find = batched((references: readonly Buffer[]) => register.find(references), { most: 128, lanes: 2 })
  const settle = batched((settled: readonly Settlement[]) => settleAll(database, settled), { most: 128, lanes: 2 })
  return async (guess, holder) => {
    const checked = await otps.check({ ...guess, manages: false })
    if (checked.kind !== 'right') return checked
    const { transaction } = checked
    const doses = await find(transaction.reference)
    const now = Math.floor(Date.now() / 1000)
    const exp = now + longestLife(holder !== undefined, true)
    const entry = doses && (await indices.take(exp))
    const won = await settle({ transaction, given: entry && { ...entry, exp } })
    if (!won) return { kind: 'closed' }
    if (!doses || !entry) return { kind: 'not-registered' }
    const { entity, initials } = transaction
    const status = statusOf(doses)
    const claims: TokenClaims = {
      iss,
      iat: now,
      exp,
      vs: status,
      ...(entity === null ? {} : { aud: entity }),
      ...(initials === null ? {} : { n: initials }),
      status: { status_list: { idx: entry.idx, uri: uriOf(entry.list) } },
      ...(holder === undefined ? {} : { cnf: { jwk: holder } }),
    }
    return { kind: 'answer', token: await signToken(claims, await keys.signer(now)), status, expiresAt: exp }
  }
}

/**
 * One statement for all, and so one transaction: it uses the OTPs up, and records a consent for each that was still there
 * and is to have one. Of two that bring one OTP transaction, one wins.
 */
async function settleAll(database: Sql, settled: readonly Settlement[]): Promise<boolean[]> {
  const inOrder = settled.toSorted(({ transaction: one }, { transaction: other }) => (one.id < other.id ? -1 : 1))
  // Each once: two of one transaction in one statement would be two consents.
  const each = inOrder.filter(({ transaction: { id } }, at) => id !== inOrder[at - 1]?.transaction.id)
  const column = (of: (settlement: Settlement) => number | string | null): SQL => sql`${sql.param(each.map(of))}`
  const brought = sql`unnest(
    ${column(({ transaction }) => transaction.id)}::uuid[],
    ${column(({ given }) => given?.list ?? null)}::int[],
    ${column(({ given }) => given?.idx ?? null)}::int[],
    ${column(({ given }) => given?.exp ?? null)}::bigint[]
  ) as brought(id, list, idx, exp)`
  const { id, personKey, entity, purpose, initials } = otpTransactions
  const ids = each.map(({ transaction }) => transaction.id)
  const used = database
    .$with('used')
    .as(
      database.delete(otpTransactions).where(isAnyOf(id, ids)).returning({ id, personKey, entity, purpose, initials }),
    )
  // In the order of the table's columns.
  const record = sql`
    select used.id, used.person_key, used.entity, used.purpose, used.initials is not null, now(),
      brought.list, brought.idx, to_timestamp(brought.exp), null
    from used join ${brought} using (id) where brought.list is not null`
  const recorded = database
    .$with('recorded')
    .as(database.insert(consents).select(record).returning({ id: consents.id }))
  const rows = await database.with(used, recorded).select({ id: used.id }).from(used)
  const won = new Set(rows.map((row) => row.id))
  return settled.map(({ transaction }) => won.delete(transaction.id))
}
