// bench:start: how long the gate takes to show the camera's first frame, and the verdict on the code in it, when it is opened
// with no network, on a slow processor, beside two blank React apps of the same stack: one only opens the camera, the other
// only says hello.
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
import { fakeCamera, qrFrames, writeY4m } from '../support/video.ts'
import { report, say, spreadOf, withSpread } from './figures.ts'

const TRIALS = 15
/** Processor slowed down by this factor: a cheap phone beside a laptop. */
const THROTTLE = 4

const html = `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><title>Blank</title></head>
<body><div id="root"></div><script type="module" src="./main.tsx"></script></body></html>`
const camera = `import { useEffect, useRef } from 'react'
import { createRoot } from 'react-dom/client'
import { registerSW } from 'virtual:pwa-register'
function Blank() {
  const video = useRef(null)
  useEffect(() => {
    navigator.mediaDevices
      .getUserMedia({ video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } } })
      .then((stream) => { video.current.srcObject = stream; return video.current.play() })
  }, [])
  return <><h1>Blank</h1><video ref={video} muted playsInline style={{ width: '100%' }} /></>
}
createRoot(document.getElementById('root')).render(<Blank />)
registerSW({ immediate: true })
`
const hello = `import { createRoot } from 'react-dom/client'
import { registerSW } from 'virtual:pwa-register'
createRoot(document.getElementById('root')).render(<h1>Hello</h1>)
registerSW({ immediate: true })
`

interface Trial {
  /** Nothing for an app without a camera. */
  readonly firstFrame: number | undefined
  readonly firstPaint: number
  /** Nothing for an app that judges nobody. */
  readonly verdict: number | undefined
}

/** A peer: React, Vite and vite-plugin-pwa as they come. */
async function buildBlank(root: string, script: string, outDir: string): Promise<void> {
  await mkdir(root, { recursive: true })
  await writeFile(join(root, 'index.html'), html)
  await writeFile(join(root, 'main.tsx'), script)
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    base: './',
    build: { outDir, target: 'es2022' },
    plugins: [react(), VitePWA({ registerType: 'autoUpdate', manifest: { name: 'Blank' } })],
  })
}

/**
 * Marks the first frame that the page's video shows, and the first verdict, once it is painted: it waits for both from before
 * there is a page. As text, for tsx would put its own helper's name into a function.
 */
const probe = `const when = (selector, then) => new MutationObserver((_, observer) => {
  const element = document.querySelector(selector)
  if (!element) return
  observer.disconnect()
  then(element)
}).observe(document, { childList: true, subtree: true })
when('video', (video) => video.requestVideoFrameCallback(() => performance.mark('first-frame')))
when('main[data-verdict]', () => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => performance.mark('verdict')
  port2.postMessage(0)
}))`

/** Opens an address in a new tab while no service worker runs. Milliseconds since the navigation began. */
async function trial(context: BrowserContext, { address, awaited }: Contender): Promise<Trial> {
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('ServiceWorker.enable')
  await devtools.send('ServiceWorker.stopAllWorkers')
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE })
  await page.addInitScript({ content: probe })
  await page.goto(address)
  await page.waitForFunction((name) => performance.getEntriesByName(name).length > 0, awaited)
  const times = await page.evaluate(() => ({
    firstFrame: performance.getEntriesByName('first-frame')[0]?.startTime,
    firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    verdict: performance.getEntriesByName('verdict')[0]?.startTime,
  }))
  await page.close()
  return times
}

interface Contender {
  readonly name: string
  readonly address: string
  /** The performance entry that ends a trial. */
  readonly awaited: 'verdict' | 'first-frame' | 'first-contentful-paint'
  readonly trials: Trial[]
}

say('Building the blank apps …')
// Below the checkout, where React is found.
const workshop = resolve('.cache/bench-start')
await rm(workshop, { recursive: true, force: true })
for (const [name, script] of Object.entries({ camera, hello })) {
  await buildBlank(join(workshop, name), script, join(workshop, 'served', name))
}
const gate = await startGateServer()
const peers = await listen(
  { host: 'localhost', port: 0 },
  () => new Hono().use(serveStatic({ root: join(workshop, 'served') })).fetch,
)
const peer = (name: string): string => `http://localhost:${peers.port}/${name}/`
const contenders: readonly Contender[] = [
  { name: 'gate', address: gate.page, awaited: 'verdict', trials: [] },
  { name: 'blank app with camera', address: peer('camera'), awaited: 'first-frame', trials: [] },
  { name: 'blank app', address: peer('hello'), awaited: 'first-contentful-paint', trials: [] },
]

// The code is in view from the first frame on, before all of them.
const film = join(workshop, 'camera.y4m')
writeY4m(film, qrFrames([await gate.authority.token()], { ecc: 'L', module: 6 }).slice(0, 1), 30)
const browser = await chromium.launch({
  executablePath: chromiumPath(),
  args: [...chromiumArgs, ...fakeCamera(film)],
})
const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
for (const { address } of contenders) {
  const page = await context.newPage()
  await page.goto(address)
  if (address === gate.page) await untilReady(page)
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await page.close()
}
await Promise.all([gate.stop(), peers.stop()])

say(`Starting each ${TRIALS} times, with both servers gone …`)
for (let round = 0; round <= TRIALS; round++) {
  const first = round % contenders.length
  for (const contender of [...contenders.slice(first), ...contenders.slice(0, first)]) {
    const times = await trial(context, contender)
    // The first of each warms up.
    if (round > 0) contender.trials.push(times)
  }
}
await browser.close()
await rm(workshop, { recursive: true })

function row(what: string, pick: (one: Trial) => number | undefined): string[] {
  const measured = contenders.map(({ trials }) => trials.flatMap((one) => pick(one) ?? []).filter(Number.isFinite))
  const [ours = [], theirs = []] = measured
  const ratio = spreadOf(ours.map((time, round) => time / (theirs[round] ?? Number.NaN)))
  const cells = measured.map((times) => (times.length === 0 ? '' : withSpread(spreadOf(times))))
  return [what, ...cells, theirs.length === 0 ? '' : withSpread(ratio, 2)]
}
report({ throttle: THROTTLE, contenders }, [
  [
    [`offline, ${THROTTLE}x slower, ms`, ...contenders.map(({ name }) => name), 'gate / with camera'],
    row('first camera frame', ({ firstFrame }) => firstFrame),
    row('first contentful paint', ({ firstPaint }) => firstPaint),
    row('first verdict painted', ({ verdict }) => verdict),
    row('from frame to verdict', ({ verdict, firstFrame }) => (verdict ?? Number.NaN) - (firstFrame ?? Number.NaN)),
  ],
])
