// A tablet on a stand, on the built gate: it speaks to bearers, is left by PIN, and hands a verdict's kind to whom it may.
import type { Page, Route } from 'playwright'
import { expect, test } from 'vitest'
import english from '../../src/gate/locales/en.json'
import { outcomes } from '../../src/gate/session/settings.ts'
import { overflow, findings } from '../support/accessible.ts'
import { SECONDS } from '../support/authority.ts'
import { catalogue } from '../support/catalogues.ts'
import { judged, openPanel, paste, untilReady, verdictOf, visit, type Stage } from '../support/gate-page.ts'
import type { GateServer } from '../support/gate-server.ts'
import { onStage } from '../support/on-stage.ts'
import { crash } from '../support/screens.ts'

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
  await page.locator('.verdict-foot [data-freshness="fresh"]').waitFor()
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

const able = (page: Page): Promise<void> => page.locator('[data-screen="scan"][data-kiosk="able"]').waitFor()
const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click()

test('fills the screen again and again, and no key, address, picture or wrong PIN leads out of it: the right one does', async () => {
  const page = await visit(stage, server.page, {
    // As in every browser but Chromium.
    prepare: (fresh) => fresh.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'getBattery')),
  })
  const isFull = (): Promise<boolean> => page.evaluate(() => document.fullscreenElement !== null)
  const stays = async (): Promise<void> => {
    await able(page)
    expect(await page.locator('.tabs, .controls').count()).toBe(0)
    expect(page.url()).toContain('?kiosk')
  }
  await untilReady(page)
  await openPanel(page, 'Settings')
  for (const id of ['page.pin.fresh', 'page.pin.again'] as const) await page.getByLabel(english[id]).fill('4711')
  await press(page, english['page.pin.set'])
  await page.locator('[data-kiosk-pin="set"]').waitFor()
  await press(page, english['page.kiosk-start.start'])
  await stays()
  expect(await page.locator('.kiosk-alive').textContent()).not.toContain('Battery')
  await expect.poll(isFull).toBe(true)
  await page.evaluate(() => document.exitFullscreen())
  await expect.poll(isFull).toBe(false)
  await page.locator('.kiosk-picture').click()
  await expect.poll(isFull).toBe(true)

  for (const key of ['Escape', 'Backspace', 'Alt+ArrowLeft', 'F1', 'F6', 'Control+p', 'ContextMenu'])
    await page.keyboard.press(key)
  await stays()
  await page.evaluate(() => void (location.hash = 'settings'))
  await page.locator('[data-reason="not-a-token"]').waitFor()
  await stays()
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['no picture'], 'a.png', { type: 'image/png' }))
    document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }))
  })
  await page.locator('[data-reason="not-a-picture"]').waitFor()
  await stays()
  // The address without the word, and back to where that is known no more.
  await page.goto(server.page)
  await stays()
  await page.goto(`${server.page}?once`)
  await page.goBack()
  await stays()

  await press(page, english['page.kiosk.staff'])
  const asked = page.locator('[data-pin="asked"]')
  await asked.getByLabel(english['page.pin.asked']).fill('0000')
  await press(page, english['page.pin.open'])
  await asked.getByText(english['page.pin.wrong']).waitFor()
  expect(await page.getByRole('button', { name: english['page.staff.leave'] }).count()).toBe(0)
  await page.keyboard.press('Escape')
  await stays()
  await press(page, english['page.kiosk.staff'])
  await asked.getByLabel(english['page.pin.asked']).fill('4711')
  await press(page, english['page.pin.open'])
  await page.getByRole('button', { name: english['page.staff.leave'] }).waitFor()
  // Left, it is locked again.
  await press(page, english['page.staff.back'])
  await press(page, english['page.kiosk.staff'])
  await asked.getByLabel(english['page.pin.asked']).fill('4711')
  await press(page, english['page.pin.open'])
  await press(page, english['page.staff.leave'])
  await page.getByRole('button', { name: 'Menu' }).waitFor()
  expect(page.url()).not.toContain('kiosk')
  expect(await isFull()).toBe(false)
})

test('after a crash, or with its process killed, it scans again and nobody has touched it', async () => {
  stage.film()
  const page = await visit(stage, `${server.page}?kiosk`, { prepare: (fresh) => fresh.clock.install() })
  await able(page)
  stage.film(await server.authority.token({ vs: 1 }))
  await crash(page, server.authority, english)
  expect(await page.locator('[data-screen="crash"]').getByRole('button').allTextContents()).toEqual([
    english['crash.again'],
  ])
  await page.clock.runFor(10_000)
  expect(await verdictOf(page)).toEqual(amber)

  // As the system starts an app that was killed: at the app's own address.
  const killed = page.waitForEvent('crash')
  const browser = await page.context().newCDPSession(page)
  void browser.send('Page.crash').catch(() => undefined)
  await killed
  const again = await page.context().newPage()
  await again.goto(server.page)
  expect(await verdictOf(again)).toEqual(amber)
})

test('keeps the screen on, says how its battery does, and is silent in the quiet hours alone, past midnight', async () => {
  const page = await visit(stage, server.page, {
    timezoneId: 'Asia/Kolkata',
    async prepare(fresh) {
      await fresh.clock.install()
      await fresh.addInitScript(`
        const noted = { awake: [], heard: 0, felt: 0 }
        const battery = Object.assign(new EventTarget(), { level: 0.12, charging: false })
        Object.assign(globalThis, { noted, battery })
        WakeLock.prototype.request = async (type) => { noted.awake.push(type); return new EventTarget() }
        navigator.getBattery = async () => battery
        navigator.vibrate = () => { noted.felt += 1; return true }
        globalThis.OscillatorNode = class extends OscillatorNode {
          constructor(...how) { super(...how); noted.heard += 1 }
        }`)
    },
  })
  const noted = (): Promise<unknown> => page.evaluate('({ ...noted })')
  const alive = page.locator('.kiosk-alive')
  await untilReady(page)
  await openPanel(page, 'Settings')
  await page.getByLabel(english['page.quiet.quietFrom']).fill('22:00')
  await page.getByLabel(english['page.quiet.quietTo']).fill('06:30')
  await press(page, english['page.kiosk-start.start'])
  await able(page)
  expect(await noted()).toMatchObject({ awake: ['screen'] })

  await alive.locator('[data-state="bad"]', { hasText: 'Battery 12%' }).waitFor()
  await page.evaluate(
    `{ Object.assign(battery, { level: 0.8, charging: true }); battery.dispatchEvent(new Event('chargingchange')) }`,
  )
  await alive.locator('[data-state="good"]', { hasText: 'Battery 80%, charging' }).waitFor()

  // A midnight of India that is a day or two away: no clock goes back.
  const DAY = 86_400
  const india = 5.5 * 3600
  const midnight = Math.ceil((SECONDS() + india) / DAY) * DAY + DAY - india
  const code = await server.authority.token({
    exp: SECONDS() + 7 * DAY,
    status: { status_list: { idx: 1, uri: server.authority.statusUri } },
  })
  let [heard, felt] = [0, 0]
  for (const [minutes, isQuiet] of [
    [-121, false],
    [-120, true],
    [10, true],
    [389, true],
    [390, false],
  ] as const) {
    await page.clock.setSystemTime((midnight + minutes * 60) * 1000)
    await page.clock.runFor(15_000)
    expect(await alive.locator('[data-quiet]').allTextContents()).toEqual(isQuiet ? ['No sound until 06:30'] : [])
    expect(await judged(page, code)).toMatchObject({ tone: 'green' })
    felt += 1
    heard += isQuiet ? 0 : 2
    await expect.poll(noted, { message: String(minutes) }).toMatchObject({ heard, felt })
    await press(page, english['page.kiosk.done'])
    await able(page)
  }
})

test.each(['hi', 'ur'])(
  '%s: every screen at 320 px and with text twice as large, also when the words come late',
  async (tag) => {
    const words = catalogue(tag)
    const say = (id: string): string => words.get(id) ?? ''
    const held: Route[] = []
    const page = await visit(stage, `${server.page}?kiosk`, {
      locale: `${tag}-IN`,
      viewport: { width: 320, height: 640 },
      reducedMotion: 'reduce',
      serviceWorkers: 'block',
      prepare: (fresh) => fresh.route(new RegExp(`assets/${tag}\\.`), (route) => void held.push(route)),
    })
    await page.getByRole('heading', { name: english['page.kiosk.title'] }).waitFor()
    for (const route of held) await route.continue()
    // At once, and not when the screen happens to be drawn anew, half a minute later.
    await page.getByRole('heading', { name: say('page.kiosk.title') }).waitFor({ timeout: 12_000 })
    const faults: unknown[] = []
    const look = async (): Promise<void> => {
      faults.push(...(await findings(page)), ...(await overflow(page)))
      await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
      faults.push(...(await overflow(page)))
      await page.evaluate(() => document.documentElement.style.removeProperty('font-size'))
    }
    await look()
    const codes: readonly Parameters<typeof server.authority.token>[0][] = [
      {},
      { vs: 1 },
      { vs: 0 },
      { iat: SECONDS() - 90_000, exp: SECONDS() - 4000 },
      { iss: 'https://elsewhere.example' },
    ]
    for (const [at, claims] of codes.entries()) {
      await judged(page, await server.authority.token(claims))
      await page
        .getByRole('alert')
        .getByRole('heading', { name: say(`verdict.${outcomes[at]}.word`), exact: true })
        .waitFor()
      await look()
      await page.keyboard.press('Escape')
    }
    await press(page, say('page.kiosk.staff'))
    await page.getByRole('heading', { name: say('page.staff.title') }).waitFor()
    await look()
    expect(faults).toEqual([])
    await page.locator('.language > button').click()
    await page.getByRole('dialog').getByRole('button', { name: 'English', exact: true }).click()
    await page.getByRole('heading', { name: english['page.staff.title'] }).waitFor()
  },
)

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
