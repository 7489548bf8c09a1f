// A new version of the app: offered on the scan screen, never forced, and never over a verdict.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { green, judged, next, openContext, openStage, untilReady, visit, type Stage } from '../support/gate-page.ts'
import { startGateServer, type GateServer } from '../support/gate-server.ts'
import { buildNewer } from '../support/newer.ts'

let stage: Stage
let server: GateServer
let newer = ''

beforeAll(async () => {
  newer = await mkdtemp(join(tmpdir(), 'kycvs-newer-'))
  await buildNewer(newer)
  stage = await openStage()
})
afterAll(async () => {
  await stage.close()
  await rm(newer, { recursive: true })
})
beforeEach(async () => {
  server = await startGateServer()
})
afterEach(() => server.stop())

const offer = (page: Page) => page.getByText('A new version is ready.')
const script = (page: Page) => page.locator('script[type="module"]').getAttribute('src')
const lookForUpdate = (page: Page) =>
  page.evaluate(async () => {
    await (await navigator.serviceWorker.ready).update()
  })

test('it is offered, waits for a tap, and takes over with one', async () => {
  const page = await visit(stage, server.page)
  await untilReady(page)
  const before = await script(page)
  let loads = 0
  page.on('load', () => (loads += 1))

  server.serves.dir = newer
  await lookForUpdate(page)
  await offer(page).waitFor()
  expect([await script(page), loads]).toEqual([before, 0])

  // Not while a verdict is read, and it is still there after it.
  expect(await judged(page, await server.authority.token())).toEqual(green)
  expect(await offer(page).count()).toBe(0)
  expect(loads).toBe(0)
  await next(page)
  await offer(page).waitFor()

  await page.getByRole('button', { name: 'Update now' }).click()
  await page.waitForEvent('load')
  await untilReady(page)
  expect(await script(page)).not.toBe(before)
  expect(await offer(page).count()).toBe(0)

  // The new version is stored whole: it starts and judges with nobody to ask.
  await server.stop()
  await page.reload()
  expect(await judged(page, await server.authority.token())).toEqual(green)
})

test('a reload takes it over no sooner: somebody has to say so', async () => {
  const page = await visit(stage, server.page)
  await untilReady(page)
  const before = await script(page)
  server.serves.dir = newer
  await lookForUpdate(page)
  await offer(page).waitFor()
  await page.reload()
  await offer(page).waitFor()
  expect(await script(page)).toBe(before)
})

test('a second tab gives way too, but not while a verdict shows in it', async () => {
  const context = await openContext(stage.browser)
  const [first, second] = [await context.newPage(), await context.newPage()]
  await first.goto(server.page)
  await untilReady(first)
  await second.goto(server.page)
  await untilReady(second)
  const before = await script(second)
  expect(await judged(second, await server.authority.token())).toEqual(green)
  await second.getByRole('button', { name: 'Keep open' }).click()

  server.serves.dir = newer
  await lookForUpdate(first)
  await first.bringToFront()
  await offer(first).waitFor()
  await Promise.all([first.waitForEvent('load'), first.getByRole('button', { name: 'Update now' }).click()])
  await untilReady(first)
  expect(await second.locator('[data-verdict="verified"]').count()).toBe(1)
  expect(await script(second)).toBe(before)
  await Promise.all([second.waitForEvent('load'), second.getByRole('button', { name: 'Next' }).click()])
  await untilReady(second)
  expect(await script(second)).not.toBe(before)
})
