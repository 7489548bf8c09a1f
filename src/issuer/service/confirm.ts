// Confirming: from a right OTP to a signed answer. In this order, so that a process may be killed anywhere: a try is burnt,
// the OTP compared; one transaction uses the OTP up and records the consent; then the token is signed. Killed before that
// transaction, nothing happened; after it, the person asks again, and the entry of the lost token is never given twice.
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

/** One transaction for all. Of two that bring one OTP transaction, one wins. */
async function settleAll(database: Sql, settled: readonly Settlement[]): Promise<boolean[]> {
  const ids = [...new Set(settled.map(({ transaction }) => transaction.id))].toSorted()
  return database.transaction(async (tx) => {
    const rows = await tx
      .delete(otpTransactions)
      .where(isAnyOf(otpTransactions.id, ids))
      .returning({ id: otpTransactions.id })
    const unclaimed = new Set(rows.map(({ id }) => id))
    const outcome = settled.map((settlement) => ({
      ...settlement,
      won: unclaimed.delete(settlement.transaction.id),
    }))
    const records = outcome.flatMap(({ transaction, given, won }) =>
      won && given ? [recordOf(transaction, given)] : [],
    )
    if (records.length > 0) await tx.insert(consents).values(records)
    return outcome.map(({ won }) => won)
  })
}

function recordOf(
  { id, personKey, entity, purpose, initials }: Transaction,
  { list, idx, exp }: StatusIndex & { readonly exp: number },
): typeof consents.$inferInsert {
  return {
    id,
    personKey,
    entity,
    purpose,
    initialsShared: initials !== null,
    list,
    idx,
    expiresAt: new Date(exp * 1000),
  }
}
