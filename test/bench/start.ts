// bench:start: how long the gate takes to show the camera's first frame when it is opened with no network, on a slow
// processor, beside a blank React app of the same stack that does nothing but open the camera.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import react from '@vitejs/plugin-react'
import { Hono } from 'hono'
import { chromium, type BrowserContext } from 'playwright'
import { build } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { listen } from '../../src/host/listen.ts'
import { chromiumArgs, chromiumPath } from '../support/chromium.ts'
import { untilReady } from '../support/gate-page.ts'
import { startGateServer } from '../support/gate-server.ts'
import { report, say, spreadOf, withSpread } from './figures.ts'

const TRIALS = 15
/** Processor slowed down by this factor: a cheap phone beside a laptop. */
const THROTTLE = 4

const html = `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><title>Blank</title></head>
<body><div id="root"></div><script type="module" src="./main.tsx"></script></body></html>`
const script = `import { useEffect, useRef } from 'react'
import { createRoot } from 'react-dom/client'
import { registerSW } from 'virtual:pwa-register'
function Blank() {
  const video = useRef(null)
  useEffect(() => {
    navigator.mediaDevices
      .getUserMedia({ video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } } })
      .then((stream) => { video.current.srcObject = stream; return video.current.play() })
  }, [])
  return <video ref={video} muted playsInline style={{ width: '100%' }} />
}
createRoot(document.getElementById('root')).render(<Blank />)
registerSW({ immediate: true })
`

interface Trial {
  readonly firstFrame: number
  readonly firstPaint: number
}

/** The peer: React, Vite and vite-plugin-pwa as they come, and a video element. Gives the folder that it was built to. */
async function buildBlank(root: string): Promise<string> {
  await rm(root, { recursive: true, force: true })
  await mkdir(root, { recursive: true })
  await writeFile(join(root, 'index.html'), html)
  await writeFile(join(root, 'main.tsx'), script)
  const outDir = join(root, 'dist')
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    base: './',
    build: { outDir, target: 'es2022' },
    plugins: [react(), VitePWA({ registerType: 'autoUpdate', manifest: { name: 'Blank' } })],
  })
  return outDir
}

/** Marks the first frame that the page's video shows. As text, for tsx would put its own helper's name into a function. */
const probe = `(function look() {
  const video = document.querySelector('video')
  if (video) video.requestVideoFrameCallback(() => performance.mark('first-frame'))
  else requestAnimationFrame(look)
})()`

/** Opens an address in a new tab, and waits for the first frame of its video. Milliseconds since the navigation began. */
async function trial(context: BrowserContext, address: string): Promise<Trial> {
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE })
  await page.addInitScript({ content: probe })
  await page.goto(address)
  await page.waitForFunction(() => performance.getEntriesByName('first-frame').length > 0)
  const times = await page.evaluate(() => ({
    firstFrame: performance.getEntriesByName('first-frame')[0]?.startTime ?? Number.NaN,
    firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
  }))
  await page.close()
  return times
}

say('Building the blank app …')
const blank = await buildBlank(resolve('.cache/bench-start'))
const gate = await startGateServer()
const peer = await listen({ host: 'localhost', port: 0 }, () => new Hono().use(serveStatic({ root: blank })).fetch)
const addresses = { gate: gate.page, blank: `http://localhost:${peer.port}/` }

const browser = await chromium.launch({
  executablePath: chromiumPath(),
  args: [...chromiumArgs, '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
})
const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
for (const address of Object.values(addresses)) {
  const page = await context.newPage()
  await page.goto(address)
  if (address === gate.page) await untilReady(page)
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await page.close()
}
await Promise.all([gate.stop(), peer.stop()])

say(`Starting each ${TRIALS} times, with both servers gone …`)
const trials: Record<keyof typeof addresses, Trial[]> = { gate: [], blank: [] }
for (let round = 0; round <= TRIALS; round++) {
  const [ours, theirs] = [await trial(context, addresses.gate), await trial(context, addresses.blank)]
  // The first of each warms up.
  if (round === 0) continue
  trials.gate.push(ours)
  trials.blank.push(theirs)
}
await browser.close()

const row = (name: string, pick: (one: Trial) => number): string[] => {
  const [ours, theirs] = [trials.gate.map(pick), trials.blank.map(pick)]
  const ratio = spreadOf(ours.map((time, index) => time / (theirs[index] ?? Number.NaN)))
  return [name, withSpread(spreadOf(ours)), withSpread(spreadOf(theirs)), withSpread(ratio, 2)]
}
report({ trials, throttle: THROTTLE }, [
  [
    [`offline, from the service worker, ${THROTTLE}x slower, ms`, 'gate', 'blank React PWA', 'ratio'],
    row('first camera frame', ({ firstFrame }) => firstFrame),
    row('first contentful paint', ({ firstPaint }) => firstPaint),
  ],
])
