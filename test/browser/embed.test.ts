// The embed: a ticket office on another origin gets a signed answer end to end, and nobody else gets anything.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FrameLocator, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { payloadOf } from '../../src/core/compact.ts'
import { registered } from '../../src/demo/register.ts'
import { startDemo, type Demo } from '../../src/demo/start.ts'
import { listen, type Listening } from '../../src/host/listen.ts'
import { openContext, openStage, type Stage } from '../support/gate-page.ts'

let stage: Stage
let demo: Demo
let stranger: Listening
let state = ''

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'kycvs-embed-'))
  demo = await startDemo({ port: 0, state, gateDir: 'dist/gate' })
  stage = await openStage()
  // A page that is registered nowhere, and puts the same element in.
  const page = `<!doctype html><title>Not registered</title><script type="module" src="${demo.origin}/embed.js"></script>
    <kyc-vs verifier="rail-booking" purpose="Whatever"></kyc-vs>`
  stranger = await listen({ host: 'localhost', port: 0 }, () => ({ url }) => {
    const body = url.endsWith('/plain') ? '<!doctype html><title>Plain</title><link rel="icon" href="data:,">' : page
    return new Response(body, { headers: { 'Content-Type': 'text/html' } })
  })
})

afterAll(async () => {
  await stage.close()
  await stranger.stop()
  await demo.stop()
  await rm(state, { recursive: true })
})

const open = async (address: string): Promise<Page> => {
  const page = await (await openContext(stage.browser)).newPage()
  await page.goto(address)
  return page
}

/** The OTP that the demo's inbox has for a number. */
const otpFor = (mobile: string): Promise<string> =>
  vi.waitUntil(
    async () => {
      const messages: unknown = await (await fetch(`${demo.origin}/demo/inbox.json`)).json()
      const found = Array.isArray(messages) ? messages.find((message) => Object(message).to === mobile) : undefined
      return /#(\d{6})/.exec(String(Object(found).text))?.[1]
    },
    { timeout: 10_000 },
  )

const questionIn = (page: Page): FrameLocator => page.frameLocator('kyc-vs iframe')

/** Answers the question as a person on the register. */
async function answer(page: Page, at: number): Promise<void> {
  const { name, mobile } = registered[at] ?? { name: '', mobile: '' }
  const frame = questionIn(page)
  await frame.getByRole('button', { name: 'I agree' }).click()
  await frame.getByLabel('Full name').fill(name)
  await frame.getByLabel('Mobile number').fill(mobile)
  await frame.getByRole('button', { name: 'Send OTP' }).click()
  await frame.getByLabel('OTP from the message').fill(await otpFor(mobile))
  await frame.getByRole('button', { name: 'Share it' }).click()
}

/** Keeps every answer that the page is given, and every message that reaches it. */
const listenIn = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const heard = { answers: 0, messages: 0, details: new Array<unknown>() }
    Object.assign(window, { heard })
    addEventListener('message', () => (heard.messages += 1))
    addEventListener('kyc-vs', (event) => {
      heard.answers += 1
      heard.details.push('detail' in event ? event.detail : undefined)
    })
  })

const heardBy = (page: Page): Promise<Record<string, unknown>> =>
  page.evaluate(() => ({ ...('heard' in window && typeof window.heard === 'object' ? window.heard : {}) }))

describe('the ticket office', () => {
  test('shows who asks and what for, and gets a signed answer for itself alone', async () => {
    const page = await open(demo.booking)
    await listenIn(page)
    const frame = questionIn(page)
    await frame.getByText('Example Rail').first().waitFor()
    await frame.getByText('A berth on the night train').waitFor()
    const source = await page.locator('kyc-vs iframe').getAttribute('src')
    await answer(page, 0)
    await page.locator('[data-outcome="booked"]').waitFor()
    expect(await page.locator('kyc-vs').count()).toBe(0)

    const { answers, details } = await heardBy(page)
    expect(answers).toBe(1)
    const [detail] = Array.isArray(details) ? details : []
    expect(detail).toEqual({ token: expect.any(String), status: 2, nonce: expect.any(String) })
    expect(payloadOf(String(Object(detail).token))).toMatchObject({ iss: demo.origin, aud: 'rail-booking', vs: 2 })
    expect(new URL(source ?? '').searchParams.get('embed')).toBe(Object(detail).nonce)
  })

  test('sells no berth to who is not vaccinated, and takes no token that is not for it', async () => {
    const page = await open(demo.booking)
    await answer(page, 2)
    await page.locator('[data-outcome="not-booked"]').waitFor()
    for (const id of ['fully', 'forged', 'live', 'expired', 'link']) {
      const token = await (await fetch(`${demo.origin}/demo/people/${id}.txt`)).text()
      const headers = { 'Content-Type': 'application/json' }
      const response = await fetch(`${demo.booking}/book`, { method: 'POST', headers, body: JSON.stringify({ token }) })
      expect([id, response.status]).toEqual([id, 422])
    }
  })

  test('takes no message but the frame’s, of the issuer’s origin, with the nonce of the question', async () => {
    const page = await open(demo.booking)
    await listenIn(page)
    await questionIn(page).getByRole('button', { name: 'I agree' }).waitFor()
    const nonce = new URL((await page.locator('kyc-vs iframe').getAttribute('src')) ?? '').searchParams.get('embed')
    const forged = { nonce, token: 'e.e.e', status: 2 }
    // Of this origin, from this window.
    await page.evaluate((message) => window.postMessage(message, '*'), forged)
    // Of another origin, from another window that is opened by it.
    const popup = page.waitForEvent('popup')
    await page.evaluate((address) => void window.open(address), `http://localhost:${stranger.port}/plain`)
    const other = await popup
    await other.waitForLoadState()
    await other.evaluate((message) => window.opener.postMessage(message, '*'), forged)
    // Of the right window and origin, but for another question.
    const frame = page.frames().find((one) => one.url().startsWith(`${demo.origin}/embed/`))
    await frame?.evaluate((message) => window.parent.postMessage(message, '*'), { ...forged, nonce: 'another' })
    await vi.waitUntil(async () => (await heardBy(page))['messages'] === 3)
    expect((await heardBy(page))['answers']).toBe(0)
    // The same message is taken when all three are right: it is for the server to find that its token is none.
    await frame?.evaluate((message) => window.parent.postMessage(message, '*'), forged)
    await page.locator('[data-outcome="not-booked"]').waitFor()
    expect((await heardBy(page))['answers']).toBe(1)
  })
})

describe('an origin that is not registered', () => {
  test('cannot frame the question, nor the holder’s page', async () => {
    const context = await stage.browser.newContext()
    const page = await context.newPage()
    const refused: string[] = []
    page.on('console', (message) => refused.push(message.text()))
    await page.goto(`http://localhost:${stranger.port}/`)
    await vi.waitUntil(() => refused.some((text) => text.includes('frame-ancestors')))
    expect(await questionIn(page).getByRole('button').count()).toBe(0)
    await context.close()
  })

  test('is told nothing, even by a frame that is around it', async () => {
    const answersTo = async (verifier: string): Promise<string | undefined> =>
      /name="kycvs-answers-to" content="([^"]*)"/.exec(
        await (await fetch(`${demo.origin}/embed/?verifier=${encodeURIComponent(verifier)}`)).text(),
      )?.[1]
    expect(await answersTo('rail-booking')).toBe(demo.booking)
    expect(await answersTo('nobody')).toBe('')
    expect(await answersTo('"><script>')).toBe('')
  })
})
