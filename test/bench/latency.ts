// bench:latency: from the first frame that holds a code to the verdict painted, before Chromium's fake camera, and how long
// scanning holds up the page: the built gate beside what others would put into a page. At full speed, and six times slower.
// `--codes N` for each reader (32 unless said).
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { chromium, type Browser, type Page } from 'playwright'
import { listen } from '../../src/host/listen.ts'
import { chromiumArgs, chromiumPath } from '../support/chromium.ts'
import { untilReady } from '../support/gate-page.ts'
import { startGateServer } from '../support/gate-server.ts'
import { fakeCamera } from '../support/video.ts'
import { fixed, report, say, spreadOf, withSpread, type Table } from './figures.ts'
import { FRAMES_A_SECOND, lengthOf, readCorner, SQUARE, writeFilm } from './scan/film.ts'
import { buildPage } from './scan/install.ts'
import type { Held, PeerName } from './scan/latency-page.ts'

const { values } = parseArgs({ options: { codes: { type: 'string', default: '32' }, json: { type: 'boolean' } } })
const OURS = 'ours, the built gate'
const names = [
  'html5-qrcode, fps 10',
  'html5-qrcode with zxing-wasm',
  'a plain loop with zxing-wasm',
  OURS,
] as const satisfies readonly (PeerName | typeof OURS)[]
type Name = (typeof names)[number]

const THROTTLES = [1, 6]
/** Then a text comes again only after it was away for longer than any reader remembers it. */
const TEXTS = 8
/** What the main thread may be held up by one task of scanning, in milliseconds. */
const HELD_UP = 8

/**
 * What the page saw. The corner of each frame is read from the frame itself, so that nothing is drawn for it. A verdict is
 * painted once the frame after its appearance has begun. As text, for tsx would put its own helper's name into functions.
 */
const probe = `
const log = (globalThis.seenByProbe = { frames: [], verdicts: [] })
const corner = async (video, time) => {
  const frame = new VideoFrame(video)
  const bytes = new Uint8Array(${SQUARE * 2 * SQUARE * 4})
  const rect = { x: 0, y: 0, width: ${SQUARE * 2}, height: ${SQUARE} }
  const [{ offset, stride }] = await frame.copyTo(bytes, { rect })
  frame.close()
  const at = offset + stride * ${SQUARE / 2} + ${SQUARE / 2}
  log.frames.push([time, bytes[at], bytes[at + ${SQUARE}]])
}
let video
const look = (_, { presentationTime }) => {
  void corner(video, presentationTime)
  video.requestVideoFrameCallback(look)
}
const painted = (then) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => then(performance.now())
  port2.postMessage(0)
})
let last
new MutationObserver(() => {
  const [found] = document.getElementsByTagName('video')
  if (found && found !== video) {
    video = found
    video.requestVideoFrameCallback(look)
  }
  const shown = document.querySelector('main[data-verdict], output[data-verdict]')
  const code = shown?.dataset.code ?? shown?.querySelector('.verdict-initials b')?.textContent.charCodeAt(0) - 65
  if (code === last) return
  last = code
  if (!shown) return
  painted((time) => log.verdicts.push([time, Number(code)]))
  if (shown.tagName === 'MAIN') setTimeout(() => document.querySelector('button.next')?.click(), 150)
}).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-code'] })`

interface Seen {
  readonly frames: readonly (readonly [time: number, first: number, second: number])[]
  readonly verdicts: readonly (readonly [time: number, code: number])[]
}

interface Measured {
  readonly name: Name
  readonly throttle: number
  readonly latencies: readonly number[]
  readonly missed: number
  /** How long each task of the page's main thread took, in milliseconds: by the clock, and of the processor. */
  readonly tasks: readonly { readonly time: number; readonly cpu: number }[]
}

/** One for each time that a code was shown, from its first frame; and how many had no verdict. */
function latenciesOf({ frames, verdicts }: Seen): Pick<Measured, 'latencies' | 'missed'> {
  const shown: { code: number; since: number }[] = []
  let before: number | undefined
  for (const [time, first, second] of frames) {
    const corner = readCorner(first, second)
    if (corner && corner.code !== before) {
      shown.push({ code: corner.code, since: time - (corner.frame * 1000) / FRAMES_A_SECOND })
    }
    before = corner?.code
  }
  // The first was there before the page looked, and the last may be cut off.
  const whole = shown.slice(1, -1)
  const latencies = whole.flatMap(({ code, since }, index) => {
    const next = shown[index + 2 + TEXTS / 2]?.since ?? Infinity
    const verdict = verdicts.find(([time, of]) => of === code && time > since && time < next)
    return verdict ? [verdict[0] - since] : []
  })
  return { latencies, missed: whole.length - latencies.length }
}

const folder = await mkdtemp(join(tmpdir(), 'kycvs-latency-'))
const film = join(folder, 'camera.y4m')
const gate = await startGateServer()
const texts = await Promise.all(
  Array.from({ length: TEXTS }, (_, code) => gate.authority.token({ n: `${String.fromCharCode(65 + code)}.` })),
)
writeFilm(film, texts)
await buildPage('latency.html', join(folder, 'served'))
const peers = await listen(
  { host: 'localhost', port: 0 },
  () => new Hono().use(serveStatic({ root: join(folder, 'served') })).fetch,
)
const held: Held = {
  config: JSON.stringify(gate.serves.config),
  trustList: await gate.authority.trustList(),
  statusList: gate.serves.status,
  now: Math.floor(Date.now() / 1000),
  texts,
}

async function measure(browser: Browser, name: Name, throttle: number, codes: number): Promise<Measured> {
  say(`${name}, ${throttle}x slower`)
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await page.addInitScript({ content: probe })
  if (name === OURS) {
    await page.goto(gate.page)
    await untilReady(page)
  } else {
    await page.goto(`http://localhost:${peers.port}/latency.html`)
    await page.waitForFunction(() => 'startPeer' in globalThis)
    await page.evaluate(([peer, what]) => globalThis.startPeer(peer, what), [name, held] as const)
  }
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: throttle })
  await page.waitForFunction('seenByProbe.verdicts.length > 0', undefined, { timeout: 60_000 })
  // What the first looks compiled is no part of it.
  await page.waitForTimeout(3000)
  await page.evaluate('void (seenByProbe.frames.length = seenByProbe.verdicts.length = 0)')
  await page.waitForTimeout(lengthOf(codes + 2))
  const seen: Seen = await seenBy(page)
  const tasks = await tasksOf(browser, page)
  await context.close()
  return { name, throttle, ...latenciesOf(seen), tasks }
}

async function seenBy(page: Page): Promise<Seen> {
  const seen: Seen = JSON.parse(String(await page.evaluate('JSON.stringify(seenByProbe)')))
  return seen
}

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  readonly dur?: number
  readonly tdur?: number
  readonly args: { readonly name?: string }
}

/** Of one pass of half the film, apart from the latencies, for a trace costs time. */
async function tasksOf(browser: Browser, page: Page): Promise<Measured['tasks']> {
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] })
  await page.waitForTimeout(lengthOf(TEXTS / 2))
  const trace: { traceEvents: TraceEvent[] } = JSON.parse((await browser.stopTracing()).toString())
  const events = trace.traceEvents
  const mains = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
  return events
    .filter(({ name, pid, tid }) => name === 'RunTask' && mains.some((main) => main.pid === pid && main.tid === tid))
    .map(({ dur = 0, tdur = 0 }) => ({ time: dur / 1000, cpu: tdur / 1000 }))
}

const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArgs, ...fakeCamera(film)] })
const measured: Measured[] = []
for (const throttle of THROTTLES) {
  for (const name of names) measured.push(await measure(browser, name, throttle, Number(values.codes)))
}
await browser.close()
await Promise.all([gate.stop(), peers.stop()])
await rm(folder, { recursive: true })

const largest = (times: readonly number[], share: number): string => {
  const sorted = times.toSorted((one, other) => one - other)
  return fixed(sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN, 1)
}

report(
  { measured },
  THROTTLES.map((throttle): Table => {
    const these = measured.filter((one) => one.throttle === throttle)
    const slowest = spreadOf(these[0]?.latencies ?? []).median
    return [
      [
        `page ${throttle}x slower`,
        'first frame to verdict, ms',
        'of html5-qrcode',
        'codes',
        'missed',
        'task: p99 ms',
        'longest ms',
        'longest, processor ms',
        `over ${HELD_UP} ms`,
      ],
      ...these.map(({ name, latencies, missed, tasks }) => [
        name,
        withSpread(spreadOf(latencies)),
        fixed(spreadOf(latencies).median / slowest, 2),
        fixed(latencies.length + missed),
        fixed(missed),
        largest(
          tasks.map(({ time }) => time),
          0.99,
        ),
        largest(
          tasks.map(({ time }) => time),
          1,
        ),
        largest(
          tasks.map(({ cpu }) => cpu),
          1,
        ),
        fixed(tasks.filter(({ cpu }) => cpu > HELD_UP).length),
      ]),
    ]
  }),
)
