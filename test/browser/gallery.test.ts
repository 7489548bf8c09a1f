// Every screen as it looks, beside how it looked when somebody last said that it is right (test/gallery). Pictures are kept and
// compared at a quarter of their size: what a person would see counts, how a font is smoothed does not.
// `npm run gallery` takes them in every mode and shows them on one page; `npm run gallery:accept` says that they are right.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import english from '../../src/gate/locales/en.json'
import { galleryPage } from '../gallery/page.ts'
import { openStage, visit, type Stage } from '../support/gate-page.ts'
import { startGateServer, type GateServer } from '../support/gate-server.ts'
import { gateScreens, type Open, type Words } from '../support/screens.ts'
import { catalogue } from '../support/catalogues.ts'

const wish = process.env['GALLERY']
const shown = 'dist/gallery'
const known = 'test/gallery'

const upright = { width: 360, height: 740 }
const modes = {
  phone: { viewport: upright, colorScheme: 'light', text: '100%', compared: true },
  dark: { viewport: upright, colorScheme: 'dark', text: '100%', compared: true },
  tablet: { viewport: { width: 1180, height: 820 }, colorScheme: 'light', text: '100%', compared: false },
  'tablet-upright': { viewport: { width: 820, height: 1180 }, colorScheme: 'light', text: '100%', compared: false },
  'large-text': { viewport: upright, colorScheme: 'light', text: '200%', compared: false },
} as const

/** What Urdu does not say yet is said in English. */
const urdu: Words = { ...english, ...Object.fromEntries(catalogue('ur')) }

let stage: Stage
let server: GateServer

beforeAll(async () => {
  // The same day in every picture, for the server too; later than any build, for a gate knows when it was built.
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2030-05-06T06:30:00Z') })
  server = await startGateServer()
  stage = await openStage()
  mkdirSync(shown, { recursive: true })
  return () => {
    vi.useRealTimers()
  }
})
afterAll(async () => {
  await stage.close()
  await server.stop()
  if (wish)
    writeFileSync(
      `${shown}/index.html`,
      galleryPage([...Object.keys(modes), 'urdu'], Object.keys(gateScreens).map(fileName)),
    )
})

const fileName = (screen: string): string => screen.replaceAll(' ', '-')

test.each(Object.entries<Open>(gateScreens))('%s', async (screen, open) => {
  const page = await opened(open, english, 'en-IN')
  for (const [mode, { viewport, colorScheme, text, compared }] of Object.entries(modes)) {
    if (!compared && !wish) continue
    await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme })
    await page.evaluate((size) => document.documentElement.style.setProperty('font-size', size), text)
    await look(page, `${mode}-${fileName(screen)}.png`, compared)
  }
  if (wish) await look(await opened(open, urdu, 'ur-IN'), `urdu-${fileName(screen)}.png`, false)
})

async function opened(open: Open, words: Words, locale: string): Promise<Page> {
  const page = await visit(stage, server.page, {
    viewport: upright,
    locale,
    reducedMotion: 'reduce',
    timezoneId: 'Asia/Kolkata',
    prepare: (fresh) => fresh.clock.setFixedTime(new Date()),
  })
  await page.locator('[data-screen="scan"]').waitFor()
  // The camera is on, and the device is ready: what comes by itself has come.
  await page.locator('.pill', { hasText: words['pill.ready'] }).waitFor()
  await page.locator('.aim p').waitFor()
  await open(page, server.authority, words)
  return page
}

async function look(page: Page, name: string, compared: boolean): Promise<void> {
  const taken = await pictureOf(page)
  if (wish) writeFileSync(`${shown}/${name}`, taken)
  if (!compared) return
  const seen = quarter(PNG.sync.read(taken))
  const path = `${known}/${name}`
  if (wish === 'accept') writeFileSync(path, PNG.sync.write(seen))
  else expect.soft(differing(path, seen, name), `${name}: npm run gallery shows it`).toBeLessThan(0.006)
}

/** Without what is another in each run: keys, addresses with a port, and what the camera sees. */
async function pictureOf(page: Page): Promise<Buffer> {
  await page.locator('code, .picture, .practice [role="img"]').evaluateAll((all) => {
    for (const one of all) if (one instanceof HTMLElement || one instanceof SVGElement) one.style.visibility = 'hidden'
  })
  return page.screenshot({ animations: 'disabled' })
}

/** Four by four pixels made one. */
function quarter({ width, height, data }: PNG): PNG {
  const small = new PNG({ width: Math.floor(width / 4), height: Math.floor(height / 4) })
  for (let y = 0; y < small.height; y++) {
    for (let x = 0; x < small.width; x++) {
      for (let channel = 0; channel < 4; channel++) {
        let sum = 0
        for (let at = 0; at < 16; at++) {
          sum += data[((y * 4 + (at >> 2)) * width + x * 4 + (at & 3)) * 4 + channel] ?? 0
        }
        small.data[(y * small.width + x) * 4 + channel] = Math.round(sum / 16)
      }
    }
  }
  return small
}

/** The part of the pixels that look otherwise. A picture that differs is left beside the others, with what differs in it. */
function differing(path: string, seen: PNG, name: string): number {
  if (!existsSync(path)) return 1
  const { width, height, data } = PNG.sync.read(readFileSync(path))
  if (width !== seen.width || height !== seen.height) return 1
  const difference = new PNG({ width, height })
  const part = pixelmatch(data, seen.data, difference.data, width, height, { threshold: 0.12 }) / (width * height)
  if (part > 0) writeFileSync(`${shown}/differs-${name}`, PNG.sync.write(difference))
  return part
}
