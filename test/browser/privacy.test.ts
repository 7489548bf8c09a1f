// A verdict leaves nothing behind: every request is watched, and everything that the browser keeps is searched.
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { exportJWK, generateKeyPair } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { present } from '../../src/holder/present.ts'
import { SECONDS } from '../support/authority.ts'
import {
  addresses,
  dark,
  green,
  judged,
  next,
  openPanel,
  openStage,
  untilReady,
  verdictOf,
  visit,
  type Stage,
} from '../support/gate-page.ts'
import { startGateServer, type GateServer } from '../support/gate-server.ts'

let stage: Stage
let server: GateServer
let folder = ''
const netLog = (): string => join(folder, 'net.json')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kycvs-net-'))
  stage = await openStage([`--log-net-log=${netLog()}`])
  server = await startGateServer()
})
afterAll(async () => {
  await stage.close()
  await server.stop()
  await rm(folder, { recursive: true })
})

/** What the gate's pages and workers asked for, in the log of Chromium's network stack, which has its own requests too. */
async function originsAsked(initiator: string): Promise<Set<string>> {
  interface Logged {
    readonly params?: { readonly url?: string; readonly initiator?: string }
  }
  const { events }: { readonly events: readonly Logged[] } = JSON.parse(await readFile(netLog(), 'utf8'))
  const asked = events.filter(({ params }) => params?.initiator === initiator)
  return new Set(asked.map(({ params }) => new URL(params?.url ?? '').origin))
}

/** What a code could be recognised by, in the ways that hashes are written. */
const digestsOf = (token: string): string[] =>
  [token, token.slice(0, token.lastIndexOf('.'))].flatMap((text) =>
    (['hex', 'base64', 'base64url'] as const).map((form) => createHash('sha256').update(text).digest(form)),
  )

/** Everything that this origin has stored, and what the page shows, as text. */
const kept = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie]
    // oxlint-disable-next-line unicorn/consistent-function-scoping -- it runs in the page, where nothing of this file is
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB')))
      })
    for (const { name } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name ?? ''))
      for (const store of database.objectStoreNames) {
        const records = database.transaction(store).objectStore(store)
        found.push(`${name}/${store}: ${JSON.stringify(await settled(records.getAllKeys()))}`)
        found.push(JSON.stringify(await settled(records.getAll())))
      }
      database.close()
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        found.push(request.url, (await (await cache.match(request))?.text()) ?? '')
      }
    }
    return [...found, document.documentElement.outerHTML]
  })

/** The counts and the shifts, as they lie on the disk. */
const tallied = async (page: Page): Promise<string[]> => {
  const traces = await kept(page)
  return traces.flatMap((text, index) =>
    /^kycvs-gate\/(tally|shifts): /.test(text) ? [text, traces[index + 1] ?? ''] : [],
  )
}

/** What a device has kept after a shift in which somebody was scanned in these minutes. */
async function afterScans(minutes: readonly number[]): Promise<string[]> {
  stage.film()
  const page = await visit(stage, server.page, {
    timezoneId: 'Asia/Kolkata',
    prepare: (fresh) => fresh.clock.install(),
  })
  await untilReady(page)
  // The pages of the menu are loaded with timers, which then stand still.
  await openPanel(page, 'Tally')
  await page.locator('.tabs').getByRole('button', { name: 'Scan' }).click()
  // A quarter past an hour to come, by the clock on the wall in India.
  const start = (Math.floor(Date.now() / 3_600_000) + 1) * 3_600_000 + 45 * 60_000
  await page.clock.pauseAt(start)
  await openPanel(page, 'Tally')
  await page.getByRole('button', { name: 'Start shift' }).click()
  await page.locator('[data-shift="on"]').waitFor()
  await page.locator('.tabs').getByRole('button', { name: 'Scan' }).click()
  for (let minute = 0; minute < 40; minute += 1) {
    if (minutes.includes(minute)) {
      await judged(page, await server.authority.token({ n: 'Q. Z.', vs: 0 }))
      await next(page)
    }
    await page.clock.runFor(60_000)
  }
  await openPanel(page, 'Tally')
  await page.locator(`[data-total="${minutes.length}"]`).waitFor()
  await page.getByRole('button', { name: 'End shift' }).click()
  await page.locator('[data-shift="off"]').waitFor()
  const traces = await tallied(page)
  await page.context().close()
  return traces
}

test('of two devices whose bearers came at other minutes of an hour, nobody can tell which is which', async () => {
  const [one, other] = [await afterScans([3, 25, 26]), await afterScans([14, 28, 37])]
  expect(one).toEqual(other)
  expect(one.length).toBe(4)
  const text = one.join('\n')
  expect(text).toContain('"none":3')
  // When the shift began and ended, to the minute; else hours, and numbers that are no time.
  const times = text.match(/\d{4}-\d\d-\d\dT[^"]*/g) ?? []
  expect(times.filter((time) => !/^\d{4}-\d\d-\d\dT\d\d[+-]\d\d:\d\d$/.test(time)).length).toBe(2)
  const words = new Set(text.replaceAll(/\d{4}-\d\d-\d\dT[^"]*/g, '').match(/[a-z]\w*/gi))
  expect([...words].toSorted().join(' ')).toBe(
    'closed counts end full gate hour hours keysAge kycvs marks moved none open partly refused shifts tally unsure',
  )
  const numbers = text.replaceAll(/"[^"]*"/g, '').match(/\d+/g) ?? []
  expect(numbers.length).toBeGreaterThan(8)
  expect(numbers.filter((number) => Number(number) > 60)).toEqual([])
})

test('after a shift, nothing of a code is anywhere, and nobody was told', async () => {
  const { authority } = server
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const paper = await authority.token({ n: 'Q. Z.' })
  const expired = await authority.token({ vs: 1, iat: SECONDS() - 90_000, exp: SECONDS() - 4000 })
  const bound = await authority.token({ cnf: { jwk: await exportJWK(publicKey) } })
  const live = await present(bound, { alg: 'ES256', key: privateKey }, SECONDS())
  const byAddress = await authority.token({ vs: 0, n: 'X. Y.' })

  const requests: string[] = []
  stage.film(paper)
  const page = await visit(stage, server.page, {
    prepare: async (fresh) => {
      fresh.context().on('request', (request) => requests.push(request.url()))
    },
  })
  expect(await verdictOf(page)).toEqual(green)
  await page.getByText('Q. Z.').waitFor()
  await next(page)
  stage.film()
  await untilReady(page)
  await openPanel(page, 'Tally')
  await page.getByRole('button', { name: 'Start shift' }).click()
  await page.locator('[data-shift="on"]').waitFor()
  await page.locator('.tabs').getByRole('button', { name: 'Scan' }).click()
  expect(await judged(page, expired)).toEqual(dark('expired'))
  await next(page)
  expect(await judged(page, live)).toEqual(green)
  await next(page)
  // It is noticed when it comes again, by something that is nowhere to be found.
  expect(await judged(page, paper)).toEqual(green)
  await page.locator('[data-seen-ago]').getByText('Shown here').waitFor()
  await next(page)
  await openPanel(page, 'Keys')
  await page.getByRole('button', { name: 'Refresh' }).click()
  await page.locator('[data-outcome="same"]').waitFor()
  await page.goto(`${server.page}#${byAddress}`)
  await page.locator('[data-verdict="verified"][data-status="0"]').waitFor()
  await next(page)
  await page.reload()
  await untilReady(page)
  // Nor does the page itself remember, once it was opened anew.
  expect(await judged(page, paper)).toEqual(green)
  expect(await page.locator('[data-seen-ago]').count()).toBe(0)
  await next(page)
  await openPanel(page, 'Tally')
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as CSV' }).click()
  const csv = await readFile(await (await saving).path(), 'utf8')
  // Of one hour, or of two where the clock struck meanwhile.
  const totals = csv.matchAll(/,(\d+)\r\n/g)
  expect([...totals].reduce((sum, [, total]) => sum + Number(total), 0)).toBe(6)
  await page.getByRole('button', { name: 'Report' }).click()
  await page.getByRole('heading', { name: 'Shift report' }).waitFor()

  const secrets = [paper, expired, bound, live, byAddress]
    .flatMap((code) => code.split(/[.~]/))
    .filter((part) => part.length > 60)
  expect(secrets.length).toBeGreaterThan(10)
  const digests = [paper, expired, bound, byAddress].flatMap(digestsOf)
  const traces = [...(await kept(page)), ...(await addresses(page)), csv]
  // The search does find what is there: the trust list is kept as it was received.
  expect(traces.some((text) => text.includes(String(server.serves.trust).split('.')[2] ?? '-'))).toBe(true)
  for (const secret of [...secrets, ...digests, 'Q. Z.', 'X. Y.']) {
    expect(traces.filter((text) => text.includes(secret)).length).toBe(0)
    for (const { url, body } of server.seen) expect(url + body).not.toContain(secret)
  }

  // A picture of the page's own making (blob:) asks nobody.
  const asked = new Set(requests.filter((url) => url.startsWith('http')).map((url) => new URL(url).origin))
  expect(asked).toEqual(new Set([server.origin, server.listsOrigin]))
  await stage.close()
  expect(await originsAsked(server.origin)).toEqual(new Set([server.origin, server.listsOrigin]))
  const fromLists = new Set(
    server.seen.filter(({ url }) => url.startsWith(server.listsOrigin)).map(({ url }) => new URL(url).pathname),
  )
  expect(fromLists).toEqual(new Set(['/trust.jwt', '/status/1']))
  // The browser itself names the service worker when it looks for a newer one.
  const referrers = new Set(server.seen.map(({ referrer }) => referrer))
  expect([...referrers].filter((referrer) => referrer !== '' && referrer !== `${server.page}sw.js`)).toEqual([])
  expect(server.seen.filter(({ method }) => method !== 'GET')).toEqual([])
})
