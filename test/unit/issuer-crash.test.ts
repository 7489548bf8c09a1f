// The issuer as processes: killed at any moment, again and again, and at the worst one; told to stop under load; guessed at
// over many connections. The person can ask again, no entry of a status list is given twice, no token is out there that
// could not be revoked, and no more than five guesses are ever compared.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { payloadOf } from '../../src/core/compact.ts'
import { openDatabase, type DatabaseLocation } from '../../src/issuer/service/database.ts'
import { keyedHash } from '../../src/issuer/service/keyed-hash.ts'
import { importRegister } from '../../src/issuer/service/register-import.ts'
import { consents, otpTransactions } from '../../src/issuer/service/schema.ts'
import { makeKey, type PrivateJwk } from '../../src/issuer/sign.ts'
import { startGateway, type Gateway } from '../support/gateway.ts'
import { notOtp, otpIn, PEPPER, seed } from '../support/issuer.ts'
import { databasesOf, kinds, type Databases } from '../support/postgres.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const tsx = pathToFileURL(join(root, 'node_modules/tsx/dist/loader.mjs')).href
const people = [
  ['9000000001', 'Asha Nair'],
  ['9000000002', 'Bilal Haddad'],
  ['9000000003', 'Chloe Martin'],
] as const

type Person = readonly [mobile: string, name: string]

/** Each with a number that no other asks for. */
const crowd = Array.from({ length: 16 }, (_, at): Person => [String(9_200_000_000 + at), 'Any Body'])

async function post(
  origin: string,
  path: string,
  body: object,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(origin + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: await response.json() }
}

/** Where a token can be revoked. */
function entryOf(token: string): string {
  const { idx, uri } = JSON.parse(JSON.stringify(payloadOf(token)?.['status'])).status_list
  return `${new URL(uri).pathname} ${idx}`
}

describe.each(kinds)('on %s', { timeout: 180_000 }, (kind) => {
  let databases: Databases
  let folder = ''
  let location: DatabaseLocation
  let gateway: Gateway
  let key: PrivateJwk
  const children = new Set<ChildProcess>()

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kycvs-crash-'))
    databases = await databasesOf(kind)
    const made = await databases.create()
    // What is in memory is gone with its process.
    location = made === 'memory' ? { folder } : made
    gateway = await startGateway()
    key = await makeKey('ES256', 'issuer')
    const database = await openDatabase(location)
    await seed(database)
    const header = 'mobile,full_name,doses_received,doses_required\n'
    const csv = header + crowd.map(([mobile, name]) => `${mobile},${name},2,2\n`).join('')
    await importRegister(Readable.from([csv]), database.sql, keyedHash(PEPPER), { onBadLine: () => {} })
    await database.close()
  }, 180_000)
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL')
    await gateway.stop()
    await databases.stop()
    await rm(folder, { recursive: true })
  })

  interface Process {
    readonly origin: string
    readonly signal: (name: 'SIGUSR2') => void
    /** Waits until it is gone, and gives its exit code: nothing when a signal ended it. */
    readonly end: (name: 'SIGKILL' | 'SIGTERM') => Promise<number | null>
    readonly ended: Promise<number | null>
  }

  async function start(): Promise<Process> {
    const args = [JSON.stringify(location), gateway.url, JSON.stringify(key)]
    const child = spawn(process.execPath, ['--import', tsx, join(root, 'test/support/issuer-process.ts'), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    children.add(child)
    const lines = createInterface({ input: child.stdout })
    const [origin] = await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => [''])])
    if (origin === '') throw new Error('the process ended before it could be asked')
    const ended = once(child, 'exit').then(([code]): number | null => {
      children.delete(child)
      return typeof code === 'number' ? code : null
    })
    const end = (name: 'SIGKILL' | 'SIGTERM'): Promise<number | null> => {
      child.kill(name)
      return ended
    }
    return { origin: String(origin), signal: (name) => child.kill(name), end, ended }
  }

  async function ask(origin: string, [mobile, name]: Person, signal?: AbortSignal) {
    const consent = { purpose: 'p', share_initials: false }
    const asked = await post(origin, '/kyc-vs/otp', { mobile, full_name: name, consent })
    const txn = String(asked.body['txn_id'])
    return { txn_id: txn, otp: otpIn(await gateway.message(txn, signal)) }
  }

  async function token(origin: string, person: Person, signal?: AbortSignal): Promise<string> {
    const { status, body } = await post(origin, '/kyc-vs/confirm', await ask(origin, person, signal))
    // Another request for the number came between.
    if (status === 410) return ''
    expect(status).toBe(200)
    return String(body['token'])
  }

  async function recorded() {
    const database = await openDatabase(location)
    const records = await database.sql.select().from(consents)
    const open = await database.sql.select().from(otpTransactions)
    await database.close()
    return { records, open, entries: records.map(({ list, idx }) => `/status/${list} ${idx}`) }
  }

  test('killed three times under load, it lost and doubled nothing', async () => {
    const tokens: string[] = []
    for (let life = 0; life < 3; life++) {
      const service = await start()
      const killed = new AbortController()
      const { signal } = killed
      const before = tokens.length
      const clients = people.map(async (person) => {
        while (!signal.aborted) {
          try {
            const got = await token(service.origin, person, signal)
            if (got !== '') tokens.push(got)
          } catch (error) {
            // The connection, the answer or the SMS went with the process.
            if (!signal.aborted) throw error
          }
        }
      })
      // However slow the machine is, there is work to lose.
      await expect.poll(() => tokens.length, { timeout: 30_000 }).toBeGreaterThan(before)
      await sleep(Math.random() * 400)
      killed.abort()
      await service.end('SIGKILL')
      await Promise.all(clients)
    }
    const last = await start()
    for (const person of people) tokens.push(await token(last.origin, person))
    await last.end('SIGKILL')

    expect(tokens.length).toBeGreaterThan(people.length)
    const { records, open, entries } = await recorded()
    expect(new Set(entries).size).toBe(entries.length)
    // Each token that anybody got has its record, by which it can be withdrawn.
    const known = new Set(entries)
    for (const held of tokens) expect(known.has(entryOf(held))).toBe(true)
    expect(records.length).toBeGreaterThanOrEqual(new Set(tokens).size)
    // No OTP is both used and open.
    const used = new Set(records.map(({ id }) => id))
    expect(open.filter(({ id }) => used.has(id))).toEqual([])
  })

  test('killed between the consent and the answer: the person asks again, and gets another entry', async () => {
    const before = (await recorded()).entries
    const service = await start()
    const asked = await ask(service.origin, people[0])
    service.signal('SIGUSR2')
    await expect(post(service.origin, '/kyc-vs/confirm', asked)).rejects.toThrow('fetch failed')
    expect(await service.ended).toBeNull()
    const lost = await recorded()
    expect(lost.records.map(({ id }) => id)).toContain(asked.txn_id)
    expect(lost.records).toHaveLength(before.length + 1)

    const next = await start()
    // Its OTP was used, whatever became of the answer.
    expect((await post(next.origin, '/kyc-vs/confirm', asked)).status).toBe(410)
    const tokens = [await token(next.origin, people[0]), await token(next.origin, people[0])]
    expect(lost.entries).not.toContain(entryOf(tokens[0] ?? ''))
    // What nobody has can be withdrawn like any other.
    const manage = await post(next.origin, '/kyc-vs/otp', {
      mobile: people[0][0],
      full_name: people[0][1],
      consent: { purpose: 'manage-consents', share_initials: false },
    })
    const txn = String(manage.body['txn_id'])
    const list = await post(next.origin, '/kyc-vs/consents', { txn_id: txn, otp: otpIn(await gateway.message(txn)) })
    const withdrawal = { manage: list.body['manage'], id: asked.txn_id }
    expect((await post(next.origin, '/kyc-vs/consents/withdraw', withdrawal)).status).toBe(200)
    await next.end('SIGKILL')
    const { entries } = await recorded()
    expect(new Set(entries).size).toBe(entries.length)
  })

  test('told to stop under load, it answers what it has confirmed', async () => {
    const before = (await recorded()).records.length
    const service = await start()
    let answered = 0
    const stopped = new AbortController()
    const { signal } = stopped
    const clients = crowd.map(async (person) => {
      while (!signal.aborted) {
        try {
          expect(await token(service.origin, person)).not.toBe('')
          answered += 1
        } catch (error) {
          // No longer taken on, so nothing was confirmed.
          if (!signal.aborted) throw error
        }
      }
    })
    await expect.poll(() => answered, { timeout: 60_000 }).toBeGreaterThan(10)
    stopped.abort()
    expect(await service.end('SIGTERM')).toBe(0)
    await Promise.all(clients)
    expect((await recorded()).records.length - before).toBe(answered)
  })

  test('10,000 guesses over 200 connections: no more than five are ever compared', async () => {
    // PGlite serves one process.
    const services = kind === 'PGlite' ? [await start()] : [await start(), await start()]
    const [first] = services
    const asked = await ask(first?.origin ?? '', people[0])
    const guess = { ...asked, otp: notOtp(asked.otp) }
    const statuses = new Map<number, number>()
    const client = async (at: number): Promise<void> => {
      const { origin } = services[at % services.length] ?? { origin: '' }
      for (let tries = 0; tries < 50; tries++) {
        const { status } = await post(origin, '/kyc-vs/confirm', guess)
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
      }
    }
    await Promise.all(Array.from({ length: 200 }, (_, at) => client(at)))
    expect(Object.fromEntries(statuses)).toEqual({ 401: 5, 410: 9995 })
    expect((await post(first?.origin ?? '', '/kyc-vs/confirm', asked)).status).toBe(410)
    await Promise.all(services.map(({ end }) => end('SIGKILL')))
  })
})
