// Out of reach of any network: the servers are gone, the page starts from the device, and goes on judging.
import type { Page } from 'playwright'
import { describe, expect, test } from 'vitest'
import { makeKey } from '../../src/issuer/sign.ts'
import {
  addresses,
  dark,
  green,
  grey,
  judged,
  next,
  untilReady,
  verdictOf,
  visit,
  type Stage,
} from '../support/gate-page.ts'
import type { GateServer } from '../support/gate-server.ts'
import { changeTrustList } from '../support/held.ts'
import { onStage } from '../support/on-stage.ts'

let stage: Stage
let server: GateServer
onStage((given) => ({ stage, server } = given))

const revocable = (idx: number) => ({ status: { status_list: { idx, uri: server.authority.statusUri } } })

/** Seen once with a network, then started again without one. */
async function carriedAway(): Promise<Page> {
  const page = await visit(stage, server.page)
  await untilReady(page)
  await server.stop()
  return page
}

test('a reload with the servers gone: the camera scans on, and says what it can and cannot know', async () => {
  server.serves.status = await server.authority.statusList([7])
  const page = await carriedAway()
  stage.film(await server.authority.token(revocable(3)))
  await page.reload()
  expect(await verdictOf(page)).toEqual(green)
  await next(page)
  await untilReady(page)
  expect(await judged(page, await server.authority.token(revocable(7)))).toEqual(dark('revoked'))
  await next(page)
  const unknown = await server.authority.token({}, await makeKey('ES256', 'issuer'))
  expect(await judged(page, unknown)).toEqual(grey('unknown-key'))
})

test('the camera is on before the keys are verified, and a code that is read then waits for them', async () => {
  const page = await carriedAway()
  stage.film(await server.authority.token())
  // As text, for its `this` is nobody's that a type knows.
  await page.addInitScript({
    content: `const { importKey } = SubtleCrypto.prototype
      const open = new Promise((resolve) => (globalThis.letKeysOpen = resolve))
      SubtleCrypto.prototype.importKey = async function (...all) {
        await open
        return importKey.apply(this, all)
      }`,
  })
  await page.reload()
  await page.locator('.aim[data-judging]').waitFor()
  expect(await page.locator('.pill, [data-verdict]').count()).toBe(0)
  await page.evaluate('letKeysOpen()')
  expect(await verdictOf(page)).toEqual(green)
})

test('a first visit whose lists cannot be had is not called ready, and decides nothing', async () => {
  server.serves.trust = () => new Response('', { status: 404, headers: { 'Access-Control-Allow-Origin': '*' } })
  const page = await visit(stage, server.page)
  await page.locator('.pill[data-state="bad"]').waitFor()
  expect(await judged(page, await server.authority.token())).toEqual(grey('no-keys'))
})

describe('an address that holds a code, as a phone’s own camera opens it', () => {
  test.each(['online', 'offline'])('%s: shows the verdict, and forgets the code', async (network) => {
    const page = await visit(stage, server.page)
    await untilReady(page)
    if (network === 'offline') await server.stop()
    const token = await server.authority.token({ n: 'Q.X.' })
    await page.goto('about:blank')
    await page.goto(`${server.page}#${token}`)
    expect(await verdictOf(page)).toEqual(green)
    expect(await page.locator('.verdict-initials').textContent()).toContain('Q.X.')
    const traces = await addresses(page)
    expect(traces.filter((trace) => trace.startsWith(server.page)).length).toBeGreaterThan(1)
    expect(traces.join(' ')).not.toMatch(new RegExp(token.split('.').join('|')))
  })

  test('with the gate open already, and a verdict on it', async () => {
    const page = await visit(stage, server.page)
    await untilReady(page)
    expect(await judged(page, await server.authority.token())).toEqual(green)
    const token = await server.authority.token({ vs: 0 })
    await page.goto(`${server.page}#${token}`)
    await page.locator('[data-tone="red"]').waitFor()
    expect((await addresses(page)).join(' ')).not.toContain(token.split('.')[1])
  })
})

describe('what the disk gives back is proven again', () => {
  test('a list with a broken signature decides nothing', async () => {
    const page = await carriedAway()
    expect(await page.evaluate(changeTrustList)).toBe('changed')
    await page.reload()
    await page.locator('.pill[data-state="bad"]').waitFor()
    expect(await judged(page, await server.authority.token())).toEqual(grey('no-keys'))
  })

  test('and is fetched anew where there is a network', async () => {
    const page = await visit(stage, server.page)
    await untilReady(page)
    expect(await page.evaluate(changeTrustList)).toBe('changed')
    await page.reload()
    await untilReady(page)
    expect(await judged(page, await server.authority.token())).toEqual(green)
  })
})
