// The built holder's page in a browser: from consent to a QR that a gate's core takes; kept or not, online or not, on paper,
// and for somebody who asks. The service is the real one (test/support/holder-issuer.ts).
import type { Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { payloadOf } from '../../src/core/compact.ts'
import { DAY } from '../../src/core/trust-list.ts'
import { qrPng } from '../../src/issuer/qr.ts'
import { measure } from '../bench/measure.ts'
import { openStage, visit, type Stage, type Visit } from '../support/gate-page.ts'
import { getCode, judge, openHolder, press, on, scanned, trouble, type Wishes } from '../support/holder-page.ts'
import { startHolderIssuer, type HolderIssuer } from '../support/holder-issuer.ts'

let stage: Stage
let issuer: HolderIssuer

beforeAll(async () => {
  issuer = await startHolderIssuer()
  stage = await openStage()
})
afterAll(async () => {
  await stage.close()
  await issuer.stop()
})
beforeEach(() => issuer.reset())

const open = (visitor?: Visit, query?: string): Promise<Page> => openHolder(stage, issuer, visitor, query)
const lastOtp = (): string => issuer.outbox.at(-1)?.otp ?? ''
const code = (page: Page, wishes?: Wishes): Promise<void> => getCode(page, issuer.outbox, wishes)
const verdict = async (page: Page, gate = {}): Promise<object> => judge(await scanned(page), issuer, gate)

const kbJwtOf = (text: string): Record<string, unknown> => ({ ...payloadOf(text.split('~')[1] ?? '') })

/** Everything that the page's origin stores, but for its own files; a key by what can be done with it. */
const stored = (page: Page): Promise<unknown[]> =>
  page.evaluate(async () => {
    const found: unknown[] = [...Object.entries(localStorage), ...Object.entries(sessionStorage)]
    for (const { name = '' } of await indexedDB.databases()) {
      const opening = indexedDB.open(name)
      await new Promise((resolve) => opening.addEventListener('success', resolve))
      const db = opening.result
      for (const store of db.objectStoreNames) {
        const reading = db.transaction(store).objectStore(store).getAll()
        await new Promise((resolve) => reading.addEventListener('success', resolve))
        for (const record of reading.result) {
          const members = Object.entries(Object(record)).map(([member, value]): [string, unknown] => [
            member,
            value instanceof CryptoKey ? { extractable: value.extractable, usages: value.usages } : value,
          ])
          found.push(Object.fromEntries(members))
        }
      }
      db.close()
    }
    return found
  })

describe('a live code', () => {
  test('from consent to green', async () => {
    const page = await open()
    await code(page)
    expect(await verdict(page)).toMatchObject({ kind: 'verified', status: 2, live: true })
    expect(await verdict(page)).not.toHaveProperty('initials')
    await page.getByText('Fully vaccinated').waitFor()
    // What the service was told: no more than was agreed to.
    expect(issuer.received.map((body): unknown => JSON.parse(body))).toEqual([
      {
        mobile: '+919876543210',
        full_name: 'Asha Nair',
        consent: { purpose: 'To show it myself', share_initials: false },
      },
      { txn_id: expect.any(String), otp: lastOtp(), holder_key: expect.objectContaining({ kty: 'EC', crv: 'P-256' }) },
    ])
  })

  test('is made anew every half minute, and its screenshot is refused after a minute', async () => {
    const page = await open({ prepare: (fresh) => fresh.clock.install() })
    await code(page, { initials: true })
    const first = await scanned(page)
    const madeAt = Number(kbJwtOf(first)['iat'])
    expect(await judge(first, issuer, {}, madeAt)).toMatchObject({ kind: 'verified', initials: 'A.N.' })
    const left = page.locator('.ring b')
    const before = Number(await left.textContent())
    await page.clock.runFor(10_000)
    expect(Number(await left.textContent())).toBeLessThanOrEqual(before - 9)
    await page.clock.runFor(20_000)
    await expect.poll(async () => (await scanned(page)) === first).toBe(false)
    const second = await scanned(page)
    expect(Number(kbJwtOf(second)['iat']) - madeAt).toBeGreaterThanOrEqual(30)
    expect(kbJwtOf(second)['nonce']).not.toBe(kbJwtOf(first)['nonce'])
    expect(await judge(second, issuer, {}, madeAt + 62)).toMatchObject({ kind: 'verified' })
    expect(await judge(first, issuer, {}, madeAt + 62)).toEqual({ kind: 'refused', reason: 'not-live' })
  })

  test('is black on white in the dark too', async () => {
    const page = await open({ colorScheme: 'dark' })
    await code(page)
    const colours = await page.locator('.qr').evaluate((qr) => {
      const [ground, ink] = [...qr.querySelectorAll('path')].map((path) => getComputedStyle(path).fill)
      return { ground, ink, page: getComputedStyle(document.body).backgroundColor }
    })
    expect(colours).toEqual({ ground: 'rgb(255, 255, 255)', ink: 'rgb(0, 0, 0)', page: 'rgb(255, 255, 255)' })
  })

  test('keeps the screen on while it is shown, and no longer', async () => {
    const page = await open({
      prepare: (fresh) =>
        fresh.addInitScript(() => {
          const locks: WakeLockSentinel[] = []
          Object.assign(window, { locks })
          const request = navigator.wakeLock.request.bind(navigator.wakeLock)
          navigator.wakeLock.request = async (type) => {
            const lock = await request(type)
            locks.push(lock)
            return lock
          }
        }),
    })
    const released = (): Promise<unknown> =>
      page.evaluate(() => {
        const locks: unknown = Reflect.get(window, 'locks')
        return Array.isArray(locks) ? locks.map((lock) => Reflect.get(lock, 'released')) : []
      })
    await code(page)
    await expect.poll(released).toEqual([false])
    await press(page, 'Back')
    await expect.poll(released).toEqual([true])
  })

  test('for one gate only, by its id', async () => {
    const page = await open()
    await code(page)
    await press(page, 'For one gate only')
    await press(page, 'Use this gate')
    await page.getByText('Type the id as it stands on the poster.').waitFor()
    await page.getByLabel('Gate id').fill('north-entrance')
    await press(page, 'Use this gate')
    await page.getByText('Only for gate “north-entrance”').waitFor()
    await expect.poll(async () => kbJwtOf(await scanned(page))['aud']).toBe('north-entrance')
    expect(await verdict(page, { gate: 'north-entrance' })).toMatchObject({ kind: 'verified' })
    expect(await verdict(page, { gate: 'south-entrance' })).toEqual({ kind: 'refused', reason: 'not-live' })
    await press(page, 'For any gate again')
    await expect.poll(async () => kbJwtOf(await scanned(page))['aud']).toBe('vs-gate')
  })

  test.each(['camera', 'photo'])('for one gate only, by its poster, with the %s', async (how) => {
    const poster = qrPng('kycvs-gate:north-entrance', 'M')
    if (how === 'camera') stage.filmPicture(poster)
    else stage.film()
    const page = await open()
    await code(page)
    await press(page, 'For one gate only')
    if (how === 'photo') {
      const choose = page.getByLabel('Photo of the poster').and(page.locator('input'))
      await choose.setInputFiles({
        name: 'menu.png',
        mimeType: 'image/png',
        buffer: qrPng('https://cafe.example', 'M'),
      })
      await page.getByText('That is not a gate’s poster.').waitFor()
      await choose.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('none') })
      await page.getByText('That is not a gate’s poster.').waitFor()
      await choose.setInputFiles({ name: 'poster.png', mimeType: 'image/png', buffer: poster })
    }
    await page.getByText('Only for gate “north-entrance”').waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
  })
})

describe('kept', () => {
  test('nothing, unless its owner says so', async () => {
    const page = await open()
    await code(page)
    await page.getByText('Not kept: closing this page forgets it.').waitFor()
    expect(await stored(page)).toEqual([])
    await page.reload()
    await on(page, 'agree')
  })

  test('the code, and a key that cannot be read out; it opens offline, and is gone when deleted', async () => {
    const page = await open()
    await code(page, { keep: true })
    await page.getByText('Kept on this phone.').waitFor()
    expect(await stored(page)).toEqual([
      {
        id: expect.any(String),
        label: 'Asha Nair',
        token: expect.stringMatching(/^eyJ/),
        key: { extractable: false, usages: ['sign'] },
      },
    ])
    await page.context().setOffline(true)
    await page.reload()
    await on(page, 'code')
    expect(await verdict(page)).toMatchObject({ kind: 'verified', status: 2, live: true })

    await press(page, 'Delete this code')
    await press(page, 'Cancel')
    await press(page, 'Delete this code')
    await press(page, 'Delete')
    await on(page, 'agree')
    expect(await stored(page)).toEqual([])
  })

  test('later, by a button; and several, for a family may share a phone', async () => {
    const page = await open()
    await code(page)
    await press(page, 'Keep on this phone')
    await page.getByText('Kept on this phone.').waitFor()
    await press(page, 'Get another code')
    await code(page, { name: 'Bilal Nair', paper: true, keep: true })
    await page.getByText('Kept on this phone.').waitFor()
    await page.reload()
    await on(page, 'home')
    await page.getByRole('button', { name: 'Bilal Nair' }).click()
    expect(await verdict(page)).toMatchObject({ kind: 'verified', status: 1, live: false })
    await page.goBack()
    await on(page, 'home')
    await page.getByRole('button', { name: 'Asha Nair' }).click()
    expect(await verdict(page)).toMatchObject({ kind: 'verified', status: 2, live: true })
  })

  test('a code that ran out says so and draws nothing', async () => {
    const page = await open({ prepare: (fresh) => fresh.clock.install() })
    await code(page, { keep: true })
    await page.clock.fastForward(8 * 86_400_000)
    await trouble(page, 'code-over').waitFor()
    expect(await page.locator('.qr').count()).toBe(0)
  })
})

describe('on paper', () => {
  test('a sheet in black on white, with a square of 45 mm and the words for what it says', async () => {
    const page = await open({ colorScheme: 'dark' })
    await page.evaluate(() => Object.assign(window, { print: () => document.body.setAttribute('data-printed', '') }))
    await code(page, { paper: true, initials: true, name: 'Bilal Nair' })
    expect(await verdict(page)).toMatchObject({ kind: 'verified', status: 1, live: false, initials: 'B.N.' })
    const { iat, exp, status } = { ...payloadOf(await scanned(page)) }
    expect(Number(exp) - Number(iat)).toBeLessThanOrEqual(28 * DAY)
    expect(status).toBeDefined()
    await press(page, 'Print or save as PDF')
    expect(await page.locator('body[data-printed]').count()).toBe(1)

    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize({ width: 794, height: 1123 })
    expect(await page.locator('main').innerText()).toMatch(
      /^Vaccination status code\s+It says\s+Partly vaccinated\s+Initials\s+B\.N\.\s+Made on[\s\S]+Works until[\s\S]+By\s+localhost/,
    )
    for (const hidden of ['Print or save as PDF', 'Back', 'Delete this code']) {
      expect(await page.getByText(hidden, { exact: true }).isVisible()).toBe(false)
    }
    const box = await page.locator('.qr').boundingBox()
    // 96 px are an inch.
    expect(box?.width).toBeCloseTo((45 / 25.4) * 96, 0)
    expect(await verdict(page)).toMatchObject({ kind: 'verified' })
    const pdf = await page.pdf({ format: 'A4' })
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1)
  })
})

describe('asked for by somebody', () => {
  test('says who and what for, and the answer is theirs alone', async () => {
    const page = await open({}, '?verifier=rail-booking&purpose=Boarding+the+night+train')
    await page.getByText('“Rail Booking” asks for your vaccination status.').waitFor()
    await page.getByText('Boarding the night train').waitFor()
    await page.getByText('Only “Rail Booking”. Nobody else can use this code.').waitFor()
    await code(page)
    expect(await verdict(page, { audience: 'rail-booking' })).toMatchObject({ kind: 'verified' })
    expect(await verdict(page, { audience: 'example-mall' })).toEqual({ kind: 'refused', reason: 'wrong-audience' })
  })

  test('who is not registered gets nothing', async () => {
    const page = await open({}, '?verifier=nobody')
    await trouble(page, 'unknown-verifier').waitFor()
  })

  test('markup in an address is text', async () => {
    const page = await open({}, `?purpose=${encodeURIComponent('<img src=x onerror=alert(1)>')}`)
    await page.getByText('<img src=x onerror=alert(1)>').waitFor()
  })
})

describe('inside another page', () => {
  test('the answer goes to it, and nothing is shown or kept', async () => {
    const around = `${issuer.origin}/around.html`
    const framed = '/embed/?embed=a-nonce&verifier=rail-booking&purpose=Boarding'
    const body = `<!doctype html><title>A site</title><iframe src="${framed}" width="360" height="700"></iframe>`
    const page = await visit(stage, around, {
      prepare: (fresh) => fresh.route(around, (route) => route.fulfill({ contentType: 'text/html', body })),
    })
    const frame = page.frameLocator('iframe')
    await frame.getByRole('button', { name: 'I agree' }).click()
    await frame.getByLabel('Full name').fill('Asha Nair')
    await frame.getByLabel('Mobile number').fill('9876543210')
    await frame.getByRole('button', { name: 'Send OTP' }).click()
    await frame.getByLabel('OTP from the message').fill(lastOtp())
    await frame.getByRole('button', { name: 'Share it' }).click()
    await frame.getByText('Your answer was given.').waitFor()
    expect(await frame.locator('.qr').count()).toBe(0)
    expect(await stored(page)).toEqual([])
  })
})

test('nothing but the page’s own files and the service is asked for', async () => {
  const asked = new Set<string>()
  const page = await open({
    prepare: async (fresh) => {
      fresh.context().on('request', (request) => asked.add(new URL(request.url()).origin))
    },
  })
  await code(page)
  expect([...asked]).toEqual([new URL(issuer.page).origin])
})

test('everything is precached once, and small before it is usable', () => {
  const { beforeUsable, later, precached } = measure('dist/holder')
  const names = precached.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  expect(names).toEqual(
    expect.arrayContaining(['index.html', 'manifest.webmanifest', ...later.map(({ name }) => name)]),
  )
  expect(beforeUsable.reduce((sum, { gzip }) => sum + gzip, 0)).toBeLessThanOrEqual(95_000)
})
