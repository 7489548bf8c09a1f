// One-time passwords by SMS (NIST SP 800-63B, out-of-band): 6 digits, 5 minutes, 5 tries, used once. They are kept as
// keyed hashes, and every count is in the database, so that it holds for all processes together.
import { and, eq, gt, ne, sql } from 'drizzle-orm'
import { randomInt, randomUUID } from 'node:crypto'
import { batched } from './batch.ts'
import { inSeconds, type Sql } from './database.ts'
import { areSame, type KeyedHash } from './keyed-hash.ts'
import { countUses, overall, type Limit, type Use } from './limits.ts'
import type { Person } from './person.ts'
import { otpTransactions } from './schema.ts'

export const OTP_SECONDS = 300
export const OTP_TRIES = 5

/** Limits that an operator may set. */
export interface OtpLimits {
  /** How soon a number may be sent another. */
  readonly resend: Limit
  /** How many a number is sent while the first could still be used. */
  readonly sends: Limit
  readonly perNumber: Limit
  /** For a browser, by its address; an entity's server has `perEntity`. */
  readonly perAddress: Limit
  readonly perEntity: Limit
  readonly overall: Limit
}

export const OTP_LIMITS: OtpLimits = {
  resend: { most: 1, per: 30 },
  sends: { most: 4, per: OTP_SECONDS },
  perNumber: { most: 8, per: 3600 },
  perAddress: { most: 30, per: 600 },
  perEntity: { most: 6000, per: 600 },
  overall: { most: 60_000, per: 60 },
}

export interface OtpRequest {
  readonly person: Person
  readonly reference: Buffer
  readonly purpose: string
  readonly entity: string | undefined
  readonly initials: string | undefined
  /** It opens the person's consents, and makes no token. */
  readonly manages: boolean
  /** Who asks, as far as limits go: a browser's address, or an entity whose server asks. */
  readonly asker: { readonly address: string } | { readonly entity: string }
}

export type OtpOpened =
  | { readonly ok: true; readonly txn: string; readonly otp: string; readonly resendIn: number }
  /** Over a limit; in seconds. */
  | { readonly ok: false; readonly wait: number }

/** What an OTP stands for, once it was found right. */
export type Transaction = Pick<
  typeof otpTransactions.$inferSelect,
  'id' | 'personKey' | 'reference' | 'purpose' | 'entity' | 'initials'
>

export type Checked =
  | { readonly kind: 'right'; readonly transaction: Transaction }
  | { readonly kind: 'wrong'; readonly triesLeft: number }
  /** Used, run out, out of tries, followed by another, or never there: nobody is told which. */
  | { readonly kind: 'closed' }

export interface Guess {
  readonly txn: string
  readonly otp: string
  readonly manages: boolean
}

export interface Otps {
  /** Opens a transaction, and closes the open ones of the number. The same work for everybody: nobody is looked up. */
  open(request: OtpRequest): Promise<OtpOpened>
  /** Burns a try, then compares. However many guesses come at once, and wherever: no more than 5 are ever compared. */
  check(guess: Guess): Promise<Checked>
}

/** Thrown to roll a transaction back, and caught where that began. */
class OverLimit extends Error {
  readonly wait: number
  constructor(wait: number) {
    super('over a limit')
    this.wait = wait
  }
}

export function otps(database: Sql, hash: KeyedHash, limits: OtpLimits): Otps {
  const countOverall = overall(database, limits.overall)
  return {
    open: async (request) => {
      const wait = await countOverall()
      if (wait !== undefined) return { ok: false, wait }
      const txn = randomUUID()
      const otp = randomInt(1_000_000).toString().padStart(6, '0')
      const uses = usesOf(request, hash, limits)
      try {
        await database.transaction(async (tx) => {
          const over = await countUses(tx, uses)
          if (over !== undefined) throw new OverLimit(over)
          await record(tx, txn, hash.otp(txn, otp), hash.number(request.person.mobile), request)
        })
      } catch (error) {
        if (error instanceof OverLimit) return { ok: false, wait: error.wait }
        throw error
      }
      return { ok: true, txn, otp, resendIn: limits.resend.per }
    },
    check: batched((guesses: readonly Guess[]) => checkAll(database, hash, guesses), { most: 128, lanes: 2 }),
  }
}

function usesOf({ person, asker }: OtpRequest, hash: KeyedHash, limits: OtpLimits): Use[] {
  const number = hash.number(person.mobile)
  const byAsker =
    'address' in asker
      ? { label: 'address', key: hash.address(asker.address, Date.now() / 1000), limit: limits.perAddress }
      : { label: 'entity', key: hash.entity(asker.entity), limit: limits.perEntity }
  return [
    { label: 'resend', key: number, limit: limits.resend },
    { label: 'sends', key: number, limit: limits.sends },
    { label: 'number', key: number, limit: limits.perNumber },
    byAsker,
  ]
}

async function record(tx: Sql, id: string, otpHash: Buffer, numberKey: Buffer, request: OtpRequest): Promise<void> {
  const { person, reference, purpose, entity = null, initials = null, manages } = request
  await tx.insert(otpTransactions).values({
    id,
    numberKey,
    personKey: person.key,
    reference,
    otpHash,
    triesLeft: OTP_TRIES,
    expiresAt: inSeconds(OTP_SECONDS),
    manages,
    purpose,
    entity,
    initials,
  })
  await tx.delete(otpTransactions).where(and(eq(otpTransactions.numberKey, numberKey), ne(otpTransactions.id, id)))
}

/** One statement burns the tries of all guesses: n guesses at one transaction burn n, and count as far as there were n. */
async function checkAll(database: Sql, hash: KeyedHash, guesses: readonly Guess[]): Promise<Checked[]> {
  const asked = new Map<string, Guess[]>()
  for (const guess of guesses) {
    const key = `${guess.txn} ${guess.manages}`
    asked.set(key, [...(asked.get(key) ?? []), guess])
  }
  // In one order everywhere, so that no two statements wait for each other.
  const groups = [...asked.entries()].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, group]) => group)
  const ids = sql.param(groups.map((group) => group[0]?.txn))
  const manages = sql.param(groups.map((group) => group[0]?.manages))
  const counts = sql.param(groups.map((group) => group.length))
  const { id, manages: forConsents, triesLeft, otpHash, personKey, reference } = otpTransactions
  const { purpose, entity, initials } = otpTransactions
  const burnt = await database
    .update(otpTransactions)
    .set({ triesLeft: sql`${triesLeft} - asked.guesses` })
    .from(sql`unnest(${ids}::uuid[], ${manages}::boolean[], ${counts}::int[]) as asked(id, manages, guesses)`)
    .where(
      and(
        eq(id, sql`asked.id`),
        eq(forConsents, sql`asked.manages`),
        gt(triesLeft, 0),
        gt(otpTransactions.expiresAt, sql`now()`),
      ),
    )
    .returning({ id, manages: forConsents, triesLeft, otpHash, personKey, reference, purpose, entity, initials })
  const found = new Map(burnt.map((row) => [`${row.id} ${row.manages}`, row]))
  const verdicts = new Map<Guess, Checked>()
  for (const [key, group] of asked) {
    const row = found.get(key)
    for (const [at, guess] of group.entries()) {
      const left = row === undefined ? -1 : row.triesLeft + group.length - 1 - at
      verdicts.set(guess, row === undefined || left < 0 ? { kind: 'closed' } : compare(row, guess, left, hash))
    }
  }
  return guesses.map((guess) => verdicts.get(guess) ?? { kind: 'closed' })
}

function compare(
  row: Transaction & { readonly otpHash: Buffer },
  { txn, otp }: Guess,
  left: number,
  hash: KeyedHash,
): Checked {
  if (!areSame(hash.otp(txn, otp), row.otpHash)) return { kind: 'wrong', triesLeft: left }
  return { kind: 'right', transaction: row }
}
