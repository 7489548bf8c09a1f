// The issuer under abuse: guesses by the thousand, replays, floods, injection, bodies of megabytes, slow clients; and what
// its logs and answers give away, which is nothing.
import { sql } from 'drizzle-orm'
import { EventEmitter, once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase, type Database, type DatabaseLocation } from '../../src/issuer/service/database.ts'
import { OTP_LIMITS } from '../../src/issuer/service/otp.ts'
import { ownRegister } from '../../src/issuer/service/register.ts'
import { consents, otpTransactions } from '../../src/issuer/service/schema.ts'
import { serveAt } from '../../src/issuer/service/server.ts'
import type { IssuerOptions } from '../../src/issuer/service/start.ts'
import { notOtp, seed, startTestIssuer, type Reply, type TestIssuer } from '../support/issuer.ts'
import { databasesOf, kinds, type Databases } from '../support/postgres.ts'

const asha = ['9000000001', 'Asha Nair'] as const
const rail = { id: 'rail-booking', name: 'Rail Booking', origins: ['https://rail.example'] }
const statuses = (replies: readonly Reply[]): Record<number, number> => {
  const counts: Record<number, number> = {}
  for (const { status } of replies) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

const ask = (service: TestIssuer, mobile: string, headers: Record<string, string> = {}): Promise<Reply> =>
  service.post(
    '/kyc-vs/otp',
    { mobile, full_name: 'Any Body', consent: { purpose: 'p', share_initials: false } },
    headers,
  )

const form = ({ status, headers, body }: Reply) => ({
  status,
  headers: [...headers],
  body: { ...body, txn_id: '' },
})

describe.each(kinds)('on %s', { timeout: 60_000 }, (kind) => {
  let databases: Databases
  let location: DatabaseLocation
  let database: Database
  /** Two processes' worth of service. On PostgreSQL each has connections of its own. */
  let one: TestIssuer
  let other: TestIssuer
  let railKey: string | undefined
  const stops: (() => Promise<void>)[] = []

  beforeAll(async () => {
    databases = await databasesOf(kind)
    location = await databases.create()
    database = await openDatabase(location)
    ;[railKey] = await seed(database, [rail])
    one = await start()
    other = await start(location === 'memory' ? database : location)
  }, 120_000)
  afterAll(async () => {
    for (const stop of stops) await stop()
    await database.close()
    await databases.stop()
  })

  async function start(
    at: IssuerOptions['database'] = database,
    options: Partial<IssuerOptions> = {},
  ): Promise<TestIssuer> {
    const service = await startTestIssuer(at, options)
    stops.push(service.issuer.stop)
    return service
  }

  const later = (seconds: number): Promise<unknown> =>
    database.sql.execute(sql`update limits set since = since - make_interval(secs => ${seconds})`)
  const fresh = (): Promise<unknown> => database.sql.execute(sql`truncate limits`)

  describe('guessing', () => {
    test('10,000 guesses at once, at two processes: no more than five are ever compared', async () => {
      const { txn_id, otp } = await one.ask(...asha)
      const guesses = Array.from({ length: 10_000 }, (_, guess) => String(guess * 7 + 13).padStart(6, '0'))
      const wrong = guesses.map((guess) => (guess === otp ? notOtp(otp) : guess))
      const replies = await Promise.all(
        wrong.map((guess, at) => (at % 2 ? one : other).post('/kyc-vs/confirm', { txn_id, otp: guess })),
      )
      expect(statuses(replies)).toEqual({ 401: 5, 410: 9995 })
      expect(new Set(replies.map(({ body }) => body['tries_left']))).toEqual(new Set([4, 3, 2, 1, 0, undefined]))
      expect((await one.post('/kyc-vs/confirm', { txn_id, otp })).status).toBe(410)
    })

    test('the right one among thousands is worth five guesses, and no more', async () => {
      const { txn_id, otp } = await one.ask(...asha)
      const guesses = Array.from({ length: 2000 }, (_, at) => (at === 1500 ? otp : notOtp(otp)))
      const replies = await Promise.all(guesses.map((guess) => one.post('/kyc-vs/confirm', { txn_id, otp: guess })))
      expect(statuses(replies)).toEqual({ 401: 5, 410: 1995 })
    })

    test('the OTP for consents has the same five', async () => {
      const { txn_id, otp } = await one.ask(...asha, { purpose: 'manage-consents' })
      const replies = await Promise.all(
        Array.from({ length: 500 }, (_, at) =>
          (at % 2 ? one : other).post('/kyc-vs/consents', { txn_id, otp: notOtp(otp) }),
        ),
      )
      expect(statuses(replies)).toEqual({ 401: 5, 410: 495 })
    })
  })

  test('two confirms at once give one token, and one consent', async () => {
    for (let round = 0; round < 10; round++) {
      const asked = await one.ask(...asha)
      const replies = await Promise.all(
        [one, other, one, other].map((service) => service.post('/kyc-vs/confirm', asked)),
      )
      expect(statuses(replies)).toEqual({ 200: 1, 410: 3 })
      const rows = await database.sql
        .select()
        .from(consents)
        .where(sql`${consents.id} = ${asked.txn_id}`)
      expect(rows).toHaveLength(1)
    }
    const twice = await one.ask(...asha, { purpose: 'manage-consents' })
    const replies = await Promise.all([one, other, one].map((service) => service.post('/kyc-vs/consents', twice)))
    expect(statuses(replies)).toEqual({ 200: 1, 410: 2 })
  })

  describe('limits', () => {
    const limits = { ...OTP_LIMITS, perAddress: { most: 1000, per: 600 } }

    test('of one number: again after 30 s, three times in five minutes, eight times an hour, whoever asks', async () => {
      await fresh()
      const [first, second] = [await start(database, { limits }), await start(database, { limits })]
      expect(await ask(first, '9100000001')).toMatchObject({ status: 200, body: { expires_in: 300, resend_in: 30 } })
      const early = await ask(second, '+91 91000 00001')
      expect(early).toMatchObject({ status: 429, body: { type: 'urn:kyc-vs:problem:over-limit' } })
      expect(Number(early.headers.get('retry-after'))).toBeGreaterThan(25)
      expect(early.body['retry_after']).toBe(Number(early.headers.get('retry-after')))
      expect((await ask(first, '9100000002')).status).toBe(200)
      await later(28)
      expect((await ask(first, '9100000001')).status).toBe(429)
      for (let resend = 0; resend < 3; resend++) {
        await later(31)
        expect((await ask(second, '9100000001')).status).toBe(200)
      }
      await later(31)
      const late = await ask(first, '9100000001')
      expect(late.status).toBe(429)
      expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(60)
      // What was refused was not counted: four more make eight.
      for (let send = 0; send < 4; send++) {
        await later(301)
        expect((await ask(first, '9100000001')).status).toBe(200)
      }
      await later(301)
      expect((await ask(first, '9100000001')).status).toBe(429)
      await later(3600)
      expect((await ask(first, '9100000001')).status).toBe(200)
    })

    test('of one address, by the header of a proxy only where one is trusted', async () => {
      await fresh()
      const few = { ...OTP_LIMITS, perAddress: { most: 3, per: 600 } }
      const proxied = await start(database, { limits: few, addressHeader: 'x-forwarded-for' })
      const from = (address: string, mobile: number) => ask(proxied, String(mobile), { 'X-Forwarded-For': address })
      for (let at = 0; at < 3; at++) expect((await from('1.2.3.4, 198.51.100.7', 9_200_000_000 + at)).status).toBe(200)
      // What the client itself sent stands further left, and is not believed.
      expect((await from('5.6.7.8, 198.51.100.7', 9_200_000_010)).status).toBe(429)
      expect((await from('198.51.100.8', 9_200_000_011)).status).toBe(200)
      for (let at = 0; at < 3; at++) expect((await from(`2001:db8:1:2::${at}`, 9_200_000_020 + at)).status).toBe(200)
      expect((await from('2001:db8:1:2:ffff::1', 9_200_000_030)).status).toBe(429)
      expect((await from('2001:db8:1:3::1', 9_200_000_031)).status).toBe(200)
      const direct = await start(database, { limits: few })
      for (let at = 0; at < 3; at++) {
        expect((await ask(direct, String(9_200_000_040 + at), { 'X-Forwarded-For': `10.0.0.${at}` })).status).toBe(200)
      }
      expect((await ask(direct, '9200000050', { 'X-Forwarded-For': '10.0.0.9' })).status).toBe(429)
    })

    test('of an entity’s server are its own', async () => {
      await fresh()
      const few = { ...OTP_LIMITS, perAddress: { most: 1, per: 600 }, perEntity: { most: 3, per: 600 } }
      const service = await start(database, { limits: few })
      const headers = { Authorization: `Bearer ${railKey}` }
      for (let at = 0; at < 3; at++) expect((await ask(service, String(9_300_000_000 + at), headers)).status).toBe(200)
      expect((await ask(service, '9300000010', headers)).status).toBe(429)
      expect((await ask(service, '9300000011')).status).toBe(200)
    })

    test('over all, of several processes together', async () => {
      await fresh()
      const few = { ...limits, overall: { most: 250, per: 60 } }
      const services = [await start(database, { limits: few }), await start(database, { limits: few })]
      const replies = await Promise.all(
        Array.from({ length: 400 }, (_, at) =>
          services.map((service, n) => ask(service, String(9_400_000_000 + at * 2 + n))),
        ).flat(),
      )
      const { 200: sent = 0, ...rest } = statuses(replies)
      expect(Object.keys(rest)).toEqual(['429'])
      // A process may be left with part of a block of its own.
      expect(sent).toBeLessThanOrEqual(250)
      expect(sent).toBeGreaterThanOrEqual(246)
      await later(61)
      const third = await start(database, { limits: few })
      expect((await ask(third, '9400009999')).status).toBe(200)
      await fresh()
    })
  })

  describe('injection', () => {
    const evil = [
      `'; drop table people; --`,
      `" or 1=1 --`,
      `$1); delete from consents; --`,
      `{{7*7}}\${7*7}`,
      `a\r\nSet-Cookie: x=1`,
      `a\u0000b`,
      `\uD800`,
      `<script>alert(1)</script>`,
      `../../etc/passwd`,
      `__proto__`,
    ]
    test.each(evil)('of %j does nothing', async (text) => {
      const before = await database.sql.$count(otpTransactions)
      const consent = { purpose: text, share_initials: true }
      const replies = await Promise.all([
        one.post('/kyc-vs/otp', { mobile: text, full_name: text, consent }),
        one.post('/kyc-vs/otp', { mobile: '9500000001', full_name: 'A B', consent: { ...consent, verifier: text } }),
        one.post('/kyc-vs/confirm', { txn_id: text, otp: text, holder_key: { [text]: text } }),
        one.post('/kyc-vs/consents/withdraw', { manage: text, id: crypto.randomUUID() }),
        one.post('/kyc-vs/consents/withdraw', { manage: text, id: text }),
      ])
      for (const { status, headers } of replies) {
        expect([401, 422]).toContain(status)
        expect(headers.get('set-cookie')).toBeNull()
      }
      for (const path of ['/kyc-vs/verifiers/', '/status/', '/']) {
        expect((await one.get(path + encodeURIComponent(text.replace('\uD800', '?')))).status).toBe(404)
      }
      expect(await database.sql.$count(otpTransactions)).toBe(before)
    })

    test('stays in the text that it came in', async () => {
      const purpose = `'; drop table people; -- "x" \\ $1`
      const asked = await one.ask(...asha, { purpose })
      expect((await one.post('/kyc-vs/confirm', asked)).status).toBe(200)
      const { body } = await one.post('/kyc-vs/consents', await one.ask(...asha, { purpose: 'manage-consents' }))
      expect(body['consents']).toContainEqual(expect.objectContaining({ id: asked.txn_id, purpose }))
    })

    test('a name with a prototype’s members changes nothing', async () => {
      const body = `{"__proto__":{"mobile":"9000000001"},"full_name":"A B","consent":{"purpose":"p","share_initials":false}}`
      expect((await one.post('/kyc-vs/otp', body)).status).toBe(422)
    })
  })

  const shape = async (name: string) => {
    const { txn_id, otp } = await one.ask('9000000001', name)
    const wrong = await one.post('/kyc-vs/confirm', { txn_id, otp: notOtp(otp) })
    const asked = await one.post('/kyc-vs/otp', {
      mobile: '9000000001',
      full_name: name,
      consent: { purpose: 'p', share_initials: true },
    })
    return [form(wrong), form(asked)]
  }

  test('nobody can tell from an answer who is on the register', async () => {
    expect(await shape('Nobody At All')).toEqual(await shape('Asha Nair'))
  })

  test('logs hold neither number nor name, OTP, token, transaction, purpose or secret; not even when all goes wrong', async () => {
    const lines: string[] = []
    let broken = false
    const service = await start(database, {
      log: { write: (line) => void lines.push(line) },
      register: (query) => {
        const own = ownRegister(query)
        return {
          ...own,
          find: async (keys) => {
            if (broken) throw new Error('no answer about +919000000001, Asha Nair, with 123456')
            return own.find(keys)
          },
        }
      },
    })
    const secrets: string[] = ['9000000001', 'Asha', 'Nair', 'A.N.', 'A secret purpose']
    const asked = await service.ask(...asha, { purpose: 'A secret purpose', share_initials: true })
    await service.post('/kyc-vs/confirm', { ...asked, otp: notOtp(asked.otp) })
    const answer = await service.post('/kyc-vs/confirm', asked)
    const manage = await service.ask(...asha, { purpose: 'manage-consents' })
    const list = await service.post('/kyc-vs/consents', manage)
    await service.post('/kyc-vs/consents/withdraw', { manage: list.body['manage'], id: asked.txn_id })
    await service.post('/kyc-vs/otp', { mobile: '9000000001', full_name: 'Asha Nair' })
    await service.get(`/status/${asked.otp}?mobile=9000000001`)
    await service.get(`/9000000001/Asha%20Nair/${asked.otp}`)
    broken = true
    const lost = await service.ask(...asha)
    expect((await service.post('/kyc-vs/confirm', lost)).status).toBe(500)
    broken = false
    // A database's own message quotes what it was given.
    await database.sql.execute(sql`alter table consents rename column purpose to gone`)
    const failed = await service.ask(...asha, { purpose: 'A secret purpose' })
    const fault = await service.post('/kyc-vs/confirm', failed)
    await database.sql.execute(sql`alter table consents rename column gone to purpose`)
    expect(fault).toMatchObject({
      status: 500,
      body: { type: 'urn:kyc-vs:problem:internal', title: 'Something went wrong here' },
    })
    // Whoever met the fault tries again, and is answered: nothing was used up.
    expect((await service.post('/kyc-vs/confirm', failed)).status).toBe(200)

    for (const { txn_id, otp } of [asked, manage, lost, failed]) secrets.push(txn_id, otp)
    secrets.push(String(answer.body['token']), String(list.body['manage']))
    const log = lines.join('')
    expect(lines.length).toBeGreaterThan(12)
    expect(lines.filter((line) => line.includes('failure'))).toHaveLength(2)
    for (const secret of secrets) expect(log.includes(secret), secret).toBe(false)
    const fields = new Set(lines.flatMap((line) => Object.keys(JSON.parse(line))))
    const allowed = 'code frames kinds level method ms msg route status time work'.split(' ')
    expect([...fields].toSorted()).toEqual(allowed)
  })

  test('the database holds neither number nor name nor OTP', async () => {
    const { otp } = await one.ask(...asha, { share_initials: true })
    const rows = JSON.stringify([
      await database.sql.execute(sql`select * from people`),
      await database.sql.execute(sql`select * from otp_transactions where manages is not null`),
      await database.sql.execute(sql`select * from consents`),
      await database.sql.execute(sql`select encode(key, 'escape') from limits`),
    ])
    for (const secret of ['9000000001', 'Asha', 'Nair', `"${otp}"`]) expect(rows.includes(secret), secret).toBe(false)
  })

  describe('over the wire', () => {
    let service: TestIssuer
    let port: number
    beforeAll(async () => {
      service = await start(database, { listen: { port: 0 }, issuer: undefined })
      port = Number(new URL(service.issuer.origin).port)
    })

    const send = async (head: string, parts: readonly (string | Uint8Array)[] = []): Promise<string> => {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => {})
      let reply = ''
      socket.setEncoding('utf8').on('data', (chunk: string) => (reply += chunk))
      socket.write(head.replaceAll('\n', '\r\n'))
      for (const part of parts) {
        if (socket.destroyed) break
        if (!socket.write(part))
          await Promise.race(['drain', 'close'].map((event) => new Promise((resolve) => socket.once(event, resolve))))
      }
      await Promise.race([once(socket, 'close'), new Promise((resolve) => setTimeout(resolve, 1500))])
      socket.destroy()
      return reply
    }

    test('a body of 10 MB is refused before it is read, with its length stated or not', async () => {
      const mega = Buffer.alloc(2 ** 20, 0x20)
      const before = process.memoryUsage.rss()
      const head = `POST /kyc-vs/otp HTTP/1.1\nHost: localhost\nContent-Type: application/json\n`
      const stated = await send(
        `${head}Content-Length: ${10 * 2 ** 20}\n\n`,
        Array.from({ length: 10 }, () => mega),
      )
      expect(stated).toMatch(/^HTTP\/1\.1 413 /)
      const chunk = Buffer.concat([Buffer.from('100000\r\n'), mega, Buffer.from('\r\n')])
      const chunked = await send(
        `${head}Transfer-Encoding: chunked\n\n`,
        Array.from({ length: 10 }, () => chunk),
      )
      expect(chunked).toMatch(/^HTTP\/1\.1 413 /)
      expect(process.memoryUsage.rss() - before).toBeLessThan(80 * 2 ** 20)
      expect((await fetch(`${service.issuer.origin}/healthz`)).status).toBe(200)
    })

    test.each([
      ['headers of 20 kB', `GET /healthz HTTP/1.1\nHost: localhost\nX: ${'x'.repeat(20_000)}\n\n`, /^HTTP\/1\.1 431 /],
      [
        'two lengths',
        'POST /kyc-vs/otp HTTP/1.1\nHost: a\nContent-Length: 2\nContent-Length: 3\n\n{}',
        /^HTTP\/1\.1 400 /,
      ],
      [
        'a length and chunks',
        'POST /kyc-vs/otp HTTP/1.1\nHost: a\nContent-Length: 2\nTransfer-Encoding: chunked\n\n0\n\n',
        /^HTTP\/1\.1 400 /,
      ],
      ['no HTTP', '\u0016\u0003\u0001\n\n', /^HTTP\/1\.1 400 /],
      ['no host', 'GET /healthz HTTP/1.1\n\n', /^HTTP\/1\.1 400 /],
    ])('%s are refused', async (_, head, reply) => expect(await send(head)).toMatch(reply))

    test.each([
      ['a path', 'GET /docs%0d%0aX-Evil:%20yes HTTP/1.1\nHost: localhost\nConnection: close\n\n', 404],
      [
        'a path that leads elsewhere',
        'GET //evil.example/docs HTTP/1.1\nHost: evil.example\nConnection: close\n\n',
        404,
      ],
      [
        'an origin',
        'OPTIONS /kyc-vs/otp HTTP/1.1\nHost: localhost\nOrigin: https://rail.example%0d%0aX-Evil: yes\nConnection: close\n\n',
        204,
      ],
      [
        'a bare line feed',
        'GET /healthz HTTP/1.1\nHost: localhost\nX: a\u0000\u000aX-Evil: yes\nConnection: close\n\n',
        400,
      ],
      [
        'an ETag',
        'GET /status/1 HTTP/1.1\nHost: localhost\nIf-None-Match: "x", W/"%0d%0aX-Evil: yes"\nConnection: close\n\n',
        200,
      ],
      [
        'an address',
        `POST /kyc-vs/otp HTTP/1.1\nHost: localhost\nX-Forwarded-For: ' or 1=1 --\nContent-Type: application/json\nContent-Length: 2\nConnection: close\n\n{}`,
        422,
      ],
      [
        'a key',
        `POST /kyc-vs/otp HTTP/1.1\nHost: localhost\nAuthorization: Bearer ' or 1=1 --\nContent-Type: application/json\nContent-Length: 2\nConnection: close\n\n{}`,
        422,
      ],
    ])('nothing that is put into %s comes back as a header', async (_, head, status) => {
      const reply = await send(head)
      expect(reply).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
      expect(reply.slice(0, reply.indexOf('\r\n\r\n'))).not.toMatch(/evil/i)
    })

    test('a stop lets what is under way end, and takes nothing new', async () => {
      const gate = new EventEmitter()
      const held = once(gate, 'open')
      const stopping = await startTestIssuer(database, {
        listen: { port: 0 },
        issuer: undefined,
        register: (query) => {
          const own = ownRegister(query)
          return {
            ...own,
            find: async (keys) => {
              await held
              return own.find(keys)
            },
          }
        },
      })
      const { origin } = stopping.issuer
      const asked = await stopping.ask(...asha)
      const answer = fetch(`${origin}/kyc-vs/confirm`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(asked),
      })
      await expect
        .poll(
          async () =>
            (await database.sql.select().from(otpTransactions)).find(({ id }) => id === asked.txn_id)?.triesLeft,
        )
        .toBe(4)
      const stopped = stopping.issuer.stop()
      await expect(fetch(`${origin}/healthz`)).rejects.toThrow('fetch failed')
      gate.emit('open')
      const response = await answer
      expect([response.status, response.headers.get('connection')]).toEqual([200, 'close'])
      expect(await response.json()).toMatchObject({ status: 2, token: expect.any(String) })
      await stopped
    })
  })
})

const QUICK = {
  headersTimeout: 300,
  requestTimeout: 600,
  keepAliveTimeout: 300,
  connectionsCheckingInterval: 50,
  answerTimeout: 600,
}

test('slow clients are cut off', async () => {
  const serving = await serveAt({ port: 0 }, async () => async (request) => new Response(await request.text()), QUICK)
  const cutAfter = async (...parts: string[]): Promise<number> => {
    const started = performance.now()
    const socket = connect(serving.port, '127.0.0.1').on('error', () => {})
    const drip = setInterval(() => socket.write(parts.shift() ?? 'x'), 40)
    socket.resume()
    await once(socket, 'close')
    clearInterval(drip)
    return performance.now() - started
  }
  const [headers, body] = await Promise.all([
    cutAfter('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: '),
    cutAfter('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n'),
  ])
  expect(headers).toBeLessThan(3000)
  expect(body).toBeLessThan(3000)
  expect(body).toBeGreaterThan(500)
  await serving.stop()
})

test('so are those who ask and never read', async () => {
  // More than the buffers of both ends hold.
  const answer = new Uint8Array(32 * 2 ** 20)
  const serving = await serveAt({ port: 0 }, async () => () => new Response(answer), QUICK)
  const socket = connect(serving.port, '127.0.0.1').on('error', () => {})
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await once(socket, 'readable')
  // It holds a part, and was told of no end. A stop has nobody left to wait for.
  await new Promise((resolve) => setTimeout(resolve, 900))
  const started = performance.now()
  await serving.stop()
  expect(performance.now() - started).toBeLessThan(1000)
  let read = 0
  socket.on('data', (chunk) => (read += chunk.length))
  await once(socket, 'close')
  expect(read).toBeLessThan(answer.length)
})

test('a stop waits for no connection that is only kept alive', async () => {
  const longLived = { ...QUICK, keepAliveTimeout: 60_000, answerTimeout: 60_000 }
  const steps = new EventEmitter()
  const begun = once(steps, 'begin')
  const finished = once(steps, 'finish')
  const body = () =>
    new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(Buffer.from('half ')),
      pull: async (controller) => {
        steps.emit('begin')
        await finished
        controller.enqueue(Buffer.from('and half'))
        controller.close()
      },
    })
  const serving = await serveAt({ port: 0 }, async () => () => new Response(body()), longLived)
  const response = await fetch(`http://127.0.0.1:${serving.port}/`)
  await begun
  // Its headers are out, and say that the connection stays.
  const started = performance.now()
  const stopped = serving.stop()
  steps.emit('finish')
  expect(await response.text()).toBe('half and half')
  await stopped
  expect(performance.now() - started).toBeLessThan(5000)
})
