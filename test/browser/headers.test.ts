// Every response of a host of the built pages has its headers: each file, what is not there, what has not changed, what is
// asked for in another way, redirects, and faults.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSite, type Running } from '../../src/cli/site.ts'
import { startDemo, type Demo } from '../../src/demo/start.ts'
import { cacheControl, CONTENT_TYPES, pageHeaders } from '../../src/host/headers.ts'
import { holderSite } from '../../src/host/holder.ts'
import { recipe, servers } from '../../src/host/recipes.ts'

const filesOf = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(dir.length + 1)
        .replaceAll('\\', '/'),
    )

/** What is not a file, and does not have to be. */
const beside = ['', 'nothing', 'assets/nothing.js', 'assets', 'icons/', '..%2fpackage.json', 'config.json?a=b', '%']

type Ask = (path: string, init?: RequestInit) => Promise<Response>
const over =
  (origin: string): Ask =>
  (path, init) =>
    fetch(origin + path, { redirect: 'manual', ...init })

/** The headers that a response lacks, or has otherwise, of all that may be asked of a path. */
async function faultsOf(ask: Ask, path: string, wanted: Readonly<Record<string, string>>): Promise<string[]> {
  const first = await ask(path)
  const etag = first.headers.get('ETag')
  const responses = [
    first,
    await ask(path, { method: 'HEAD' }),
    await ask(path, { method: 'POST', body: 'x' }),
    await ask(path, { method: 'OPTIONS', headers: { Origin: 'https://other.example' } }),
    await ask(path, { headers: { Range: 'bytes=0-9' } }),
    ...(etag === null ? [] : [await ask(path, { headers: { 'If-None-Match': etag } })]),
  ]
  return responses.flatMap(({ status, ok, headers }) => {
    const type = CONTENT_TYPES[extname(path)]
    const all = {
      ...wanted,
      ...(wanted['Cache-Control'] === undefined && {
        'Cache-Control': status < 400 ? cacheControl(`/${path}`) : 'no-store',
      }),
      ...(ok && type !== undefined && { 'Content-Type': type }),
    }
    return Object.entries(all).flatMap(([name, value]) =>
      headers.get(name) === value ? [] : `${status} ${path}: ${name}: ${headers.get(name)}`,
    )
  })
}

async function faultsOfAll(
  ask: Ask,
  paths: readonly string[],
  wanted: Readonly<Record<string, string>>,
): Promise<string[]> {
  const faults = []
  for (const path of paths) faults.push(...(await faultsOf(ask, path, wanted)))
  return faults
}

describe('the gate, as `npm run preview` serves it, sends its headers with', () => {
  let site: Running
  beforeAll(async () => {
    const lists = { trust: undefined, statusLists: [], keys: [] }
    const connect = ['https://kycvs.example']
    site = await startSite({ host: 'localhost', port: 0, gateDir: 'dist/gate', connect, ...lists })
  })
  afterAll(() => site.stop())

  test('every file, and with whatever else is asked for', async () => {
    const files = filesOf('dist/gate')
    expect(files).toEqual(expect.arrayContaining(['index.html', 'sw.js', 'config.json', 'manifest.webmanifest']))
    const paths = [...files, ...beside].map((path) => `/${path}`)
    expect(await faultsOfAll(over(site.origin), paths, pageHeaders(['https://kycvs.example']))).toEqual([])
  })
})

describe('the issuer’s host sends its headers with', () => {
  let folder = ''
  let demo: Demo
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kycvs-headers-'))
    demo = await startDemo({ port: 0, state: folder, gateDir: 'dist/gate' })
  })
  afterAll(async () => {
    await demo.stop()
    await rm(folder, { recursive: true })
  })

  test('every file of the holder’s page, and the redirect to it', async () => {
    const paths = ['/me', ...[...filesOf('dist/holder'), ...beside].map((path) => `/me/${path}`)]
    expect(await faultsOfAll(over(demo.origin), paths, pageHeaders())).toEqual([])
  })

  test('the gate below a path, its config and the redirect to it', async () => {
    const paths = ['/gate', ...[...filesOf('dist/gate'), ...beside].map((path) => `/gate/${path}`)]
    expect(await faultsOfAll(over(demo.origin), paths, pageHeaders([demo.origin]))).toEqual([])
    expect((await over(demo.origin)('/gate')).status).toBe(308)
  })

  test('every file of the embed, and the page itself for the registered origins alone', async () => {
    const paths = [...filesOf('dist/holder'), ...beside.slice(1)].map((path) => `/embed/${path}`)
    expect(await faultsOfAll(over(demo.origin), paths, pageHeaders())).toEqual([])
    for (const [query, framedBy] of [
      ['?verifier=rail-booking', [demo.booking]],
      ['?verifier=nobody', []],
    ] as const) {
      const { status, headers } = await over(demo.origin)(`/embed/${query}`)
      const wanted = { ...pageHeaders([], framedBy), 'Cache-Control': 'no-store' }
      expect([status, Object.fromEntries(Object.keys(wanted).map((name) => [name, headers.get(name)]))]).toEqual([
        200,
        wanted,
      ])
    }
  })

  test('embed.js, for pages of any origin', async () => {
    const wanted = {
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-cache',
    }
    for (const method of ['GET', 'HEAD']) {
      const { headers } = await over(demo.origin)('/embed.js', { method })
      expect(Object.fromEntries(Object.keys(wanted).map((name) => [name, headers.get(name)]))).toEqual(wanted)
    }
  })

  test('everything else: nothing may be framed, sniffed or told where it came from', async () => {
    const paths = [
      '/',
      '/nothing',
      '/docs',
      '/docs/',
      '/openapi.json',
      '/kyc-vs/otp',
      '/trust.jwt',
      '/status/1',
      '/status/9',
      '/healthz',
      '/readyz',
      '/metrics',
      '/%',
      '/demo/nothing',
      '/demo/inbox.json',
      '/.well-known/jwks.json',
    ]
    const faults = []
    for (const path of paths) {
      for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS']) {
        const { status, headers } = await over(demo.origin)(path, { method })
        const policy = headers.get('Content-Security-Policy') ?? ''
        const held = /default-src 'none'/.test(policy) && /frame-ancestors 'none'/.test(policy)
        const sniffed = headers.get('X-Content-Type-Options') !== 'nosniff'
        if (!held || sniffed) faults.push(`${method} ${path}: ${status} ${policy}`)
      }
    }
    expect(faults).toEqual([])
  })
})

test('when the register of entities is down, the embed’s page may not be framed', async () => {
  const down = holderSite({ dir: 'dist/holder', originsOf: () => Promise.reject(new Error('down')) })
  down.onError((_, c) => c.text('down', 500))
  const { status, headers } = await down.request('/embed/?verifier=rail-booking')
  expect(status).toBe(500)
  expect(headers.get('Content-Security-Policy')).toBe(pageHeaders()['Content-Security-Policy'])
})

describe('the documents', () => {
  const connect = ['https://kycvs.example']

  test.each(servers)('have the headers for %s as `kycvs headers` prints them', async (server) => {
    expect(await readFile('docs/hosting.md', 'utf8')).toContain(`\n\`\`\`\n${recipe(server, connect)}\`\`\`\n`)
  })

  test('have them one by one', async () => {
    const guide = await readFile('docs/operators-guide.md', 'utf8')
    for (const [name, value] of Object.entries(pageHeaders(connect))) expect(guide).toContain(`\n${name}: ${value}\n`)
    for (const [ending, type] of Object.entries(CONTENT_TYPES)) expect(guide).toContain(`\`${ending}\` \`${type}\``)
    for (const path of ['/assets/', '/']) expect(guide).toContain(`\`${cacheControl(path)}\``)
  })
})
