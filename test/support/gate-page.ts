// A gate in a browser whose camera shows what a test wants. Whatever breaks the page's security policy, or throws in it,
// fails the test at its end.
import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright'
import { expect, onTestFinished } from 'vitest'
import { chromiumArgs, chromiumPath } from './chromium.ts'
import { fakeCamera, pictureFrame, qrFrames, writeY4m, type Frame } from './video.ts'

export interface Stage {
  readonly browser: Browser
  /** What the camera shows to whoever opens it from now on: these codes in turn, or no code at all. */
  film(...texts: readonly string[]): void
  /** The same with pictures (PNG), as a camera sees a screen or a sheet. */
  filmPicture(picture: Buffer): void
  /** To close twice does nothing. */
  close(): Promise<void>
}

/** One browser for the tests of a file. Chromium opens the film anew with each camera, so the film may change. */
export async function openStage(args: readonly string[] = []): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'kycvs-stage-'))
  const path = join(folder, 'camera.y4m')
  const shoot = (frames: readonly Frame[]): void => {
    writeY4m(`${path}.new`, frames)
    renameSync(`${path}.new`, path)
  }
  const film = (...texts: readonly string[]): void => shoot(framesOf(texts))
  film()
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [...chromiumArgs, ...fakeCamera(path), ...args],
  })
  return {
    browser,
    film,
    filmPicture: (picture) => shoot([1, 2].map((scale) => pictureFrame(picture, scale))),
    async close() {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Nobody holds a code perfectly still: one that stays in view comes nearer and goes away again. */
function framesOf([text, ...more]: readonly string[]): Frame[] {
  if (text === undefined) return qrFrames(['-']).slice(-1)
  if (more.length > 0) return qrFrames([text, ...more], { module: 5, ecc: 'L' })
  return [4, 5, 6].flatMap((module) => qrFrames([text], { module, ecc: 'L' }).slice(0, 1))
}

export const phone = { width: 360, height: 740 }

/** A context of a test's own, which is closed and judged when the test ends. */
export async function openContext(
  browser: Browser,
  options: BrowserContextOptions = {},
  crashes = false,
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: phone, locale: 'en-GB', ...options })
  await guard(context, crashes)
  return context
}

/** A server that was stopped, that answers 404 or that has no https is the business of the test and not of the page. */
const expected =
  /Failed to load resource|net::ERR_|Response body loading was aborted|Cross-Origin-Opener-Policy header has been ignored/

/** @param crashes the test breaks the page on purpose: only what breaks its policy is at fault then */
export async function guard(context: BrowserContext, crashes = false): Promise<void> {
  const faults: string[] = []
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
      reportError(new Error(`Against the policy: ${violatedDirective} ${blockedURI} ${sample}`)),
    )
  })
  context.on('weberror', (fault) => {
    const { message } = fault.error()
    if (!crashes || message.startsWith('Against the policy')) faults.push(message)
  })
  context.on('console', (message) => {
    const text = message.text()
    const counts =
      (message.type() === 'error' && !crashes) || /Content Security Policy|Permissions policy|Trusted/i.test(text)
    if (counts && !expected.test(text)) faults.push(text)
  })
  onTestFinished(async () => {
    // What is still on its way then, as a reader's wasm, is broken off by the closing.
    const found = [...faults]
    await context.close()
    expect(found).toEqual([])
  })
}

export interface Visit extends BrowserContextOptions {
  /** Globals that this browser does not have. */
  readonly without?: readonly string[]
  readonly prepare?: (page: Page) => Promise<unknown>
  /** The test breaks the page on purpose. */
  readonly crashes?: boolean
}

/** A new device that opens an address. */
export async function visit({ browser }: Stage, address: string, visitor: Visit = {}): Promise<Page> {
  const { without = [], prepare, crashes = false, ...options } = visitor
  const context = await openContext(browser, options, crashes)
  const page = await context.newPage()
  await page.addInitScript((names) => {
    for (const name of names) Reflect.deleteProperty(globalThis, name)
  }, without)
  await prepare?.(page)
  await page.goto(address)
  return page
}

/** As staff see it: the scan screen is there, and the device could be carried away from the network. */
export async function untilReady(page: Page): Promise<void> {
  await page.locator('.pill', { hasText: 'Ready offline' }).waitFor()
}

/** What a verdict's element says of it, whichever verdict comes next. */
export async function verdictOf(page: Page): Promise<Record<string, string | undefined>> {
  return page.locator('[data-verdict]').evaluate(({ dataset }) => Object.fromEntries(Object.entries(dataset)))
}

export const green = { verdict: 'verified', status: '2', tone: 'green' }
export const grey = (reason: string): object => ({ verdict: 'unsure', reason, tone: 'grey' })
export const dark = (reason: string): object => ({ verdict: 'refused', reason, tone: 'dark' })

/** Hands a text in, as Ctrl-V does. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.locator('[data-screen="scan"]').waitFor()
  // What listens for it is loaded beside the screen: it has the text when it says so.
  await page.waitForFunction((pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData })
    return !document.body.dispatchEvent(event)
  }, text)
}

/** Hands a text in, and gives the verdict on it. */
export async function judged(page: Page, text: string): Promise<Record<string, string | undefined>> {
  await paste(page, text)
  return verdictOf(page)
}

/** Back to scanning, by the button. */
export async function next(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Next' }).click()
  await page.locator('[data-screen="scan"]').waitFor()
}

/** Opens a page of the menu, from the scan screen or from another page. */
export async function openPanel(page: Page, name: 'Ready?' | 'Tally' | 'Keys' | 'Settings' | 'Help'): Promise<void> {
  await page.locator('[data-screen]').waitFor()
  if ((await page.locator('[data-screen="scan"]').count()) > 0) await page.getByRole('button', { name: 'Menu' }).click()
  await page.locator('.tabs').getByRole('button', { name }).click()
}

/** All that a page, or a person who goes back, could find again of where this tab has been. */
export const addresses = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const visited = navigation.entries().map(({ url }) => url ?? '')
    return [location.href, document.URL, document.referrer, JSON.stringify(history.state), ...visited]
  })
