// Whom the gate believes, and how that changes: refresh, import, roll-back, and everything that a network may answer.
import type { Page } from 'playwright'
import { describe, expect, test } from 'vitest'
import { LIST_BYTES } from '../../src/gate/trust/fetch.ts'
import english from '../../src/gate/locales/en.json'
import type { RefreshOutcome } from '../../src/gate/trust/outcome.ts'
import { makeKey, publicJwk, signRootLink } from '../../src/issuer/sign.ts'
import { SECONDS } from '../support/authority.ts'
import {
  dark,
  green,
  grey,
  judged,
  next,
  openPanel,
  paste,
  untilReady,
  verdictOf,
  visit,
  type Stage,
} from '../support/gate-page.ts'
import type { GateServer, Served } from '../support/gate-server.ts'
import { onStage } from '../support/on-stage.ts'

let stage: Stage
let server: GateServer
onStage((given) => ({ stage, server } = given))

async function openGate(): Promise<Page> {
  const page = await visit(stage, server.page)
  await untilReady(page)
  return page
}

const seq = (page: Page) => page.locator('[data-fact="seq"]')
const outcome = (page: Page, name: string) => page.locator(`[data-outcome="${name}"]`)

/** Presses Refresh on the keys page, and goes back when the outcome is there. */
async function refresh(page: Page, expected: RefreshOutcome): Promise<void> {
  await openPanel(page, 'Keys')
  await page.getByRole('button', { name: 'Refresh' }).click()
  await page.getByRole('button', { name: 'Refresh', disabled: false }).waitFor()
  await outcome(page, expected).waitFor()
  expect(await outcome(page, expected).textContent()).toContain(english[`page.refresh.${expected}`])
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
    // So that the outcome before is `same`; waited for, since a gate that starts asks by itself too, and would take the new list.
    await page.reload()
    await untilReady(page)
    await refresh(page, 'same')
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
  const offers: [RefreshOutcome, string, () => Promise<Served['trust']>][] = [
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

/** The browser's clock, so much away from the server's. */
const setClock = (page: Page, seconds: number): Promise<void> =>
  page.clock.setFixedTime(new Date(Date.now() + seconds * 1000))

describe('the clock of the device', () => {
  test('behind a time that is proven: the verdict names both, and the keys say what the server says', async () => {
    const page = await openGate()
    await setClock(page, -3600)
    expect(await judged(page, await server.authority.token())).toEqual(grey('clock-wrong'))
    await page.getByText(english['time.here']).waitFor()
    await page.getByText(english['time.proven']).waitFor()
    await next(page)
    await refresh(page, 'same')
    await page.locator('.warning[data-clock="behind"]').getByText(english['time.server']).waitFor()
    await setClock(page, 0)
    await page.getByRole('button', { name: 'Refresh' }).click()
    await page.locator('dd[data-clock="right"]').waitFor()
    expect(await page.locator('.warning').count()).toBe(0)
  })

  test('far ahead is told apart from a list that is old', async () => {
    const page = await openGate()
    await setClock(page, 60 * 86_400)
    // Asked for newer keys by itself, it hears from the server what time it is.
    expect(await judged(page, await server.authority.token())).toEqual(grey('stale-keys'))
    await page.locator('[data-verdict] [data-staleness="ahead"]').waitFor()
    await page.getByRole('alert').getByText('only look too old').waitFor()
    await page.getByText(english['time.server']).waitFor()
    await next(page)
    await page.locator('.pill', { hasText: 'only look too old' }).waitFor()
    await openPanel(page, 'Keys')
    await page.locator('.warning[data-clock="ahead"]').waitFor()
    await setClock(page, 0)
    await page.getByRole('button', { name: 'Refresh' }).click()
    await page.locator('dd[data-clock="right"]').waitFor()
    await backToScan(page)
    expect(await judged(page, await server.authority.token())).toEqual(green)
  })

  test('right, and a list that had run out when it was fetched: that is the operator’s to mend', async () => {
    server.serves.trust = await server.authority.trustList({ iat: SECONDS() - 86_400, exp: SECONDS() - 1 })
    const page = await visit(stage, server.page)
    await page.locator('.pill[data-state="bad"]').getByText('had run out when it was fetched').waitFor()
    expect(await judged(page, await server.authority.token())).toEqual(grey('stale-keys'))
    await page.locator('[data-verdict] [data-staleness="not-renewed"]').waitFor()
  })

  test('is called wrong for all where one issuer dates its list a year ahead: nobody is judged by it', async () => {
    server.serves.status = await server.authority.statusList([], SECONDS() + 365 * 86_400)
    const page = await visit(stage, server.page)
    await page.locator('.pill[data-state="bad"]').waitFor()
    expect(await judged(page, await server.authority.token())).toEqual(grey('clock-wrong'))
  })

  test('every verdict says how old the keys are', async () => {
    server.serves.trust = await server.authority.trustList({ iat: SECONDS() - 4 * 86_400 })
    const page = await visit(stage, server.page)
    await page.locator('.pill', { hasText: 'Keys ageing' }).waitFor()
    expect(await judged(page, await server.authority.token())).toEqual(green)
    await page.locator('[data-verdict] [data-freshness="ageing"]').waitFor()
    await next(page)
    server.serves.trust = await server.authority.trustList({ seq: 2 })
    await refresh(page, 'updated')
    await backToScan(page)
    expect(await judged(page, await server.authority.token({ exp: SECONDS() - 61 }))).toEqual(dark('expired'))
    await page.locator('[data-verdict] [data-freshness="fresh"]').waitFor()
  })
})

describe('a root', () => {
  test('that another one names takes over, on a new device too; the old one is over, and config.json has the last word', async () => {
    const { authority } = server
    const [second, third] = [await makeKey('ES256', 'root'), await makeKey('Ed25519', 'root')]
    const root_links = [await signRootLink(SECONDS(), second, authority.root)]
    const page = await openGate()
    const token = await authority.token()
    expect(await judged(page, token)).toEqual(green)
    await next(page)

    server.serves.trust = await authority.trustList({ seq: 2, root_links }, second)
    await refresh(page, 'updated')
    // The old root signs again; or names another, which signs.
    server.serves.trust = await authority.trustList({ seq: 3, issuers: [] })
    await refresh(page, 'retired-root')
    const stolen = [await signRootLink(SECONDS(), third, authority.root)]
    server.serves.trust = await authority.trustList({ seq: 3, issuers: [], root_links: stolen }, third)
    await refresh(page, 'retired-root')
    await page.reload()
    await untilReady(page)
    expect(await judged(page, token)).toEqual(green)
    await next(page)
    await openPanel(page, 'Keys')
    expect(await seq(page).textContent()).toBe('2')

    // Nothing of a rotation is on a new device, or on one that was wiped: the list itself leads from the config's root.
    server.serves.trust = await authority.trustList({ seq: 3, root_links }, second)
    const fresh = await openGate()
    expect(await judged(fresh, token)).toEqual(green)

    // Whom the operator's config names is believed, and nobody that is only led to from a root that it does not.
    server.serves.config = { ...server.serves.config, roots: [publicJwk(third)] }
    await refresh(page, 'unknown-root')
    server.serves.trust = await authority.trustList({}, third)
    await refresh(page, 'updated')
    await backToScan(page)
    expect(await judged(page, token)).toEqual(green)
  })
})

test('a device that holds nothing takes no list below the lowest number that its config allows', async () => {
  server.serves.config = { ...server.serves.config, minSeq: 7 }
  server.serves.trust = await server.authority.trustList({ seq: 6 })
  const page = await visit(stage, server.page)
  expect(await judged(page, await server.authority.token())).toEqual(grey('no-keys'))
  await next(page)
  await refresh(page, 'below-floor')
  server.serves.trust = await server.authority.trustList({ seq: 7 })
  await refresh(page, 'updated')
  await backToScan(page)
  expect(await judged(page, await server.authority.token())).toEqual(green)
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
