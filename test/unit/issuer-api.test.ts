// The issuer's API as people and entities use it: an OTP, a signed answer that a gate takes, consents, and what goes wrong.
import { importJWK } from 'jose'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBelief, openConfig } from '../../src/core/belief.ts'
import { payloadOf } from '../../src/core/compact.ts'
import { verify, type Belief } from '../../src/core/verify.ts'
import { present } from '../../src/holder/present.ts'
import { inflate } from '../../src/inflate.ts'
import { openDatabase, type Database } from '../../src/issuer/service/database.ts'
import { bareKey } from '../../src/issuer/key-file.ts'
import { makeKey, publicJwk } from '../../src/issuer/sign.ts'
import { CSV, ISS, notOtp, otpIn, seed, startTestIssuer, type TestIssuer } from '../support/issuer.ts'
import { databasesOf, kinds, type Databases } from '../support/postgres.ts'

const DAY = 86_400
const now = (): number => Math.floor(Date.now() / 1000)
const asha = ['9000000001', 'Asha Nair'] as const
const rail = { id: 'rail-booking', name: 'Rail Booking', origins: ['https://rail.example'] }
const problemOf = (name: string) => `urn:kyc-vs:problem:${name}`

describe.each(kinds)('on %s', { timeout: 60_000 }, (kind) => {
  let databases: Databases
  let database: Database
  let service: TestIssuer
  let railKey: string | undefined
  const root = makeKey('ES256', 'root')

  beforeAll(async () => {
    databases = await databasesOf(kind)
    database = await openDatabase(await databases.create())
    ;[railKey] = await seed(database, [rail])
    service = await startTestIssuer(database, { root: await root })
  }, 120_000)
  afterAll(async () => {
    await service.issuer.stop()
    await database.close()
    await databases.stop()
  })

  /** What a gate believes that has just fetched everything. */
  async function gate(audience?: string): Promise<Belief> {
    const roots = [publicJwk(await root)]
    const config = await openConfig(JSON.stringify({ trustList: '/trust.jwt', roots, audience }))
    if (!config.ok) throw new Error(config.fault)
    const trustList = await (await service.get('/trust.jwt')).text()
    const issuers = payloadOf(trustList)?.['issuers']
    const uris: string[] = JSON.parse(JSON.stringify(issuers))[0].status_lists
    const statusLists = await Promise.all(uris.map(async (uri) => (await service.get(uri.slice(ISS.length))).text()))
    const { belief, trustFault, statusFaults } = await openBelief({ trustList, statusLists }, config.value, inflate, 0)
    expect([trustFault, statusFaults, belief.trust?.dropped]).toEqual([undefined, [], []])
    return belief
  }

  const confirmed = async (mobile: string, name: string, consent?: object) =>
    (await service.post('/kyc-vs/confirm', await service.ask(mobile, name, consent))).body

  const consents = async (mobile: string, name: string) =>
    service.post('/kyc-vs/consents', await service.ask(mobile, name, { purpose: 'manage-consents' }))
  const preflight = async (origin: string) =>
    service.issuer.app.request('/kyc-vs/otp', {
      method: 'OPTIONS',
      headers: {
        Origin: origin,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'content-type',
      },
    })

  describe('an answer', () => {
    test.each([
      ['9000000001', 'asha NAIR', 2],
      ['+91 90000 00002', 'Bilal Haddad', 1],
      ['9000000003', 'Chloe Martin', 0],
      ['9000000001', 'Ravi Nair', 0],
    ])('for %s, %s, is %i, and a gate takes it', async (mobile, name, status) => {
      const { token, ...rest } = await confirmed(mobile, name)
      expect(rest).toEqual({ status, expires_at: expect.any(Number) })
      expect(Number(rest['expires_at']) - now()).toBeGreaterThan(28 * DAY - 10)
      expect(await verify(String(token), await gate(), now())).toEqual({
        kind: 'verified',
        status,
        issuer: 'Example Health Authority',
        issuedAt: expect.any(Number),
        expiresAt: rest['expires_at'],
        live: false,
      })
    })

    test('carries initials where the person agreed, and the entity that it is for', async () => {
      const { token } = await confirmed(...asha, { share_initials: true, verifier: rail.id })
      expect(payloadOf(String(token))).toMatchObject({ iss: ISS, aud: 'rail-booking', n: 'A.N.', vs: 2 })
      const at = now()
      expect(await verify(String(token), await gate(rail.id), at)).toMatchObject({ kind: 'verified', initials: 'A.N.' })
      expect(await verify(String(token), await gate(), at)).toMatchObject({ reason: 'wrong-audience' })
    })

    test.each(['ES256', 'Ed25519'] as const)('is live when bound to a %s key', async (alg) => {
      const holder = await makeKey(alg, 'issuer')
      const asked = await service.ask(...asha)
      const { status, body } = await service.post('/kyc-vs/confirm', { ...asked, holder_key: publicJwk(holder) })
      expect(status).toBe(200)
      const token = String(body['token'])
      expect(Number(body['expires_at']) - now()).toBeLessThanOrEqual(7 * DAY)
      expect(payloadOf(token)).toMatchObject({ cnf: { jwk: bareKey(holder) } })
      const key = await importJWK(holder, alg)
      if (key instanceof Uint8Array) throw new TypeError('no key')
      const shown = await present(token, { alg, key }, now())
      expect(await verify(shown, await gate(), now())).toMatchObject({ kind: 'verified', status: 2, live: true })
      expect(await verify(token, await gate(), now())).toMatchObject({ reason: 'not-live' })
    })

    test('for an entity’s server goes by its API key', async () => {
      const ask = (key: string, verifier?: string) =>
        service.post(
          '/kyc-vs/otp',
          {
            mobile: '9000000002',
            full_name: 'Bilal Haddad',
            consent: { purpose: 'p', share_initials: false, verifier },
          },
          { Authorization: `Bearer ${key}` },
        )
      const { body } = await ask(railKey ?? '')
      const sent = service.outbox.at(-1)
      expect(sent?.text).toContain('for Rail Booking')
      const answer = await service.post('/kyc-vs/confirm', { txn_id: body['txn_id'], otp: otpIn(sent) })
      expect(payloadOf(String(answer.body['token']))).toMatchObject({ aud: 'rail-booking', vs: 1 })
      expect(await ask('kycvs_nonsense')).toMatchObject({ status: 401, body: { type: problemOf('api-key') } })
      expect(await ask(railKey ?? '', 'another')).toMatchObject({
        status: 422,
        body: { type: problemOf('unknown-verifier') },
      })
    })
  })

  test('the SMS says who asks and for how long, and fills itself in', async () => {
    const { txn_id: txn, otp } = await service.ask(...asha, { verifier: rail.id, purpose: 'Call 555 now' })
    const sent = service.outbox.find(({ idempotencyKey }) => idempotencyKey === txn)
    expect(sent?.to).toBe('+919000000001')
    expect(sent?.text).toMatch(/^\d{6} is the OTP .* for Rail Booking\. It lasts 5 minutes\./)
    expect(sent?.text.split('\n').at(-1)).toBe(`@kycvs.example #${otp}`)
    // What anybody may type must not be sent in the issuer's name.
    expect(sent?.text).not.toContain('555')
  })

  describe('an OTP', () => {
    test('says how many tries are left, and closes after five', async () => {
      const { txn_id, otp } = await service.ask(...asha)
      for (const left of [4, 3, 2, 1, 0]) {
        const reply = await service.post('/kyc-vs/confirm', { txn_id, otp: notOtp(otp) })
        expect(reply).toMatchObject({
          status: 401,
          body: { type: problemOf('wrong-otp'), status: 401, tries_left: left },
        })
        expect(reply.headers.get('content-type')).toBe('application/problem+json')
      }
      expect(await service.post('/kyc-vs/confirm', { txn_id, otp })).toMatchObject({
        status: 410,
        body: { type: problemOf('closed') },
      })
    })

    test('is used once', async () => {
      const asked = await service.ask(...asha)
      expect((await service.post('/kyc-vs/confirm', asked)).status).toBe(200)
      expect((await service.post('/kyc-vs/confirm', asked)).status).toBe(410)
    })

    test('runs out', async () => {
      const asked = await service.ask(...asha)
      await database.sql.execute(`update otp_transactions set expires_at = now() where id = '${asked.txn_id}'`)
      expect((await service.post('/kyc-vs/confirm', asked)).status).toBe(410)
    })

    test('is void once another was asked for', async () => {
      const first = await service.ask(...asha)
      const second = await service.ask(...asha)
      expect((await service.post('/kyc-vs/confirm', first)).status).toBe(410)
      expect((await service.post('/kyc-vs/confirm', second)).status).toBe(200)
    })

    test('of another transaction is wrong', async () => {
      const [one, other] = [await service.ask(...asha), await service.ask('9000000003', 'Chloe Martin')]
      if (one.otp !== other.otp) {
        const crossed = { txn_id: one.txn_id, otp: other.otp }
        expect((await service.post('/kyc-vs/confirm', crossed)).status).toBe(401)
      }
      expect((await service.post('/kyc-vs/confirm', { txn_id: crypto.randomUUID(), otp: one.otp })).status).toBe(410)
    })

    test('of somebody who is not on the register is found out only when it is right', async () => {
      const { txn_id, otp } = await service.ask('9000000001', 'Nobody At All')
      expect(await service.post('/kyc-vs/confirm', { txn_id, otp: notOtp(otp) })).toMatchObject({ status: 401 })
      expect(await service.post('/kyc-vs/confirm', { txn_id, otp })).toMatchObject({
        status: 404,
        body: { type: problemOf('not-registered') },
      })
      expect((await service.post('/kyc-vs/confirm', { txn_id, otp })).status).toBe(410)
    })

    test.each([
      ['a private key', async () => makeKey('ES256', 'issuer')],
      ['a symmetric key', async () => ({ kty: 'oct', k: 'AAAA' })],
      ['another curve', async () => ({ kty: 'EC', crv: 'P-384', x: 'AA', y: 'AA' })],
      ['a point beside the curve', async () => ({ ...publicJwk(await makeKey('ES256', 'issuer')), x: 'A'.repeat(43) })],
    ])('is not spent on %s', async (_, make) => {
      const asked = await service.ask(...asha)
      const reply = await service.post('/kyc-vs/confirm', { ...asked, holder_key: await make() })
      expect(reply).toMatchObject({ status: 422, body: { type: problemOf('holder-key') } })
      const { body } = await service.post('/kyc-vs/confirm', { ...asked, otp: notOtp(asked.otp) })
      expect(body['tries_left']).toBe(4)
      expect((await service.post('/kyc-vs/confirm', asked)).status).toBe(200)
    })
  })

  describe('consents', () => {
    test('are listed to their person alone, and withdrawing one revokes its token', async () => {
      const before = await consents('9000000002', 'Bilal Haddad')
      const { token } = await confirmed('9000000002', 'Bilal Haddad', {
        purpose: 'Boarding',
        verifier: rail.id,
        share_initials: true,
      })
      const { status, body } = await consents('9000000002', 'bilal haddad')
      expect(status).toBe(200)
      const list: Record<string, unknown>[] = JSON.parse(JSON.stringify(body['consents']))
      expect(list).toHaveLength(JSON.parse(JSON.stringify(before.body['consents'])).length + 1)
      expect(list[0]).toEqual({
        id: expect.any(String),
        verifier: 'rail-booking',
        verifier_name: 'Rail Booking',
        purpose: 'Boarding',
        given_at: expect.any(Number),
        shared: { status: true, initials: true },
        expires_at: expect.any(Number),
      })
      expect(Math.abs(Number(list[0]?.['given_at']) - now())).toBeLessThan(10)
      expect(await verify(String(token), await gate(rail.id), now())).toMatchObject({ kind: 'verified' })

      // Another, of the same number, sees and withdraws nothing of it.
      const other = await consents('9000000001', 'Ravi Nair')
      const id = list[0]?.['id']
      expect(JSON.stringify(other.body['consents'])).not.toContain(String(id))
      const stranger = await service.post('/kyc-vs/consents/withdraw', { manage: other.body['manage'], id })
      expect(stranger).toMatchObject({ status: 404, body: { type: problemOf('no-consent') } })
      const nobody = await service.post('/kyc-vs/consents/withdraw', { manage: 'x', id })
      expect(nobody).toMatchObject({ status: 401, body: { type: problemOf('no-session') } })

      const gone = await service.post('/kyc-vs/consents/withdraw', { manage: body['manage'], id })
      expect(gone).toMatchObject({ status: 200, body: { withdrawn_at: expect.any(Number) } })
      expect(await service.post('/kyc-vs/consents/withdraw', { manage: body['manage'], id })).toMatchObject({
        body: gone.body,
      })
      await expect
        .poll(async () => verify(String(token), await gate(rail.id), now()), { timeout: 5000, interval: 100 })
        .toEqual({ kind: 'refused', reason: 'revoked' })
      const after = await consents('9000000002', 'Bilal Haddad')
      expect(JSON.parse(JSON.stringify(after.body['consents']))[0]).toMatchObject({
        id,
        withdrawn_at: gone.body['withdrawn_at'],
      })
    })

    test('need an OTP of their own, and it makes no token', async () => {
      const manage = await service.ask(...asha, { purpose: 'manage-consents' })
      expect((await service.post('/kyc-vs/confirm', manage)).status).toBe(410)
      const wrong = await service.post('/kyc-vs/consents', { ...manage, otp: notOtp(manage.otp) })
      expect(wrong).toMatchObject({ status: 401, body: { tries_left: 4 } })
      expect((await service.post('/kyc-vs/consents', manage)).status).toBe(200)
      expect((await service.post('/kyc-vs/consents', manage)).status).toBe(410)
      expect((await service.post('/kyc-vs/consents', await service.ask(...asha))).status).toBe(410)
    })

    test('are no longer open after ten minutes', async () => {
      const { body } = await consents(...asha)
      await database.sql.execute(`update manage_sessions set expires_at = now()`)
      const late = { manage: body['manage'], id: crypto.randomUUID() }
      expect((await service.post('/kyc-vs/consents/withdraw', late)).status).toBe(401)
    })
  })

  describe('a request', () => {
    const good = { mobile: '9000000001', full_name: 'Asha Nair', consent: { purpose: 'p', share_initials: false } }
    test.each([
      ['/mobile', { ...good, mobile: '12345' }],
      ['/mobile', { ...good, mobile: 9_000_000_001 }],
      ['/full_name', { ...good, full_name: '…' }],
      ['/consent', { mobile: good.mobile, full_name: good.full_name }],
      ['/consent/purpose', { ...good, consent: { ...good.consent, purpose: 'two\nlines' } }],
      ['/consent/purpose', { ...good, consent: { ...good.consent, purpose: 'x'.repeat(201) } }],
      ['/consent/verifier', { ...good, consent: { ...good.consent, verifier: 'No Id' } }],
      ['/consent/share_initials', { ...good, consent: { purpose: 'p' } }],
    ])('with a bad %s is told where', async (pointer, body) => {
      const reply = await service.post('/kyc-vs/otp', body)
      expect(reply).toMatchObject({ status: 422, body: { type: problemOf('invalid'), errors: [{ pointer }] } })
      expect(JSON.stringify(reply.body)).not.toMatch(/12345|9000000001/)
    })

    test('for an entity that is not registered is refused', async () => {
      const body = { ...good, consent: { ...good.consent, verifier: 'nobody' } }
      expect(await service.post('/kyc-vs/otp', body)).toMatchObject({
        status: 422,
        body: { type: problemOf('unknown-verifier') },
      })
    })

    test.each([
      ['half of a JSON', '{', 400, 'bad-json', 'application/json'],
      ['an array', '[]', 422, 'invalid', 'application/json'],
      ['nothing', '', 400, 'bad-json', 'application/json'],
      ['a text', JSON.stringify(good), 415, 'media-type', 'text/plain'],
      ['a form', JSON.stringify(good), 415, 'media-type', 'application/x-www-form-urlencoded'],
      ['too much', JSON.stringify({ ...good, full_name: 'x'.repeat(17_000) }), 413, 'too-large', 'application/json'],
    ])('of %s is a problem', async (_, text, status, name, type) => {
      const reply = await service.post('/kyc-vs/otp', text, { 'Content-Type': type })
      expect(reply).toMatchObject({ status, body: { type: problemOf(name), title: expect.any(String), status } })
      expect(reply.headers.get('content-type')).toBe('application/problem+json')
    })

    test('to nowhere is a problem too', async () => {
      const response = await service.get('/kyc-vs/confirm')
      expect(response.status).toBe(404)
      expect(response.headers.get('content-type')).toBe('application/problem+json')
      expect(await response.json()).toMatchObject({ type: problemOf('not-found') })
    })
  })

  test('only pages of registered origins may ask, and the issuer’s own', async () => {
    for (const origin of ['https://rail.example', ISS]) {
      const { headers } = await preflight(origin)
      expect(headers.get('access-control-allow-origin')).toBe(origin)
      expect(headers.get('access-control-allow-methods')).toBe('POST')
      expect(headers.get('access-control-allow-headers')).toBe('Content-Type')
      expect(headers.get('access-control-allow-credentials')).toBeNull()
      expect(headers.get('vary')).toContain('Origin')
    }
    for (const origin of ['https://evil.example', 'null', 'https://rail.example.evil.example', 'http://rail.example']) {
      const { headers } = await preflight(origin)
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
      const reply = await service.post('/kyc-vs/confirm', {}, { Origin: origin })
      expect([...reply.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
      expect(reply.headers.get('vary')).toContain('Origin')
    }
  })

  test('every answer has strict headers', async () => {
    for (const path of [
      '/healthz',
      '/kyc-vs/verifiers/rail-booking',
      '/nowhere',
      '/status/1',
      '/openapi.json',
      '/metrics',
    ]) {
      const { headers } = await service.get(path)
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('strict-transport-security')).toBe('max-age=31536000')
    }
    expect((await service.post('/kyc-vs/confirm', await service.ask(...asha))).headers.get('cache-control')).toBe(
      'no-store',
    )
  })

  test('who asks has a name', async () => {
    expect(await (await service.get('/kyc-vs/verifiers/rail-booking')).json()).toEqual({
      id: 'rail-booking',
      name: 'Rail Booking',
    })
    expect((await service.get('/kyc-vs/verifiers/nobody')).status).toBe(404)
  })

  test('lists and keys are published to all, to be kept and asked after', async () => {
    const list = await service.get('/status/1')
    expect(list.headers.get('content-type')).toBe('application/statuslist+jwt')
    expect(list.headers.get('access-control-allow-origin')).toBe('*')
    expect(list.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    const tag = list.headers.get('etag')
    const again = await service.issuer.app.request('/status/1', { headers: { 'If-None-Match': tag ?? '' } })
    expect(again.status).toBe(304)
    const packed = await service.issuer.app.request('/status/1', { headers: { 'Accept-Encoding': 'gzip' } })
    expect(packed.headers.get('content-encoding')).toBe('gzip')
    expect(packed.headers.get('cache-control')).toBe('no-cache')
    expect(gunzipSync(await packed.arrayBuffer()).toString()).toBe(await list.text())
    for (const path of ['/status/0', '/status/999', '/status/x', '/status/1e0', '/status/99999999999999999999']) {
      expect((await service.get(path)).status).toBe(404)
    }
    const jwks = await (await service.get('/.well-known/jwks.json')).json()
    expect(jwks).toEqual({ keys: [expect.objectContaining({ kty: 'EC', use: 'sig', alg: 'ES256' })] })
    expect(JSON.stringify(jwks)).not.toMatch(/"(d|nbf|exp)":/)
  })

  test('OpenAPI 3.1 names every route of the API, and the schemas that check', async () => {
    const document = await (await service.get('/openapi.json')).json()
    expect(document).toMatchObject({ openapi: '3.1.0', servers: [{ url: ISS }] })
    expect(Object.keys(document.paths).toSorted()).toEqual([
      '/.well-known/jwks.json',
      '/kyc-vs/confirm',
      '/kyc-vs/consents',
      '/kyc-vs/consents/withdraw',
      '/kyc-vs/otp',
      '/kyc-vs/verifiers/{id}',
      '/status/{n}',
      '/trust.jwt',
    ])
    expect(Object.keys(document.components.schemas)).toContain('OtpRequest')
    expect((await service.get('/docs/')).headers.get('content-security-policy')).toContain("script-src 'self';")
    expect((await service.get('/docs/swagger-ui-bundle.js')).status).toBe(200)
  })

  test('those who run it are told what it does, and nobody’s number', async () => {
    expect((await service.get('/healthz')).status).toBe(200)
    expect((await service.get('/readyz')).status).toBe(200)
    const figures = await (await service.get('/metrics')).text()
    expect(figures).toMatch(/kycvs_confirms_total\{outcome="answer"\} [1-9]/)
    expect(figures).toMatch(/kycvs_request_seconds_count\{method="POST",route="\/kyc-vs\/otp",status="200"\} [1-9]/)
    for (const secret of CSV.match(/\d{10}|[A-Z]\w+ [A-Z]\w+/g) ?? []) expect(figures).not.toContain(secret)
  })
})
