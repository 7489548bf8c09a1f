// bench:issuer: confirmed tokens a second with PostgreSQL against the raw signing rate of the same key, with a small and a
// large register; status lists signed; and whether times tell who is on the register.
// Arguments: the people of the large register (10 million), the seconds of each trial (4), the trials (5).
import { sql } from 'drizzle-orm'
import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { confirmation, type Confirm } from '../../src/issuer/service/confirm.ts'
import { openDatabase, type Database } from '../../src/issuer/service/database.ts'
import { keyedHash } from '../../src/issuer/service/keyed-hash.ts'
import { oneKey } from '../../src/issuer/service/keys.ts'
import { otps, type Otps } from '../../src/issuer/service/otp.ts'
import { readPerson } from '../../src/issuer/service/person.ts'
import { ENTRIES } from '../../src/issuer/service/permutation.ts'
import { ownRegister } from '../../src/issuer/service/register.ts'
import { otpTransactions, people, revocations, statusLists } from '../../src/issuer/service/schema.ts'
import { keySigner } from '../../src/issuer/service/signer.ts'
import { statusIndices } from '../../src/issuer/service/status-indices.ts'
import { statusListsOf } from '../../src/issuer/service/status-lists.ts'
import { makeKey } from '../../src/issuer/sign.ts'
import { ISS, NO_LIMITS, notOtp, otpIn, PEPPER, startTestIssuer, type TestIssuer } from '../support/issuer.ts'
import { startPostgres } from '../support/postgres.ts'
import { fixed, report, say, spreadOf, withSpread, type Table } from './figures.ts'
import type { Load, Loaded } from './issuer-load.ts'

const [large = 10_000_000, seconds = 4, trials = 5] = process.argv
  .slice(2)
  .filter((word) => /^\d+$/.test(word))
  .map(Number)
const SMALL = 10_000
const MS = seconds * 1000
/** Requests under way at once. */
const CLIENTS = 256
const RATIO_WANTED = 0.25
const DRIFT_WANTED = 0.15
const hash = keyedHash(PEPPER)
const signer = keySigner(await makeKey('ES256', 'issuer'))
const keys = oneKey(signer)
const postgres = await startPostgres({ durable: true })

try {
  const confirms = await benchConfirm()
  const lists = await benchLists()
  const times = await benchTimes()
  report(
    { confirms, lists, times },
    [confirmTable(confirms), cpuTable(confirms), listTable(lists), timeTable(times)],
    [
      `Medians and quartiles of ${trials} trials of ${seconds} s, the kinds in turn. Wanted: a ratio of ${RATIO_WANTED} or more for a ` +
        `confirm (a try burnt, the OTP compared, the register asked, the consent recorded on disk, an entry drawn, the token ` +
        `signed), and ${fixed(large)} people within ${fixed(DRIFT_WANTED * 100)} % of ${fixed(SMALL)}. By HTTP, the client shares the cores.`,
      'Times: |t| below 1.96 is no difference at the level of 5 %; beside it, the difference that would be found 95 times in 100.',
    ],
  )
} finally {
  await postgres.stop()
}

type Confirms = Readonly<Record<'raw' | 'small' | 'large' | 'http' | 'otp' | 'service' | 'client', readonly number[]>>

/** A database with so many people, and the service over it. */
interface Site {
  readonly database: Database
  readonly service: TestIssuer
  readonly guesses: Otps
  readonly confirm: Confirm
}

async function openSite(size: number): Promise<Site> {
  say(`Filling a register of ${fixed(size)} …`)
  const database = await openDatabase({ url: await postgres.create() })
  await fill(database, size)
  const service = await startTestIssuer(database, { keys, listen: { port: 0 }, issuer: undefined })
  const query = database.sql
  const lists = statusListsOf(query, { issuer: ISS, keys, life: 86_400 })
  const guesses = otps(query, hash, NO_LIMITS)
  const confirm = confirmation({
    database: query,
    otps: guesses,
    register: ownRegister(query),
    indices: statusIndices(query, () => lists.prepare(Math.floor(Date.now() / 1000))),
    keys,
    iss: ISS,
    uriOf: (list) => lists.uriOf(list),
  })
  return { database, service, guesses, confirm }
}

/** The first 10 thousand are those who are asked about; the others have keys as random as theirs. */
async function fill(database: Database, size: number): Promise<void> {
  const rows = Array.from({ length: SMALL }, (_, at) => ({
    personKey: hash.person(`+91${9_000_000_000 + at}`, 'benchperson'),
    dosesReceived: at % 3,
    dosesRequired: 2,
  }))
  for (let from = 0; from < SMALL; from += 2000) await database.sql.insert(people).values(rows.slice(from, from + 2000))
  for (let from = SMALL; from < size; from += 500_000) {
    const to = Math.min(size, from + 500_000) - 1
    await database.sql.execute(
      sql`insert into people select sha256(n::text::bytea), n % 3, 2 from generate_series(${from}::int, ${to}::int) n`,
    )
  }
  await database.sql.execute(sql`vacuum analyze people`)
}

async function benchConfirm(): Promise<Confirms> {
  const sites = [await openSite(SMALL), await openSite(large)] as const
  const [small, big] = sites
  const found: Record<keyof Confirms, number[]> = {
    raw: [],
    small: [],
    large: [],
    http: [],
    otp: [],
    service: [],
    client: [],
  }
  const payload = Buffer.alloc(300, 0x61)
  // The first trial warms up, and is not counted.
  for (let trial = 0; trial <= trials; trial++) {
    say(trial === 0 ? 'Warming up …' : `Trial ${trial} of ${trials} …`)
    const figures = {
      raw: await rate(() => signer.sign(payload)),
      small: await confirmRate(small),
      large: await confirmRate(big),
      http: await httpRate(small),
      otp: await otpRate(small),
    }
    if (trial === 0) continue
    found.raw.push(figures.raw)
    found.small.push(figures.small)
    found.large.push(figures.large)
    found.http.push(figures.http.rate)
    found.service.push(figures.http.service)
    found.client.push(figures.http.client)
    found.otp.push(figures.otp)
  }
  for (const { service, database } of sites) {
    await service.issuer.stop()
    await database.close()
  }
  return found
}

/** How often a second `work` is done by so many clients. */
async function rate(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  let done = 0
  const client = async (): Promise<void> => {
    while (performance.now() - started < MS) {
      await work()
      done += 1
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  return (done / (performance.now() - started)) * 1000
}

interface Open {
  readonly txn_id: string
  readonly otp: string
}

/** Opens transactions of people who are on the register, as if their SMS had been sent. */
async function openTransactions({ database }: Site): Promise<Open[]> {
  await database.sql.execute(sql`truncate otp_transactions, consents`)
  const made: Open[] = []
  const count = seconds * 15_000
  for (let from = 0; from < count; from += 2000) {
    const rows = Array.from({ length: 2000 }, (_, at) => {
      const id = randomUUID()
      const otp = String((from + at) % 1_000_000).padStart(6, '0')
      made.push({ txn_id: id, otp })
      const key = hash.person(`+91${9_000_000_000 + ((from + at) % SMALL)}`, 'benchperson')
      return {
        id,
        numberKey: hash.number(id),
        personKey: key,
        reference: key,
        otpHash: hash.otp(id, otp),
        triesLeft: 5,
        expiresAt: new Date(Date.now() + 3_600_000),
        manages: false,
        purpose: 'A bench',
      }
    })
    await database.sql.insert(otpTransactions).values(rows)
  }
  await database.sql.execute(sql`vacuum analyze otp_transactions`)
  await database.sql.execute(sql`checkpoint`)
  return made
}

async function confirmRate(site: Site): Promise<number> {
  const open = await openTransactions(site)
  return rate(async () => {
    const { txn_id: txn, otp } = open.pop() ?? { txn_id: '', otp: '' }
    const { kind } = await site.confirm({ txn, otp }, undefined)
    if (kind !== 'answer') throw new Error(`a confirm was ${kind}`)
  })
}

/** OTPs asked for by as many numbers and addresses as there are requests. */
async function otpRate({ guesses, database }: Site): Promise<number> {
  await database.sql.execute(sql`truncate otp_transactions, limits`)
  let asked = 0
  return rate(async () => {
    asked += 1
    const person = readPerson(hash, String(9_000_000_000 + asked), 'Bench Person')
    if (!person) throw new Error('the bench knows no such person')
    const { ok } = await guesses.open({
      person,
      reference: person.key,
      purpose: 'A bench',
      entity: undefined,
      initials: undefined,
      manages: false,
      asker: { address: String(asked) },
    })
    if (!ok) throw new Error('an OTP was over a limit')
  })
}

/** Requests a second, and the microseconds of a core that each takes: in this process, and in the client's. */
interface OverHttp {
  readonly rate: number
  readonly service: number
  readonly client: number
}

async function httpRate(site: Site): Promise<OverHttp> {
  const bodies = (await openTransactions(site)).map((open) => JSON.stringify(open))
  const client = fork(fileURLToPath(new URL('issuer-load.ts', import.meta.url)))
  const port = Number(new URL(site.service.issuer.origin).port)
  const load: Load = { port, path: '/kyc-vs/confirm', bodies, connections: CLIENTS, ms: MS }
  const before = process.cpuUsage()
  client.send(load)
  const { done, ms, wrong, cpuMs } = await new Promise<Loaded>((resolve) => client.once('message', resolve))
  const { user, system } = process.cpuUsage(before)
  client.disconnect()
  await once(client, 'exit')
  if (wrong > 0) throw new Error(`${wrong} answers were no tokens`)
  return { rate: (done / ms) * 1000, service: (user + system) / done, client: (cpuMs * 1000) / done }
}

function against(rates: readonly number[], of: readonly number[]): string {
  return withSpread(spreadOf(rates.map((one, trial) => one / (of[trial] ?? Number.NaN))), 3)
}

function confirmTable(found: Confirms): Table {
  const row = (name: string, rates: readonly number[], of = ''): string[] => [
    name,
    withSpread(spreadOf(rates)),
    against(rates, found.raw),
    of,
  ]
  return [
    ['a second', 'rate', 'against raw', 'against small'],
    row('raw signing', found.raw),
    row(`confirm, ${fixed(SMALL)} people`, found.small),
    row(`confirm, ${fixed(large)} people`, found.large, against(found.large, found.small)),
    row('POST /kyc-vs/confirm', found.http),
    row('OTP asked for', found.otp),
  ]
}

/** Where a request's time goes. What is left of the cores is PostgreSQL's, the system's and idle. */
function cpuTable({ raw, service, client }: Confirms): Table {
  const signing = raw.map((perSecond) => 1e6 / perSecond)
  const rows: readonly (readonly [string, readonly number[]])[] = [
    ['raw signing', signing],
    ['POST /kyc-vs/confirm, the service', service],
    ['the same, its client', client],
  ]
  return [['microseconds of a core', 'each'], ...rows.map(([name, each]) => [name, withSpread(spreadOf(each))])]
}

interface Lists {
  readonly indices: number
  readonly lists: number
  readonly seconds: number
  readonly bytes: number
}

/** Lists with one entry in a hundred revoked, all due at once. */
async function benchLists(): Promise<Lists[]> {
  const database = await openDatabase({ url: await postgres.create() })
  const lists = statusListsOf(database.sql, { issuer: ISS, keys, life: 86_400 })
  const now = Math.floor(Date.now() / 1000)
  const found: Lists[] = []
  for (const millions of [1, 10, 100]) {
    say(`Signing ${millions} million indices …`)
    const count = Math.ceil((millions * 1e6) / ENTRIES)
    await database.sql.execute(sql`truncate status_lists, revocations restart identity`)
    const until = new Date((now + 86_400) * 1000)
    await database.sql
      .insert(statusLists)
      .values(Array.from({ length: count }, () => ({ until, key: Buffer.alloc(32) })))
    await database.sql.execute(sql`
      insert into ${revocations} select list, (random() * ${ENTRIES - 1})::int
      from generate_series(1, ${count}) list, generate_series(1, ${Math.floor(ENTRIES / 100)}) on conflict do nothing`)
    await database.sql.execute(sql`vacuum analyze revocations`)
    const started = performance.now()
    await lists.signDue(now)
    const took = (performance.now() - started) / 1000
    const [row] = await database.sql.select({ bytes: sql<number>`sum(length(jws))::float8` }).from(statusLists)
    found.push({ indices: count * ENTRIES, lists: count, seconds: took, bytes: row?.bytes ?? 0 })
  }
  await database.close()
  return found
}

function listTable(found: readonly Lists[]): Table {
  return [
    ['status lists signed', 'lists', 'seconds', 'ms a list', 'MiB'],
    ...found.map(({ indices, lists, seconds: took, bytes }) => [
      `${fixed(indices)} indices`,
      fixed(lists),
      fixed(took, 2),
      fixed((took / lists) * 1000, 1),
      fixed(bytes / 2 ** 20, 1),
    ]),
  ]
}

interface Times {
  readonly what: string
  readonly unknown: number
  readonly known: number
  readonly each: number
  readonly t: number
  /** The difference that would be found with a power of 95 %. */
  readonly found: number
}

/** Known and unknown people in turn, one request at a time. */
async function benchTimes(): Promise<Times[]> {
  say('Known and unknown people …')
  const database = await openDatabase({ url: await postgres.create() })
  const service = await startTestIssuer(database, { keys })
  await fill(database, SMALL)
  const took = { otp: { known: [0], unknown: [0] }, confirm: { known: [0], unknown: [0] } }
  const rounds = 32_000
  for (let turn = 0; turn < rounds; turn++) {
    // By chance, so that nothing that comes at regular times falls on one kind.
    const kind = Math.random() < 0.5 ? 'known' : 'unknown'
    const mobile = String(9_000_000_000 + (turn % SMALL))
    const name = kind === 'known' ? 'Bench Person' : 'Bench Nobody'
    const consent = { purpose: 'p', share_initials: false }
    const begun = performance.now()
    const { body } = await service.post('/kyc-vs/otp', { mobile, full_name: name, consent })
    const sent = performance.now()
    const otp = notOtp(otpIn(service.outbox.pop()))
    const asked = performance.now()
    await service.post('/kyc-vs/confirm', { txn_id: body['txn_id'], otp })
    const answered = performance.now()
    // The first ones warm up.
    if (turn < 2000) continue
    took.otp[kind].push(sent - begun)
    took.confirm[kind].push(answered - asked)
  }
  await service.issuer.stop()
  await database.close()
  return [compare('POST /kyc-vs/otp', took.otp), compare('a wrong OTP', took.confirm)]
}

/** Welch's t. The slowest hundredth of each is left out: that is the machine's own noise. */
function compare(what: string, { known, unknown }: { known: readonly number[]; unknown: readonly number[] }): Times {
  const [one, other] = [trimmed(unknown), trimmed(known)]
  const error = Math.sqrt(one.variance / one.n + other.variance / other.n)
  // 1.96 for a level of 5 % on both sides, 1.645 for a power of 95 %.
  const found = (1.96 + 1.645) * error
  return {
    what,
    unknown: one.mean,
    known: other.mean,
    each: Math.min(one.n, other.n),
    t: (other.mean - one.mean) / error,
    found,
  }
}

function trimmed(values: readonly number[]): { mean: number; variance: number; n: number } {
  const kept = values.toSorted((one, other) => one - other).slice(0, Math.floor(values.length * 0.99))
  const mean = kept.reduce((sum, value) => sum + value, 0) / kept.length
  const variance = kept.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (kept.length - 1)
  return { mean, variance, n: kept.length }
}

function timeTable(found: readonly Times[]): Table {
  return [
    ['ms', 'unknown', 'known', 'of each', 't', 'would be found'],
    ...found.map(({ what, unknown, known, each, t, found: difference }) => [
      what,
      fixed(unknown, 3),
      fixed(known, 3),
      fixed(each),
      fixed(t, 2),
      fixed(difference, 3),
    ]),
  ]
}
