// Takes the pictures of README and docs from the built pages and the demo: run `npm run pictures` when the screens change.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type FrameLocator, type Page } from 'playwright'
import { isFields, isText } from '../../src/core/compact.ts'
import { startDemo } from '../../src/demo/start.ts'
import { chromiumArgs, chromiumPath } from './chromium.ts'
import { untilReady } from './gate-page.ts'
import { startGateServer } from './gate-server.ts'
import { fakeCamera, pictureFrame, writeY4m } from './video.ts'

const folder = 'docs/pictures'
const scratch = await mkdtemp(join(tmpdir(), 'kycvs-pictures-'))
const demo = await startDemo({ port: 0, state: scratch, gateDir: 'dist/gate' })

const film = join(scratch, 'camera.y4m')
await mkdir(folder, { recursive: true })
const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArgs, ...fakeCamera(film)] })
const phone = { viewport: { width: 360, height: 740 }, locale: 'en-IN', hasTouch: true }
const context = await browser.newContext(phone)

// What the gate's camera sees: somebody's phone, too coarse to be read, for else the scan screen would not stay.
const far = await browser.newContext({ ...phone, deviceScaleFactor: 0.3 })
await takeHolder(await context.newPage())
writeY4m(film, [pictureFrame(await pictureOfCode(await far.newPage()), 2, { invert: true })])
await takeGate(await context.newPage())
await takeKiosk(await browser.newPage({ viewport: { width: 1024, height: 768 }, locale: 'en-IN' }))
await takeBooking(await context.newPage())
await takePlace(await context.newPage())

await browser.close()
await demo.stop()
await rm(scratch, { recursive: true })

async function takeGate(page: Page): Promise<void> {
  await page.goto(`${demo.origin}/gate/`)
  await untilReady(page)
  await page.screenshot({ path: `${folder}/first-run.png` })
  await page.getByRole('button', { name: 'Skip' }).click()
  await page.screenshot({ path: `${folder}/scan.png` })

  const verdicts = { fully: 'green', partly: 'amber', none: 'red', expired: 'dark', stranger: 'grey' }
  for (const [id, tone] of Object.entries(verdicts)) {
    const code = await (await fetch(`${demo.origin}/demo/people/${id}.txt`)).text()
    await page.goto(`${demo.origin}/gate/#${code}`)
    await page.locator(`[data-tone="${tone}"]`).waitFor()
    await page.screenshot({ path: `${folder}/${tone}.png` })
    await page.goto('about:blank')
  }
  await page.goto(`${demo.origin}/gate/`)
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('button', { name: 'Keys' }).click()
  await page.getByText('Example Health Authority').first().waitFor()
  await page.screenshot({ path: `${folder}/keys.png` })
}

async function takeKiosk(page: Page): Promise<void> {
  await page.goto(`${demo.origin}/gate/?kiosk`)
  await page.locator('[data-kiosk="able"] [data-camera="on"]').waitFor()
  await page.screenshot({ path: `${folder}/kiosk.png` })
  const code = await (await fetch(`${demo.origin}/demo/people/partly.txt`)).text()
  await page.goto('about:blank')
  await page.goto(`${demo.origin}/gate/?kiosk#${code}`)
  await page.locator('[data-tone="amber"]').waitFor()
  await page.screenshot({ path: `${folder}/kiosk-amber.png`, animations: 'disabled' })
}

/** A gate of an operator's own, with what its config.json may say of the place. */
async function takePlace(page: Page): Promise<void> {
  const server = await startGateServer()
  const policies = { partly: { action: 'Let in with a mask' }, none: { action: 'Send to the test desk' } }
  server.serves.config = { ...server.serves.config, policies }
  await page.goto(server.page)
  await untilReady(page)
  await page.getByRole('button', { name: 'Skip' }).click()
  await page.locator('.policies').waitFor()
  await page.screenshot({ path: `${folder}/policies.png` })
  await server.stop()
}

async function takeHolder(page: Page): Promise<void> {
  await page.goto(`${demo.origin}/me/`)
  await page.getByRole('button', { name: 'I agree' }).waitFor()
  await page.screenshot({ path: `${folder}/holder-agree.png` })
  await page.getByRole('button', { name: 'I agree' }).click()
  await page.getByLabel('Keep it on this phone').check()
  await page.getByRole('button', { name: 'Go on' }).click()
  await identify(page, 'Asha Nair', '+919000000021')
  await page.screenshot({ path: `${folder}/holder-otp.png` })
  await page.getByRole('button', { name: 'Get my code' }).click()
  await page.getByText('Kept on this phone.').waitFor()
  await page.screenshot({ path: `${folder}/holder-code.png` })

  await page.getByRole('button', { name: 'Get another code' }).click()
  await page.getByLabel('Add my initials').check()
  await page.getByRole('button', { name: 'I agree' }).click()
  await page.getByLabel('On paper').check()
  await page.getByRole('button', { name: 'Go on' }).click()
  await identify(page, 'Bilal Haddad', '+919000000012')
  await page.getByRole('button', { name: 'Get my code' }).click()
  await page.getByText('Print or save as PDF').waitFor()
  // As it is printed, on A4 at 96 px an inch.
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: 794, height: 1123 })
  await page.locator('.sheet').screenshot({ path: `${folder}/holder-paper.png` })
}

/** Of a third person, for a number is sent another OTP after half a minute only. */
async function pictureOfCode(page: Page): Promise<Buffer> {
  await page.goto(`${demo.origin}/me/`)
  await page.getByRole('button', { name: 'I agree' }).click()
  await page.getByRole('button', { name: 'Go on' }).click()
  await identify(page, 'Chloe Martin', '+919000000003')
  await page.getByRole('button', { name: 'Get my code' }).click()
  await page.locator('.qr').waitFor()
  return page.screenshot()
}

async function takeBooking(page: Page): Promise<void> {
  await page.goto(demo.booking)
  const frame = page.frameLocator('kyc-vs iframe')
  await frame.getByText('“Example Rail”').first().waitFor()
  await page.screenshot({ path: `${folder}/booking.png`, fullPage: true })
}

/** Types who it is, and the OTP that their phone gets. */
async function identify(page: Page | FrameLocator, name: string, mobile: string): Promise<void> {
  await page.getByLabel('Full name').fill(name)
  await page.getByLabel('Mobile number').fill(mobile)
  await page.getByRole('button', { name: 'Send OTP' }).click()
  await page.getByLabel('OTP from the message').fill(await otpFor(mobile))
}

/** The OTP of the newest message in the demo's inbox. It is beside the answer to the page, and may come after it. */
async function otpFor(mobile: string): Promise<string> {
  for (;;) {
    const messages: unknown = await (await fetch(`${demo.origin}/demo/inbox.json`)).json()
    const list: readonly unknown[] = Array.isArray(messages) ? messages : []
    const newest = list.find((message) => isFields(message) && message['to'] === mobile)
    const text = isFields(newest) ? newest['text'] : undefined
    const otp = isText(text) ? /#(\d{6})$/.exec(text)?.[1] : undefined
    if (otp !== undefined) return otp
  }
}
