// Whom the gate believes, and how that changes: refresh, import, roll-back, and everything that a network may answer.
import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { LIST_BYTES } from '../../src/gate/trust/fetch.ts'
import { refreshWords } from '../../src/gate/ui/words.ts'
import { makeKey } from '../../src/issuer/sign.ts'
import { SECONDS } from '../support/authority.ts'
import {
  dark,
  green,
  grey,
  judged,
  next,
  openPanel,
  openStage,
  paste,
  untilReady,
  verdictOf,
  visit,
  type Stage,
} from '../support/gate-page.ts'
import { startGateServer, type GateServer, type Served } from '../support/gate-server.ts'

let stage: Stage
let server: GateServer

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())
beforeEach(async () => {
  stage.film()
  server = await startGateServer()
})
afterEach(() => server.stop())

async function openGate(): Promise<Page> {
  const page = await visit(stage, server.page)
  await untilReady(page)
  return page
}

const seq = (page: Page) => page.locator('[data-fact="seq"]')
const outcome = (page: Page, name: string) => page.locator(`[data-outcome="${name}"]`)

/** Presses Refresh on the keys page, and goes back when the outcome is there. */
async function refresh(page: Page, expected: keyof typeof refreshWords): Promise<void> {
  await openPanel(page, 'Keys')
  await page.getByRole('button', { name: 'Refresh' }).click()
  await outcome(page, expected).waitFor()
  expect(await outcome(page, expected).textContent()).toContain(refreshWords[expected])
}
const backToScan = (page: Page): Promise<void> => page.locator('.tabs').getByRole('button', { name: 'Scan' }).click()

describe('a newer list', () => {
  test('without the key takes effect on Refresh', async () => {
    const page = await openGate()
    const token = await server.authority.token()
    expect(await judged(page, token)).toEqual(green)
    await next(page)
    server.serves.trust = await server.authority.trustList({
      seq: 2,
      issuers: [{ ...server.authority.entry, keys: [] }],
    })
    // Until then the old one stands, whatever the server has.
    expect(await judged(page, token)).toEqual(green)
    await next(page)
    await openPanel(page, 'Keys')
    expect(await seq(page).textContent()).toBe('1')
    await page.getByRole('button', { name: 'Refresh' }).click()
    await seq(page).getByText('2', { exact: true }).waitFor()
    await backToScan(page)
    expect(await judged(page, token)).toEqual(grey('unknown-key'))
  })

  test('is fetched by itself, once, when a code’s key is unknown', async () => {
    const newcomer = await makeKey('Ed25519', 'issuer')
    const { d: _, ...publicNewcomer } = newcomer
    const page = await openGate()
    const entry = { ...server.authority.entry, keys: [publicNewcomer] }
    server.serves.trust = await server.authority.trustList({ seq: 2, issuers: [entry] })
    expect(await judged(page, await server.authority.token({}, newcomer))).toEqual(green)
    await next(page)
    // A stranger's code does not set the network going again.
    const asked = server.seen.length
    const stranger = await makeKey('ES256', 'issuer')
    expect(await judged(page, await server.authority.token({}, stranger))).toEqual(grey('unknown-key'))
    expect(server.seen.length).toBe(asked)
  })

  test('of status withdraws a code on Refresh', async () => {
    const token = await server.authority.token({ status: { status_list: { idx: 9, uri: server.authority.statusUri } } })
    const page = await openGate()
    expect(await judged(page, token)).toEqual(green)
    await next(page)
    // So that the outcome before is `same`.
    await page.reload()
    await untilReady(page)
    server.serves.status = await server.authority.statusList([9], SECONDS())
    await refresh(page, 'updated')
    await backToScan(page)
    expect(await judged(page, token)).toEqual(dark('revoked'))
  })
})

/** An answer of any kind, to any page that asks. */
const answer =
  (body: string, status = 200, headers: Readonly<Record<string, string>> = {}) =>
  (): Response =>
    new Response(body, { status, headers: { 'Access-Control-Allow-Origin': '*', ...headers } })

describe('what the network offers is not taken', () => {
  const offers: [keyof typeof refreshWords, string, () => Promise<Served['trust']>][] = [
    ['rolled-back', 'an older list', () => server.authority.trustList({ seq: 4, issuers: [] })],
    ['forked', 'another list of the same number', () => server.authority.trustList({ seq: 5, issuers: [] })],
    [
      'unknown-root',
      'a list of another root',
      async () => server.authority.trustList({ seq: 6, issuers: [] }, await makeKey('ES256', 'root')),
    ],
    [
      'bad-signature',
      'a list that only names the root',
      async () => {
        const forger = { ...(await makeKey('ES256', 'root')), kid: server.authority.root.kid }
        return server.authority.trustList({ seq: 6, issuers: [] }, forger)
      },
    ],
    ['bad-claims', 'a list that would last for ever', () => server.authority.trustList({ seq: 6, exp: SECONDS() * 2 })],
    [
      'not-a-trust-list',
      'the sign-in page of a Wi-Fi',
      async () => answer('<!doctype html><title>Welcome</title>', 200, { 'Content-Type': 'text/html' }),
    ],
    ['http-error', 'a 404', async () => answer('', 404)],
    ['too-large', 'more than a list can be', async () => answer('A'.repeat(LIST_BYTES + 1))],
    [
      'unreachable',
      'a redirect, even to a list that would do',
      async () => {
        const list = await server.authority.trustList({ seq: 6, issuers: [] })
        const redirect = answer('', 302, { Location: '/trust-6.jwt' })
        return (path) => (path === '/trust.jwt' ? redirect() : answer(list)())
      },
    ],
  ]
  test.each(offers)('%s: %s', async (expected, _, offer) => {
    server.serves.trust = await server.authority.trustList({ seq: 5 })
    const page = await openGate()
    server.serves.trust = await offer()
    await refresh(page, expected)
    expect(await seq(page).textContent()).toBe('5')
    await backToScan(page)
    expect(await judged(page, await server.authority.token())).toEqual(green)
    // Nor after a start from the disk.
    await page.reload()
    await untilReady(page)
    expect(await judged(page, await server.authority.token())).toEqual(green)
  })
})

const file = (text: string) => ({ name: 'lists.jwt', mimeType: 'application/jwt', buffer: Buffer.from(text) })

describe('a site that never sees a network', () => {
  test('imports its lists from a file', async () => {
    server.serves.trust = await server.authority.trustList({ issuers: [] })
    const page = await openGate()
    await server.stop()
    const token = await server.authority.token({ status: { status_list: { idx: 9, uri: server.authority.statusUri } } })
    expect(await judged(page, token)).toEqual(grey('unknown-key'))
    await next(page)

    await openPanel(page, 'Keys')
    const lists = [await server.authority.trustList({ seq: 2 }), await server.authority.statusList()]
    await page.getByLabel('A trust list').setInputFiles(file('not a list at all'))
    await outcome(page, 'nothing-in-file').waitFor()
    await page.getByLabel('A trust list').setInputFiles(file(`${lists.join('\n')}\n`))
    await seq(page).getByText('2', { exact: true }).waitFor()
    await outcome(page, 'updated').waitFor()
    await page.getByLabel('A trust list').setInputFiles(file(await server.authority.trustList({ seq: 1 })))
    await outcome(page, 'rolled-back').waitFor()

    await page.reload()
    await untilReady(page)
    expect(await judged(page, token)).toEqual(green)
  })
})

describe('time', () => {
  test('past its end, a list decides nothing', async () => {
    server.serves.trust = await server.authority.trustList({ iat: SECONDS() - 86_400, exp: SECONDS() - 1 })
    const page = await visit(stage, server.page)
    await page.locator('.pill[data-state="bad"]').getByText('too old').waitFor()
    expect(await judged(page, await server.authority.token())).toEqual(grey('stale-keys'))
  })

  test('a clock that is behind what was signed decides nothing, and the same clock put right does', async () => {
    const token = await server.authority.token()
    const page = await openGate()
    await page.clock.setFixedTime(new Date(Date.now() - 3_600_000))
    expect(await judged(page, token)).toEqual(grey('clock-wrong'))
    await next(page)
    await page.clock.setFixedTime(new Date())
    expect(await judged(page, token)).toEqual(green)
  })
})

test('an edited config.json is taken on Refresh, though another is stored with the app', async () => {
  const page = await openGate()
  const token = await server.authority.token({ aud: 'other-mall' })
  expect(await judged(page, token)).toEqual(dark('wrong-audience'))
  await next(page)
  server.serves.config = { ...server.serves.config, operator: 'Other Mall', audience: 'other-mall' }
  await openPanel(page, 'Keys')
  await page.getByRole('button', { name: 'Refresh' }).click()
  await outcome(page, 'same').waitFor()
  await backToScan(page)
  await page.getByRole('heading', { name: 'Other Mall' }).waitFor()
  expect(await judged(page, token)).toEqual(green)

  // And it is what the next start has, with nobody to ask.
  await server.stop()
  await page.reload()
  await untilReady(page)
  await paste(page, token)
  expect(await verdictOf(page)).toEqual(green)
})
