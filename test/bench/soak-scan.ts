// soak:scan: the built gate scans a camera for `--minutes N` (10 unless said), with verdicts, codes of others and blank walls
// in turn, and its memory is looked at all the while: the page's heap, its worker's heap, and all that their process holds,
// zxing's memory among it. Fails when the last quarter differs from the second by more than 5 %.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { CDPSession } from 'playwright'
import { openStage, phone, untilReady } from '../support/gate-page.ts'
import { startGateServer } from '../support/gate-server.ts'
import { fixed, report, say, spreadOf } from './figures.ts'

const SAMPLE_MS = 10_000
const TOLERANCE = 0.05

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' }, json: { type: 'boolean' } } })
const minutes = Number(values.minutes)

const server = await startGateServer()
const stage = await openStage()
stage.film(await server.authority.token(), 'a code of somebody else', await server.authority.token({ vs: 1 }))
const context = await stage.browser.newContext({ viewport: phone })
const page = await context.newPage()
await page.goto(server.page)
await untilReady(page)
await page.evaluate(`new MutationObserver(() => {
  const now = document.querySelector('.verdict') !== null
  if (now && !globalThis.before) globalThis.verdicts = (globalThis.verdicts ?? 0) + 1
  globalThis.before = now
}).observe(document.body, { childList: true, subtree: true })`)
const devtools = await context.newCDPSession(page)
const workerHeap = await listenToWorkers(devtools)
const browserTools = await stage.browser.newBrowserCDPSession()

const held: Record<'page heap' | 'worker heap' | 'renderer process', number[]> = {
  'page heap': [],
  'worker heap': [],
  'renderer process': [],
}
const ends = performance.now() + minutes * 60_000
say(`Scanning for ${minutes} minutes …`)
while (performance.now() < ends) {
  await page.waitForTimeout(SAMPLE_MS)
  held['page heap'].push(await pageHeap(devtools))
  held['worker heap'].push(await workerHeap())
  held['renderer process'].push(await rendererMemory(browserTools))
}
const verdicts = Number(await page.evaluate('globalThis.verdicts'))
await stage.close()
await server.stop()

// The first quarter warms up: code is compiled, buffers find their size.
const rows = Object.entries(held).map(([what, samples]) => {
  const quarter = Math.max(1, Math.floor(samples.length / 4))
  const early = spreadOf(samples.slice(quarter, 2 * quarter)).median
  const late = spreadOf(samples.slice(-quarter)).median
  return { what, early, late, growth: late / early - 1 }
})
const mebibytes = (bytes: number): string => fixed(bytes / 2 ** 20, 2)
report(
  { minutes, verdicts, rows, held },
  [
    [
      ['MiB, medians', 'second quarter', 'last quarter', 'change'],
      ...rows.map(({ what, early, late, growth }) => [
        what,
        mebibytes(early),
        mebibytes(late),
        `${fixed(growth * 100, 1)} %`,
      ]),
    ],
  ],
  [`${minutes} minutes, ${held['page heap'].length} samples, ${verdicts} verdicts`],
)
if (verdicts === 0 || rows.some(({ growth }) => Math.abs(growth) > TOLERANCE)) process.exitCode = 1

/** Without what is garbage already. */
async function pageHeap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  return (await session.send('Runtime.getHeapUsage')).usedSize
}

/** Asks each worker of a page through the page's own session, for a dedicated worker has none of its own. */
async function listenToWorkers(session: CDPSession): Promise<() => Promise<number>> {
  const workers: string[] = []
  const answers = new Map<number, (size: number) => void>()
  let lastId = 0
  session.on('Target.attachedToTarget', ({ sessionId }) => workers.push(sessionId))
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result }: { id: number; result?: { usedSize?: number } } = JSON.parse(message)
    answers.get(id)?.(result?.usedSize ?? 0)
    answers.delete(id)
  })
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  const ask = (sessionId: string, method: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const id = ++lastId
      answers.set(id, resolve)
      session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) }).catch(reject)
    })
  return async () => {
    let sum = 0
    for (const worker of workers) {
      await ask(worker, 'HeapProfiler.collectGarbage')
      sum += await ask(worker, 'Runtime.getHeapUsage')
    }
    return sum
  }
}

/** What the page's process holds in memory, its share of what others hold too (Linux only). */
async function rendererMemory(session: CDPSession): Promise<number> {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => {
      const [, kibibytes = '0'] = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8')) ?? []
      return Number(kibibytes) * 1024
    })
  return sizes.reduce((sum, size) => sum + size, 0)
}
