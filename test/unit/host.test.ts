// The static host of the gate, the issuer's interface, and the demo, over HTTP.
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openBelief, openConfig } from '../../src/core/belief.ts'
import { payloadOf } from '../../src/core/compact.ts'
import { verify } from '../../src/core/verify.ts'
import { people } from '../../src/demo/people.ts'
import { registered } from '../../src/demo/register.ts'
import { startDemo, type Demo } from '../../src/demo/start.ts'
import { staticSite, trustListOrigin } from '../../src/host/static.ts'
import { inflate } from '../../src/inflate.ts'

let folder = ''
const gateDir = (): string => join(folder, 'gate')
const site = (): ReturnType<typeof staticSite> =>
  staticSite({ dir: gateDir(), base: '/', connect: ['https://trust.example'] })
const start = (port = 0): Promise<Demo> =>
  startDemo({ port, state: join(folder, 'state'), gateDir: gateDir(), holderDir: join(folder, 'holder') })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kycvs-host-'))
  await mkdir(join(gateDir(), 'assets'), { recursive: true })
  await mkdir(join(folder, 'holder'))
  await writeFile(join(folder, 'holder/index.html'), '<!doctype html><head><title>holder</title></head>')
  await writeFile(join(folder, 'secret.txt'), 'not to be seen')
  await writeFile(join(gateDir(), 'index.html'), '<!doctype html><title>gate</title>')
  await writeFile(join(gateDir(), 'config.json'), '{"trustList":"https://trust.example/list.jwt"}')
  await writeFile(join(gateDir(), 'manifest.webmanifest'), '{}')
  await writeFile(join(gateDir(), 'list.jwt'), 'e.e.e')
  await writeFile(join(gateDir(), 'assets/reader-1a2b.wasm'), 'wasm')
})

afterAll(() => rm(folder, { recursive: true }))

describe('the static host', () => {
  test('sends the security headers with everything, found or not', async () => {
    for (const path of ['/', '/assets/reader-1a2b.wasm', '/nothing']) {
      const { headers } = await site().request(path)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';")
      expect(policy).toContain("connect-src 'self' https://trust.example;")
      expect(policy).toContain("frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default")
      expect(policy).not.toContain('unsafe-inline')
      expect(headers.get('permissions-policy')).toMatch(/^camera=\(self\).*geolocation=\(\).*microphone=\(\)/)
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    }
  })

  test.each([
    ['/', 'text/html; charset=utf-8', 'no-cache'],
    ['/config.json', 'application/json', 'no-cache'],
    ['/manifest.webmanifest', 'application/manifest+json', 'no-cache'],
    ['/list.jwt', 'application/jwt', 'no-cache'],
    ['/assets/reader-1a2b.wasm', 'application/wasm', 'public, max-age=31536000, immutable'],
  ])('%s is %s, kept %s', async (path, type, cache) => {
    for (const method of ['GET', 'HEAD']) {
      const response = await site().request(path, { method })
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toBe(type)
      expect(response.headers.get('cache-control')).toBe(cache)
      expect((await response.text()) === '').toBe(method === 'HEAD')
    }
  })

  test.each([
    '/nothing',
    '/assets',
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/..\\secret.txt',
    '/assets//../../secret.txt',
  ])('%s is not found', async (path) => {
    const response = await site().request(path)
    expect([response.status, await response.text()]).toEqual([404, expect.not.stringContaining('seen')])
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  test('stands below a path, with a config of its own', async () => {
    const below = staticSite({ dir: gateDir(), base: '/gate/', connect: [], config: { gate: 'north' } })
    expect(await (await below.request('/gate/')).text()).toContain('<title>gate')
    expect(await (await below.request('/gate/config.json')).json()).toEqual({ gate: 'north' })
    expect((await below.request('/gate')).headers.get('location')).toBe('/gate/')
    expect((await below.request('/index.html')).status).toBe(404)
  })

  test('what has not changed is not sent again', async () => {
    const etag = (await site().request('/')).headers.get('etag') ?? ''
    expect((await site().request('/', { headers: { 'If-None-Match': etag } })).status).toBe(304)
  })

  test('what compresses is sent compressed to who takes it, and no list is', async () => {
    const file = '/assets/app-1a2b.js'
    const content = 'x'.repeat(5000)
    await writeFile(join(gateDir(), file), content)
    await writeFile(join(gateDir(), 'long.jwt'), content)
    const headers = { 'Accept-Encoding': 'gzip, br' }
    const sent = await site().request(file, { headers })
    expect(sent.headers.get('content-encoding')).toBe('gzip')
    expect(sent.headers.get('vary')).toBe('Accept-Encoding')
    expect(sent.headers.has('content-length')).toBe(false)
    expect(gunzipSync(await sent.arrayBuffer()).toString()).toBe(content)
    const etag = sent.headers.get('etag') ?? ''
    expect((await site().request(file, { headers: { ...headers, 'If-None-Match': etag } })).status).toBe(304)
    const part = await site().request(file, { headers: { ...headers, Range: 'bytes=0-9' } })
    expect([part.status, await part.text()]).toEqual([206, 'x'.repeat(10)])
    for (const [path, init] of [
      [file, {}],
      [file, { method: 'HEAD', headers }],
      ['/long.jwt', { headers }],
    ] as const) {
      const plain = await site().request(path, init)
      expect([plain.headers.get('content-encoding'), plain.headers.get('content-length')]).toEqual([null, '5000'])
    }
  })

  test('knows the origin of a trust list elsewhere', async () => {
    expect(await trustListOrigin(gateDir())).toBe('https://trust.example')
    expect(await trustListOrigin(folder)).toBeUndefined()
  })
})

describe('the demo', () => {
  let demo: Demo
  const get = async (path: string): Promise<string> => (await fetch(`${demo.origin}${path}`)).text()

  // A database is made, and a busy machine takes its time over that.
  beforeAll(async () => {
    demo = await start()
  }, 60_000)
  afterAll(() => demo.stop())

  test('each person gets the right answer', async () => {
    const config = await openConfig(await get('/gate/config.json'))
    if (!config.ok) throw new Error(config.fault)
    const held = { trustList: await get('/trust.jwt'), statusLists: [await get('/status/people')] }
    const { belief, trustFault, statusFaults } = await openBelief(held, config.value, inflate, 0)
    expect([trustFault, statusFaults]).toEqual([undefined, []])
    const verdicts = people.map(async ({ id }) => {
      const verdict = await verify(await get(`/demo/people/${id}.txt`), belief, Math.floor(Date.now() / 1000))
      const { kind } = verdict
      return { id, expect: kind === 'verified' ? { kind, status: verdict.status } : verdict }
    })
    const expected: unknown = JSON.parse(await get('/demo/people.json'))
    expect(expected).toMatchObject(await Promise.all(verdicts))
    expect(people.map(({ id }) => id)).toHaveLength(9)
  })

  test('a live code is another each time, and the others stay', async () => {
    expect(await get('/demo/people/live.txt')).not.toBe(await get('/demo/people/live.txt'))
    expect(await get('/demo/people/fully.txt')).toBe(await get('/demo/people/fully.txt'))
  })

  test('the page shows who is on the register, and faulty codes alone; it runs under a policy without exceptions', async () => {
    const response = await fetch(demo.origin)
    expect(response.headers.get('content-security-policy')).not.toContain('unsafe-inline')
    const page = await response.text()
    for (const { name, mobile } of registered) {
      expect(page).toContain(name)
      expect(page).toContain(mobile)
    }
    for (const { id, expect: expected } of people) {
      const shown = expected.kind !== 'verified'
      expect(page.includes(`/demo/people/${id}.svg`)).toBe(shown)
      expect(page.includes(`href="/demo/people/${id}.png" download`)).toBe(shown)
    }
    expect(page).not.toMatch(/<script>|<style|style=|onclick=/)
    for (const path of ['/demo/page.css', '/demo/page.js', '/demo/icon.svg', '/demo/people/fully.png']) {
      expect((await fetch(`${demo.origin}${path}`)).status).toBe(200)
    }
  })

  test('the issuer is open to any origin, and explains itself', async () => {
    for (const [path, type] of [
      ['/trust.jwt', 'application/jwt'],
      ['/status/people', 'application/statuslist+jwt'],
      ['/status/1', 'application/statuslist+jwt'],
      ['/.well-known/jwks.json', 'application/jwk-set+json'],
    ]) {
      const { headers } = await fetch(`${demo.origin}${path}`)
      expect(headers.get('content-type')).toBe(type)
      expect(headers.get('access-control-allow-origin')).toBe('*')
      expect(headers.get('cache-control')).toBe('no-cache')
      expect(headers.get('etag')).not.toBeNull()
    }
    expect(await get('/.well-known/jwks.json')).not.toContain('"d":')
    const missing = await fetch(`${demo.origin}/status/999`)
    expect(missing.headers.get('content-type')).toBe('application/problem+json')
    expect(await missing.json()).toMatchObject({ status: 404, title: 'Not found' })
  })

  test('somebody on the register gets a code by OTP, and only the registered page may frame the question', async () => {
    const [asha] = registered
    const post = async (path: string, body: object): Promise<Record<string, unknown>> => {
      const headers = { 'Content-Type': 'application/json' }
      return (await fetch(demo.origin + path, { method: 'POST', headers, body: JSON.stringify(body) })).json()
    }
    const consent = { purpose: 'A test', share_initials: false }
    const { txn_id: txn } = await post('/kyc-vs/otp', { mobile: asha?.mobile, full_name: asha?.name, consent })
    const inbox = await vi.waitUntil(async () => {
      const text = await get('/demo/inbox.json')
      return text.includes(String(txn)) && text
    })
    const otp = /#(\d{6})/.exec(inbox)?.[1]
    expect(await post('/kyc-vs/confirm', { txn_id: txn, otp })).toMatchObject({ status: 2 })

    const framedBy = async (path: string): Promise<string | undefined> =>
      /frame-ancestors ([^;]*)/.exec(
        (await fetch(demo.origin + path)).headers.get('content-security-policy') ?? '',
      )?.[1]
    expect(await framedBy('/embed/?verifier=rail-booking')).toBe(demo.booking)
    for (const path of ['/embed/', '/embed/?verifier=nobody', '/embed/index.html?verifier=rail-booking', '/me/', '/']) {
      expect(await framedBy(path)).toBe("'none'")
    }
    expect((await fetch(`${demo.origin}/embed/sw.js`)).status).toBe(404)
  })

  test('its keys are its own, and last; its lists are made anew for another origin', async () => {
    const state = join(folder, 'state')
    for (const name of ['root', 'issuer', 'stranger', 'holder']) {
      expect((await stat(join(state, `${name}.jwk`))).mode & 0o777).toBe(0o600)
    }
    const root = await readFile(join(state, 'root.jwk'), 'utf8')
    const list = await get('/trust.jwt')
    const config: unknown = JSON.parse(await get('/gate/config.json'))
    const { port } = new URL(demo.origin)
    await demo.stop()
    demo = await start(Number(port))
    expect(await get('/trust.jwt')).toBe(list)
    expect(JSON.parse(await get('/gate/config.json'))).toEqual(config)
    const other = await start()
    try {
      const renewed = payloadOf(await (await fetch(`${other.origin}/trust.jwt`)).text())
      expect(renewed).toMatchObject({ seq: 2, issuers: [{ iss: other.origin }] })
      expect(await readFile(join(state, 'root.jwk'), 'utf8')).toBe(root)
    } finally {
      await other.stop()
    }
  }, 60_000)

  test('a port that is taken is Node’s own error', async () => {
    await expect(start(Number(new URL(demo.origin).port))).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })
})
