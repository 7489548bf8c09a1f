// The camera through a shift, on the built gate: what takes it away, and that it comes back by itself or says what to do.
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { green, next, openPanel, openStage, untilReady, verdictOf, visit, type Stage } from '../support/gate-page.ts'
import { startGateServer, type GateServer } from '../support/gate-server.ts'
import { change, pretendCameras, told, type Change } from '../support/pretend-camera.ts'

let stage: Stage
let server: GateServer

beforeAll(async () => {
  stage = await openStage()
  server = await startGateServer()
})
afterAll(() => Promise.all([stage.close(), server.stop()]))

/** A gate whose welcome was read, at cameras that are made up. */
async function gateAt(from: Change = {}): Promise<Page> {
  const page = await visit(stage, server.page, { prepare: (fresh) => pretendCameras(fresh, from) })
  await untilReady(page)
  await page.getByRole('button', { name: 'Skip' }).click()
  return page
}

const card = (page: Page, fault: string) => page.locator(`[data-camera="${fault}"]`)
const black = (page: Page) => page.locator('[data-picture="black"]')
const openings = async (page: Page): Promise<number> => (await told(page)).opened.length

/** What was asked of the open camera last. */
const asked = async (page: Page): Promise<unknown> => JSON.parse((await told(page)).asked)

/** A new code comes into view, is read and judged, and goes again. */
async function scans(page: Page): Promise<void> {
  await change(page, { sees: { code: await server.authority.token() } })
  expect(await verdictOf(page)).toEqual(green)
  await change(page, { sees: 'wall' })
  await next(page)
}

describe('the camera comes back by itself', () => {
  test('after it was ended', async () => {
    const page = await gateAt()
    await change(page, { befalls: 'ended' })
    await expect.poll(() => openings(page)).toBe(2)
    await scans(page)
  })
  test('after another program had it, and says so in the meantime', async () => {
    const page = await gateAt()
    await change(page, { refuses: 'NotReadableError', befalls: 'ended' })
    await card(page, 'busy').waitFor()
    await change(page, { refuses: '' })
    await card(page, 'busy').waitFor({ state: 'detached' })
    await scans(page)
  })
  test('after a call, which is told from a crash', async () => {
    const page = await gateAt()
    await change(page, { befalls: 'mute', running: false })
    await card(page, 'taken').waitFor()
    expect(await openings(page)).toBe(1)
    await change(page, { befalls: 'unmute', running: true })
    await card(page, 'taken').waitFor({ state: 'detached' })
    await scans(page)
  })
  test('after it was unplugged and plugged in again', async () => {
    const page = await gateAt({ cameras: { plugged: {} } })
    await change(page, { cameras: {}, refuses: 'NotFoundError', befalls: 'ended' })
    await card(page, 'missing').waitFor()
    await change(page, { refuses: '', cameras: { plugged: {} } })
    await card(page, 'missing').waitFor({ state: 'detached' })
    await scans(page)
  })
  test('as another one, if it was unplugged and its end was not told', async () => {
    const page = await gateAt({ cameras: { plugged: {}, inside: {} } })
    await change(page, { cameras: { inside: {} } })
    await expect.poll(async () => (await told(page)).opened.at(-1)).toBe('inside')
    await scans(page)
  })
  test('after it froze; and says what to do when it freezes again', async () => {
    const page = await gateAt()
    await scans(page)
    await change(page, { running: false })
    await expect.poll(() => openings(page), { timeout: 30_000 }).toBe(2)
    await card(page, 'frozen').waitFor()
    await change(page, { running: true })
    await card(page, 'frozen').waitFor({ state: 'detached' })
    await scans(page)
  })
  test('after the page was in the background, where the camera is off', async () => {
    const page = await gateAt()
    await change(page, { visible: false })
    await expect
      .poll(() => page.locator('video').evaluate((video) => 'srcObject' in video && video.srcObject))
      .toBe(null)
    expect(await openings(page)).toBe(1)
    await change(page, { visible: true })
    await expect.poll(() => openings(page)).toBe(2)
    await scans(page)
  })
  test('after the page was left and gone back to, in a browser that keeps it', async () => {
    const page = await gateAt()
    await change(page, { visible: false })
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'visible' })
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    })
    await expect.poll(() => openings(page)).toBe(2)
    await scans(page)
  })
  test('when the device is turned, its pictures turn with it', async () => {
    const page = await gateAt()
    await scans(page)
    await page.setViewportSize({ width: 740, height: 360 })
    await change(page, { width: 720, height: 1280 })
    await scans(page)
    expect(await openings(page)).toBe(1)
  })
})

describe('a picture that is black', () => {
  test('is said to be, while it is', async () => {
    const page = await gateAt()
    await scans(page)
    await change(page, { sees: 'black' })
    await black(page).waitFor()
    await change(page, { sees: 'wall' })
    await black(page).waitFor({ state: 'detached' })
    expect(await openings(page)).toBe(1)
    await scans(page)
  })
  test('from the start is tried again first, as phones need it after a call', async () => {
    const page = await gateAt({ sees: 'black' })
    await black(page).waitFor()
    expect(await openings(page)).toBe(2)
    await change(page, { sees: 'wall' })
    await black(page).waitFor({ state: 'detached' })
    await scans(page)
  })
})

describe('the lens', () => {
  const able = {
    focusMode: ['manual', 'single-shot', 'continuous'],
    torch: true,
    zoom: { min: 1, max: 8, step: 0.1 },
  }
  test('focuses by itself, where it is tapped, and by itself again', async () => {
    const page = await gateAt({ cameras: { main: { capabilities: able } } })
    await expect.poll(() => asked(page)).toEqual({ focusMode: 'continuous' })
    await page.mouse.click(180, 300)
    await expect
      .poll(() => asked(page))
      .toEqual({
        focusMode: 'single-shot',
        pointsOfInterest: [{ x: 0.5, y: expect.closeTo(300 / 740, 2) }],
      })
    await expect.poll(() => asked(page), { timeout: 20_000 }).toEqual({ focusMode: 'continuous' })
  })
  test('is worked with the keyboard, and the light is on again after a call', async () => {
    const page = await gateAt({ cameras: { main: { capabilities: able } } })
    await page.getByRole('button', { name: 'Focus' }).press('Enter')
    await expect.poll(() => asked(page)).toMatchObject({ pointsOfInterest: [{ x: 0.5, y: 0.5 }] })
    await page.getByRole('slider', { name: 'Zoom' }).press('ArrowRight')
    await expect.poll(() => asked(page)).toMatchObject({ zoom: 1.1 })
    await page.getByRole('button', { name: 'Light' }).press('Space')
    await page.locator('[aria-pressed=true]', { hasText: 'Light' }).waitFor()
    await change(page, { befalls: 'ended' })
    await expect.poll(() => openings(page)).toBe(2)
    await expect.poll(() => asked(page)).toEqual({ focusMode: 'continuous', torch: true })
    for (const button of await page.locator('.lens button, .lens input, .controls button, .pill').all()) {
      const { width = 0, height = 0 } = (await button.boundingBox()) ?? {}
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(48)
    }
  })
  test('that cannot focus is left for the one that can', async () => {
    const page = await gateAt({
      cameras: {
        front: { facing: 'user', label: 'camera2 1, facing front' },
        wide: { label: 'camera2 2, facing back', capabilities: { focusMode: ['manual'] } },
        main: { label: 'camera2 0, facing back', capabilities: able },
      },
    })
    expect((await told(page)).opened).toEqual(['front', 'main'])
    await page.getByRole('button', { name: 'Camera' }).click()
    await expect.poll(async () => (await told(page)).opened.at(-1)).toBe('wide')
    await scans(page)
  })
})

describe('two codes in view', () => {
  test('the one nearer to the middle counts, and the other once it is there alone', async () => {
    const [full, none] = [await server.authority.token(), await server.authority.token({ vs: 0 })]
    const page = await gateAt()
    await change(page, { sees: { code: none, beside: full } })
    expect(await verdictOf(page)).toMatchObject({ tone: 'red' })
    await next(page)
    await change(page, { sees: { code: full } })
    expect(await verdictOf(page)).toEqual(green)
  })
})

describe('a code that stays in view', () => {
  test('is judged once, and again when it has been away', async () => {
    const page = await gateAt()
    const code = await server.authority.token()
    await change(page, { sees: { code } })
    expect(await verdictOf(page)).toEqual(green)
    await next(page)
    await page.waitForTimeout(3_000)
    expect(await page.locator('[data-verdict]').count()).toBe(0)
    await change(page, { sees: 'wall' })
    await page.waitForTimeout(3_000)
    await change(page, { sees: { code } })
    expect(await verdictOf(page)).toEqual(green)
  })
})

/** Counts what the page asks its reader for, and lets a test crash it. */
async function handleReader(page: Page): Promise<void> {
  await page.addInitScript(() => {
    globalThis.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options)
        addEventListener('test:crash', () => this.dispatchEvent(new Event('error')), { once: true })
        // What the worker says when zxing has thrown.
        const failed = { data: { kind: 'failed' } }
        addEventListener('test:memory', () => this.dispatchEvent(new MessageEvent('message', failed)), { once: true })
        const post = this.postMessage.bind(this)
        Object.assign(this, {
          postMessage(message: { task?: object }, transfer: Transferable[]) {
            const { dataset } = document.documentElement
            const name = message.task === undefined ? 'glances' : 'looks'
            dataset[name] = String(Number(dataset[name] ?? 0) + 1)
            post(message, transfer)
          },
        })
      }
    }
  })
}
const count = (page: Page, name: string): Promise<number> =>
  page.evaluate((key) => Number(document.documentElement.dataset[key] ?? 0), name)

async function gateWithReader(): Promise<Page> {
  const page = await visit(stage, server.page, {
    async prepare(fresh) {
      await pretendCameras(fresh)
      await handleReader(fresh)
    },
  })
  await untilReady(page)
  await page.getByRole('button', { name: 'Skip' }).click()
  return page
}

describe('the reader', () => {
  test('that crashes, and then has no memory left, gives way to the compatible one, and the page says so', async () => {
    const page = await gateWithReader()
    await scans(page)
    const looks = await count(page, 'looks')
    await page.evaluate(() => void dispatchEvent(new Event('test:crash')))
    await expect.poll(() => count(page, 'looks'), { timeout: 30_000 }).toBeGreaterThan(looks)
    await page.evaluate(() => void dispatchEvent(new Event('test:memory')))
    await page.getByText('The fast reader has stopped.').waitFor()
    await page.locator('[data-reader=compatible]').waitFor()
    await scans(page)
    await openPanel(page, 'Settings')
    await page.getByText('the fast one has stopped twice').waitFor()
  })
  test('rests when nothing has moved for 20 s, and reads what comes then', async () => {
    const page = await gateWithReader()
    /** Looks for each glance, over the next 12 glances. */
    const rate = async (): Promise<number> => {
      const [looks, glances] = [await count(page, 'looks'), await count(page, 'glances')]
      await expect.poll(() => count(page, 'glances'), { timeout: 60_000 }).toBeGreaterThan(glances + 12)
      return ((await count(page, 'looks')) - looks) / ((await count(page, 'glances')) - glances)
    }
    expect(await rate()).toBeGreaterThan(0.6)
    await expect.poll(rate, { timeout: 90_000 }).toBeLessThan(0.5)
    await scans(page)
    expect(await rate()).toBeGreaterThan(0.6)
  })
})
