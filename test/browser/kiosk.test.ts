// A tablet on a stand, on the built gate: it speaks to bearers, is left by PIN, and hands a verdict's kind to whom it may.
import { expect, test } from 'vitest'
import { judged, paste, verdictOf, visit, type Stage } from '../support/gate-page.ts'
import type { GateServer } from '../support/gate-server.ts'
import { onStage } from '../support/on-stage.ts'

let stage: Stage
let server: GateServer
onStage((given) => ({ stage, server } = given))

const amber = { kiosk: '', verdict: 'verified', status: '1', tone: 'amber' }

test('scans with the front camera, goes back by itself, says who was here before, stays over a reload, and is left by staff', async () => {
  const token = await server.authority.token({ vs: 1 })
  stage.film(token)
  const page = await visit(stage, `${server.page}?kiosk`, {
    viewport: { width: 1280, height: 800 },
    prepare: (fresh) =>
      fresh.addInitScript(() => {
        const { mediaDevices } = navigator
        const ask = mediaDevices.getUserMedia.bind(mediaDevices)
        mediaDevices.getUserMedia = (wanted) => {
          document.documentElement.dataset['asked'] ??= JSON.stringify(wanted)
          return ask(wanted)
        }
      }),
  })
  expect(await verdictOf(page)).toEqual(amber)
  expect(await page.evaluate(() => document.documentElement.dataset['asked'])).toContain('"user"')
  expect(await page.locator('.verdict-action').textContent()).toContain('Please speak to the staff')
  await page.locator('.verdict-answer [data-freshness="fresh"]').waitFor()
  // Nothing is pressed: 8 seconds, and it scans.
  await page.locator('[data-screen="scan"][data-kiosk="able"]').waitFor()
  expect(await page.locator('.controls').count()).toBe(0)
  expect(await judged(page, token)).toEqual(amber)
  await page.locator('.verdict-answer [data-seen-ago]').waitFor()

  await page.goto(server.page)
  await page.getByRole('button', { name: 'Staff' }).click()
  await page.locator('[data-pin="none"]').waitFor()
  await page.getByRole('button', { name: 'Leave the kiosk' }).click()
  await page.getByRole('button', { name: 'Menu' }).waitFor()
  expect(page.url()).not.toContain('kiosk')
})

test('goes back to an address that the operator allows, with the colour alone, and to no other', async () => {
  server.serves.config = { ...server.serves.config, returnTo: ['https://tickets.example/gate/'] }
  const asking = (address: string): string => `${server.page}?kiosk&return=${encodeURIComponent(address)}`
  const page = await visit(stage, asking('https://tickets.example/gate/7?seat=4'), {
    prepare: (fresh) => fresh.route('https://tickets.example/**', (route) => route.fulfill({ body: 'tickets' })),
  })
  // A page that is left while its service worker is fetched complains of that.
  const stored = (): Promise<boolean> =>
    page.evaluate(async () => (await navigator.serviceWorker.ready).active !== null)
  await page.locator('[data-return="allowed"]').waitFor()
  await stored()
  expect(await judged(page, await server.authority.token({ vs: 1 }))).toEqual(amber)
  await page.getByRole('button', { name: 'Done' }).click()
  await page.waitForURL('https://tickets.example/gate/7?seat=4#kyc-vs=amber')

  await page.goto(asking('https://tickets.example.evil/gate/7'))
  await page.locator('[data-return="refused"]').waitFor()
  await stored()
  await paste(page, await server.authority.token({ vs: 1 }))
  await page.getByRole('button', { name: 'Done' }).click()
  await page.locator('[data-screen="scan"]').waitFor()
  expect(new URL(page.url()).origin).toBe(server.origin)
})
