// The issuer's process is killed at any moment, again and again: the person can ask again, no entry of a status list is
// given twice, and no token is out there that could not be revoked.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { payloadOf } from '../../src/core/compact.ts'
import { openDatabase, type DatabaseLocation } from '../../src/issuer/service/database.ts'
import { consents, otpTransactions } from '../../src/issuer/service/schema.ts'
import { makeKey, type PrivateJwk } from '../../src/issuer/sign.ts'
import { startGateway, type Gateway } from '../support/gateway.ts'
import { otpIn, seed } from '../support/issuer.ts'
import { databasesOf, kinds, type Databases } from '../support/postgres.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const tsx = pathToFileURL(join(root, 'node_modules/tsx/dist/loader.mjs')).href
const people = [
  ['9000000001', 'Asha Nair'],
  ['9000000002', 'Bilal Haddad'],
  ['9000000003', 'Chloe Martin'],
] as const

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
    await database.close()
  }, 180_000)
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL')
    await gateway.stop()
    await databases.stop()
    await rm(folder, { recursive: true })
  })

  async function start(): Promise<{ origin: string; kill: () => Promise<void> }> {
    const args = [JSON.stringify(location), gateway.url, JSON.stringify(key)]
    const child = spawn(process.execPath, ['--import', tsx, join(root, 'test/support/issuer-process.ts'), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    children.add(child)
    const lines = createInterface({ input: child.stdout })
    const [origin] = await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => [''])])
    if (origin === '') throw new Error('the process ended before it could be asked')
    const kill = async (): Promise<void> => {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
      children.delete(child)
    }
    return { origin: String(origin), kill }
  }

  async function token(origin: string, [mobile, name]: (typeof people)[number], signal?: AbortSignal): Promise<string> {
    const asked = await post(origin, '/kyc-vs/otp', {
      mobile,
      full_name: name,
      consent: { purpose: 'p', share_initials: false },
    })
    const txn = String(asked.body['txn_id'])
    const otp = otpIn(await gateway.message(txn, signal))
    const { status, body } = await post(origin, '/kyc-vs/confirm', { txn_id: txn, otp })
    // Another request for the number came between.
    if (status === 410) return ''
    expect(status).toBe(200)
    return String(body['token'])
  }

  test('killed three times under load, it lost and doubled nothing', async () => {
    const tokens: string[] = []
    for (let life = 0; life < 3; life++) {
      const service = await start()
      const killed = new AbortController()
      const { signal } = killed
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
      await sleep(300 + Math.random() * 400)
      killed.abort()
      await service.kill()
      await Promise.all(clients)
    }
    const last = await start()
    for (const person of people) tokens.push(await token(last.origin, person))
    await last.kill()

    expect(tokens.length).toBeGreaterThan(people.length)
    const database = await openDatabase(location)
    const records = await database.sql.select().from(consents)
    const open = await database.sql.select().from(otpTransactions)
    await database.close()
    const entries = records.map(({ list, idx }) => `/status/${list} ${idx}`)
    expect(new Set(entries).size).toBe(entries.length)
    // Each token that anybody got has its record, by which it can be withdrawn.
    const recorded = new Set(entries)
    for (const held of tokens) {
      const { status } = payloadOf(held) ?? {}
      const { idx, uri } = JSON.parse(JSON.stringify(status)).status_list
      expect(recorded.has(`${new URL(uri).pathname} ${idx}`)).toBe(true)
    }
    expect(records.length).toBeGreaterThanOrEqual(new Set(tokens).size)
    // No OTP is both used and open.
    const used = new Set(records.map(({ id }) => id))
    expect(open.filter(({ id }) => used.has(id))).toEqual([])
  })
})
