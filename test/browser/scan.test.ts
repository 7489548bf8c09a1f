// src/gate/scan in a real browser with a fake camera, under the content security policy of the gate.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright'
import { encode, renderSVG } from 'uqr'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumArgs, chromiumPath } from '../support/chromium.ts'
import { fakeCamera, qrFrames, writeY4m } from '../support/video.ts'

const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "require-trusted-types-for 'script'",
].join('; ')

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
}

/** As long as a token and of its characters; the same each time, so that a failure comes back. */
function tokenLike(name: string, length: number): string {
  const blocks = Array.from({ length: Math.ceil(length / 43) }, (_, block) =>
    createHash('sha256').update(`${name} ${block}`).digest('base64url'),
  )
  return `${name}.${blocks.join('')}`.slice(0, length)
}

const texts = ['one', 'two', 'three'].map((name) => tokenLike(name, 300))
const large = tokenLike('large', 450)

let folder = ''
let port = 0
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://gate.test')
  const name = pathname === '/' ? 'index.html' : pathname.slice(1)
  response.setHeader('content-type', types[extname(name)] ?? 'application/octet-stream')
  response.setHeader('content-security-policy', policy)
  const file = createReadStream(join(folder, name))
  file.on('error', () => response.writeHead(404).end())
  file.pipe(response)
})
const chunks = new Map<
  string,
  { readonly size: number; readonly modules: readonly string[]; readonly entry: boolean }
>()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scan-'))
  const built = await build({
    configFile: false,
    root: join(import.meta.dirname, 'pages/scan'),
    base: './',
    logLevel: 'error',
    build: { outDir: folder, target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
    worker: { format: 'es' },
  })
  if (!('output' in built)) throw new Error('one build, one output')
  for (const chunk of built.output) {
    if (chunk.type !== 'chunk') continue
    chunks.set(chunk.fileName, { size: chunk.code.length, modules: chunk.moduleIds, entry: chunk.isEntry })
  }
  writeY4m(join(folder, 'texts.y4m'), qrFrames(texts))
  writeY4m(join(folder, 'inverted.y4m'), qrFrames(texts.slice(0, 1), { invert: true }))
  writeY4m(join(folder, 'large.y4m'), qrFrames([large], { module: 5, ecc: 'L' }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bound = server.address()
  if (!bound || typeof bound === 'string') throw new Error('no port')
  port = bound.port
}, 60_000)

afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

interface Setting {
  readonly film?: string
  readonly args?: readonly string[]
  readonly viewport?: { readonly width: number; readonly height: number }
  /** Globals that this browser does not have. */
  readonly without?: readonly string[]
  readonly host?: string
  readonly query?: string
  readonly prepare?: (page: Page) => Promise<void>
}

async function withPage(setting: Setting, run: (page: Page) => Promise<void>): Promise<void> {
  const { film = 'texts.y4m', args = [], viewport = { width: 800, height: 600 }, without = [] } = setting
  const camera = film === '' ? [] : fakeCamera(join(folder, film))
  const browser: Browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [...chromiumArgs, ...camera, ...args],
  })
  try {
    const page = await browser.newPage({ viewport })
    const broken: string[] = []
    page.on('pageerror', ({ message }) => broken.push(message))
    page.on('console', (message) => {
      if (/Content Security Policy|Trusted/i.test(message.text())) broken.push(message.text())
    })
    await page.addInitScript((names) => {
      for (const name of names) Reflect.deleteProperty(globalThis, name)
    }, without)
    await setting.prepare?.(page)
    await page.goto(`http://${setting.host ?? '127.0.0.1'}:${port}/${setting.query ?? ''}`)
    await page.locator('html[data-ready=yes]').waitFor({ timeout: 30_000 })
    await run(page)
    expect(broken).toEqual([])
  } finally {
    await browser.close()
  }
}

const facts = (page: Page): Promise<Record<string, string | undefined>> =>
  page.evaluate(() => Object.fromEntries(Object.entries(document.documentElement.dataset)))
const said = (page: Page, from: string): Promise<string[]> => page.locator(`li[data-from=${from}]`).allTextContents()
const seen = (page: Page, count: number): Promise<void> =>
  page.locator(`li[data-from=camera]:nth-of-type(${count})`).waitFor({ state: 'attached', timeout: 20_000 })

/** Gives the test a hold on the workers that the page makes. */
async function handleWorkers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    globalThis.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options)
        addEventListener('test:crash', () => this.dispatchEvent(new Event('error')), { once: true })
      }
    }
  })
}
const crash = (page: Page): Promise<void> => page.evaluate(() => void dispatchEvent(new Event('test:crash')))

async function blockWasm(page: Page): Promise<void> {
  await page.route('**/*.wasm', (route) => route.abort())
}

/** An old browser, or an embedded one. */
async function hideCameras(page: Page): Promise<void> {
  await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'mediaDevices'))
}

describe('the fast reader', () => {
  test.each([
    ['frames of the camera', []],
    ['bitmaps, where there is no VideoFrame', ['VideoFrame']],
    ['pixels, where there is no createImageBitmap either', ['VideoFrame', 'createImageBitmap']],
  ])('reads %s, and says each code once', { timeout: 60_000 }, async (_, without) => {
    await withPage({ without }, async (page) => {
      await seen(page, 3)
      expect(await facts(page)).toMatchObject({ reader: 'fast', camera: 'open', size: '1280x720', cameras: '1' })
      const codes = await said(page, 'camera')
      expect(codes.slice(0, 3).toSorted()).toEqual(texts.toSorted())
    })
  })

  test('reads white on black', { timeout: 60_000 }, async () => {
    await withPage({ film: 'inverted.y4m' }, async (page) => {
      await seen(page, 1)
      expect(await facts(page)).toMatchObject({ reader: 'fast' })
      // In view all the time, but for a blank frame now and then: that is no reason to say it again.
      await page.waitForTimeout(3_000)
      expect(await said(page, 'camera')).toEqual(texts.slice(0, 1))
    })
  })

  test('starts again by itself after a crash, and says so after the second', { timeout: 60_000 }, async () => {
    await withPage({ prepare: handleWorkers }, async (page) => {
      await seen(page, 1)
      await crash(page)
      await seen(page, 4)
      expect((await facts(page))['crashed']).toBeUndefined()
      await crash(page)
      expect(await facts(page)).toMatchObject({ crashed: 'yes' })
    })
  })
})

describe('the compatible reader', () => {
  const phone = { width: 360, height: 640 }

  test('reads a code of 73 modules on a narrow phone without WebAssembly', { timeout: 60_000 }, async () => {
    expect(encode(large, { ecc: 'L', border: 0 }).size).toBe(73)
    await withPage({ film: 'large.y4m', viewport: phone, without: ['WebAssembly'] }, async (page) => {
      await seen(page, 1)
      expect(await facts(page)).toMatchObject({ reader: 'compatible' })
      expect(await said(page, 'camera')).toEqual([large])
    })
  })

  // V8 without its compilers has no WebAssembly at all, in workers neither: the nearest that there is to Lockdown Mode.
  test('reads it in a browser that only interprets', { timeout: 90_000 }, async () => {
    await withPage({ film: 'large.y4m', viewport: phone, args: ['--js-flags=--jitless'] }, async (page) => {
      expect(await page.evaluate(() => typeof WebAssembly)).toBe('undefined')
      await seen(page, 1)
      expect(await facts(page)).toMatchObject({ reader: 'compatible' })
      expect(await said(page, 'camera')).toEqual([large])
    })
  })

  test('reads white on black', { timeout: 60_000 }, async () => {
    await withPage({ film: 'inverted.y4m', viewport: phone, without: ['WebAssembly'] }, async (page) => {
      await seen(page, 1)
      expect(await said(page, 'camera')).toEqual(texts.slice(0, 1))
    })
  })

  test('steps in where the fast one cannot be fetched', { timeout: 60_000 }, async () => {
    await withPage({ prepare: blockWasm }, async (page) => {
      expect(await facts(page)).toMatchObject({ reader: 'compatible' })
      await seen(page, 3)
    })
  })

  test('steps in where WebAssembly is given too little memory to start', { timeout: 60_000 }, async () => {
    await withPage({ args: ['--js-flags=--wasm-max-mem-pages=100'] }, async (page) => {
      expect(await facts(page)).toMatchObject({ reader: 'compatible' })
      await seen(page, 3)
    })
  })

  test('is in a chunk of its own, that nobody loads who does not need it', () => {
    const [...all] = chunks.values()
    const entry = all.find((chunk) => chunk.entry)
    const holding = all.filter(({ modules }) => modules.some((id) => id.includes('html5-qrcode')))
    expect(holding).toHaveLength(1)
    expect(holding).not.toContain(entry)
    expect(entry?.size).toBeLessThan(24_000)
  })
})

describe('the camera', () => {
  const faults: [string, Setting][] = [
    ['denied', { args: ['--use-fake-device-for-media-stream', '--deny-permission-prompts'] }],
    ['missing', { args: ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream=device-count=0'] }],
    ['insecure', { host: 'gate.test', args: ['--host-resolver-rules=MAP gate.test 127.0.0.1'] }],
    ['unsupported', { prepare: hideCameras }],
  ]
  test.each(faults)('%s is a value', { timeout: 60_000 }, async (fault, setting) => {
    await withPage({ ...setting, film: '' }, async (page) => {
      expect(await facts(page)).toMatchObject({ camera: fault })
    })
  })
})

/** A phone with two front and three rear cameras, of which one may be open at a time; the third is the best. */
async function pretendPhone(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const rear = { facingMode: ['environment'], width: { max: 4000 }, height: { max: 3000 } }
    const focusMode = ['manual', 'continuous']
    const cameras: Record<string, object> = {
      front: { facingMode: ['user'] },
      wide: rear,
      main: { ...rear, focusMode, torch: true, zoom: { min: 1, max: 8, step: 0.1 } },
      tele: { ...rear, focusMode },
      outer: { facingMode: ['user'], focusMode, torch: true },
    }
    const opened: string[] = []
    let open = 0

    const pretendTrack = (track: MediaStreamTrack, deviceId: string): void => {
      const state: Record<string, unknown> = { deviceId, facingMode: deviceId === 'front' ? 'user' : 'environment' }
      const stop = track.stop.bind(track)
      open += 1
      Object.assign(track, {
        getCapabilities: () => cameras[deviceId],
        getSettings: () => state,
        applyConstraints: async ({ advanced = [] }: MediaTrackConstraints) => {
          document.documentElement.dataset['asked'] = JSON.stringify(advanced)
          Object.assign(state, advanced[0])
        },
        stop: () => {
          if (track.readyState === 'live') open -= 1
          stop()
        },
      })
    }
    Object.assign(navigator.mediaDevices, {
      enumerateDevices: async () =>
        Object.entries(cameras).map(([deviceId, capabilities]) => {
          const device: unknown = Object.create(InputDeviceInfo.prototype, {
            deviceId: { value: deviceId },
            kind: { value: 'videoinput' },
            label: { value: '' },
            getCapabilities: { value: () => capabilities },
          })
          return device
        }),
      getUserMedia: async ({ video }: { video: { deviceId?: { exact: string } } }) => {
        const deviceId = video.deviceId?.exact ?? 'wide'
        if (!(deviceId in cameras)) throw new DOMException('', 'OverconstrainedError')
        if (open > 0) throw new DOMException('', 'NotReadableError')
        opened.push(deviceId)
        document.documentElement.dataset['opened'] = opened.join(' ')
        const canvas = document.createElement('canvas')
        canvas.getContext('2d')?.fillRect(0, 0, 9, 9)
        const stream = canvas.captureStream(5)
        for (const track of stream.getVideoTracks()) pretendTrack(track, deviceId)
        return stream
      },
    })
  })
}

describe('the choice of camera', () => {
  test('is the rear one that focuses and has a torch, and the others are put away', { timeout: 60_000 }, async () => {
    await withPage({ film: '', prepare: pretendPhone }, async (page) => {
      expect(await facts(page)).toMatchObject({
        device: 'main',
        facing: 'environment',
        cameras: '5',
        opened: 'wide main',
        torch: 'true',
        // The whole wish each time, or the browser would let go of the rest.
        asked: JSON.stringify([{ focusMode: 'continuous', torch: true, zoom: 8 }]),
      })
    })
  })
  test.each([
    ['that was remembered, if it is there', 'front', 'front', 'front'],
    ['anew, if it is not', 'gone', 'main', 'wide main'],
  ])('is the one %s', { timeout: 60_000 }, async (_, preferred, device, opened) => {
    await withPage({ film: '', prepare: pretendPhone, query: `?camera=${preferred}` }, async (page) => {
      expect(await facts(page)).toMatchObject({ device, opened })
    })
  })
})

describe('what is handed in', () => {
  test.each([
    ['fast', []],
    ['compatible', ['WebAssembly']],
  ])('pictures, with the %s reader', { timeout: 60_000 }, async (kind, without) => {
    await withPage({ without, film: '', args: ['--use-fake-ui-for-media-stream'] }, async (page) => {
      expect(await facts(page)).toMatchObject({ reader: kind })
      const svg = renderSVG(large, { border: 2 })
      const transparent = svg.replace(/<rect[^>]*fill="white"[^>]*>/, '')
      const inverted = renderSVG(large, { border: 2, whiteColor: 'black', blackColor: 'white' })
      const small = renderSVG(large, { border: 1, pixelSize: 1 })
      // Not in the middle, and a third of the width.
      const card = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3000 2000" width="3000" height="2000">
        ${svg.replace('<svg ', '<svg x="1800" y="100" width="1000" height="1000" ')}</svg>`
      const files = [svg, transparent, inverted, small, card].map((text) => ({
        name: 'code.svg',
        mimeType: 'image/svg+xml',
        buffer: Buffer.from(text),
      }))
      const noPicture = { name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') }
      const broken = { name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('PNG') }
      for (const file of [...files, noPicture, broken]) {
        const before = await page.locator('li[data-from=image]').count()
        await page.getByLabel('Picture').setInputFiles(file)
        await page.locator(`li[data-from=image] >> nth=${before}`).waitFor({ state: 'attached' })
      }
      expect(await said(page, 'image')).toEqual([large, large, large, large, large, 'not-an-image', 'not-an-image'])
    })
  })

  test('a picture and a text that are dropped or pasted', { timeout: 60_000 }, async () => {
    await withPage({ film: '', args: ['--use-fake-ui-for-media-stream'] }, async (page) => {
      await page.evaluate(
        async ([svg, text]) => {
          const picture = new DataTransfer()
          picture.items.add(new File([svg ?? ''], 'code.svg', { type: 'image/svg+xml' }))
          const word = new DataTransfer()
          word.setData('text/plain', ` ${text}\n`)
          const how = { bubbles: true, cancelable: true }
          document.body.dispatchEvent(new DragEvent('dragover', { ...how, dataTransfer: picture }))
          document.body.dispatchEvent(new DragEvent('drop', { ...how, dataTransfer: picture }))
          document.body.dispatchEvent(new DragEvent('drop', { ...how, dataTransfer: word }))
          document.body.dispatchEvent(new ClipboardEvent('paste', { ...how, clipboardData: word }))
          // A text field keeps what is pasted into it.
          document
            .querySelector('textarea')
            ?.dispatchEvent(new ClipboardEvent('paste', { ...how, clipboardData: word }))
        },
        [renderSVG(large), large],
      )
      await page.locator('li[data-from=image]').waitFor({ state: 'attached' })
      expect(await said(page, 'image')).toEqual([large])
      expect(await said(page, 'text')).toEqual([large, large])
      expect(await facts(page)).toMatchObject({ hover: 'false' })
    })
  })

  test('what a scanner types', { timeout: 60_000 }, async () => {
    await withPage({ film: '', args: ['--use-fake-ui-for-media-stream'] }, async (page) => {
      await page.locator('button').focus()
      await page.keyboard.type(`${large}\n`)
      await page.keyboard.type(texts[0] ?? '')
      await page.locator('li[data-from=wedge] >> nth=1').waitFor({ state: 'attached' })
      expect(await said(page, 'wedge')).toEqual([large, texts[0]])
      // Nobody else saw a key of it, but for Shift.
      expect((await said(page, 'key')).filter((key) => key !== 'Shift')).toEqual([])
      await page.waitForTimeout(200)
      await page.keyboard.press('Enter')
      await page.keyboard.press('Space')
      expect((await said(page, 'key')).filter((key) => key === 'button')).toHaveLength(2)
      // A field that has the focus keeps its keys.
      await page.getByLabel('Text').focus()
      await page.keyboard.type(large)
      expect(await page.getByLabel('Text').inputValue()).toBe(large)
      expect(await said(page, 'wedge')).toHaveLength(2)
    })
  })
})
