// Three browser engines behind one small interface: Chromium and Firefox by Puppeteer (CDP and WebDriver BiDi), WebKitGTK
// by WebDriver. Each starts with a camera of its own invention and says yes to whoever asks for it.
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { launch, type Browser, type ElementHandle, type Page } from 'puppeteer-core'
import { Builder, By, Capabilities, type WebDriver } from 'selenium-webdriver'
import { chromiumArgs } from '../support/chromium.ts'
import { findEngines, type EngineName } from '../support/engines.ts'

export interface Tab {
  open(url: string): Promise<void>
  /** What an expression gives in the page; a promise's value. */
  read(expression: string): Promise<unknown>
  /** Presses the button that shows this text, or has it as its label. */
  press(button: string): Promise<void>
  /** Clicks what a selector finds. */
  click(selector: string): Promise<void>
  /** Types into the input that a selector finds. */
  type(selector: string, text: string): Promise<void>
  /** Gives a file to the file input that a selector finds. */
  choose(selector: string, path: string): Promise<void>
  /** What the page looks like, as PNG. */
  picture(): Promise<Uint8Array>
}

export interface Engine {
  readonly version: string
  /** A device that has never been here: nothing is kept from another. */
  device(): Promise<Tab>
  close(): Promise<void>
}

const button = (name: string): string =>
  `//button[normalize-space()=${JSON.stringify(name)} or @aria-label=${JSON.stringify(name)}]`

async function fileInput(page: Page, selector: string): Promise<ElementHandle<HTMLInputElement>> {
  const found = await page.waitForSelector(selector)
  if (!found) throw new Error(`The page has no ${selector}`)
  return found.toElement('input')
}

const inPage = (page: Page): Tab => ({
  open: async (url) => void (await page.goto(url)),
  read: (expression) => page.evaluate(`(async () => (${expression}))()`),
  press: (name) => page.locator(`::-p-xpath(${button(name)})`).click(),
  click: (selector) => page.locator(selector).click(),
  type: (selector, text) => page.locator(selector).fill(text),
  choose: async (selector, path) => (await fileInput(page, selector)).uploadFile(path),
  picture: () => page.screenshot(),
})

async function byPuppeteer(browser: Browser): Promise<Engine> {
  return {
    version: await browser.version(),
    device: async () => inPage(await (await browser.createBrowserContext()).newPage()),
    close: () => browser.close(),
  }
}

async function openChromium(executablePath: string): Promise<Engine> {
  const camera = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream']
  return byPuppeteer(await launch({ executablePath, args: [...chromiumArgs, ...camera] }))
}

async function openFirefox(executablePath: string): Promise<Engine> {
  return byPuppeteer(
    await launch({
      browser: 'firefox',
      executablePath,
      extraPrefsFirefox: { 'media.navigator.streams.fake': true, 'media.navigator.permission.disabled': true },
    }),
  )
}

/** WebKitGTK's own little browser, on a screen that nobody sees. Its driver keeps one session at a time. */
async function openWebKit(binary: string): Promise<Engine> {
  const port = await freePort()
  const driver = spawn('xvfb-run', ['-a', 'WebKitWebDriver', `--port=${port}`], { stdio: 'ignore', detached: true })
  const server = `http://127.0.0.1:${port}`
  const capabilities = new Capabilities({
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': { binary, args: ['--automation', '--enable-mock-capture-devices=true'] },
  })
  const stopDriver = (): void => {
    // Its screen and its browser too, which xvfb-run would leave behind.
    if (driver.pid !== undefined) process.kill(-driver.pid)
  }
  let session: WebDriver | undefined
  const begin = async (): Promise<WebDriver> => {
    await session?.quit()
    session = await new Builder().usingServer(server).withCapabilities(capabilities).build()
    return session
  }
  try {
    await answers(`${server}/status`)
    const stated = await (await begin()).getCapabilities()
    return {
      version: `${stated.getBrowserName()} ${stated.getBrowserVersion()}`,
      device: async () => byWebDriver(await begin()),
      async close() {
        await session?.quit()
        stopDriver()
      },
    }
  } catch (error) {
    stopDriver()
    throw error
  }
}

const byWebDriver = (driver: WebDriver): Tab => ({
  open: (url) => driver.get(url),
  read: (expression) => driver.executeScript(`return (async () => (${expression}))()`),
  press: (name) => driver.findElement(By.xpath(button(name))).click(),
  click: (selector) => driver.findElement(By.css(selector)).click(),
  type: (selector, text) => driver.findElement(By.css(selector)).sendKeys(text),
  choose: (selector, path) => driver.findElement(By.css(selector)).sendKeys(path),
  picture: async () => Buffer.from(await driver.takeScreenshot(), 'base64'),
})

async function answers(url: string): Promise<void> {
  const until = Date.now() + 30_000
  for (;;) {
    const { ok } = await fetch(url).catch(() => ({ ok: false }))
    if (ok) return
    if (Date.now() > until) throw new Error(`Nothing answers at ${url}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No port')),
      )
    })
  })
}

const open: Readonly<Record<EngineName, (path: string) => Promise<Engine>>> = {
  Chromium: openChromium,
  Firefox: openFirefox,
  WebKitGTK: openWebKit,
}

/** The engines, with how each is launched; one that this machine does not have says so instead. */
export const engines = findEngines().map(({ name, path }) => ({
  name,
  isHere: path !== undefined,
  async launch(): Promise<Engine> {
    if (path === undefined) throw new Error(`This machine has no ${name}. npm run test:engines brings it on Debian.`)
    return open[name](path)
  },
}))
