// One tab of the built gate through a long shift: codes are handed in and shown to its camera as fast as it judges them, and
// after every thousand its memory is looked at.
import type { CDPSession } from 'playwright'
import { spreadOf } from '../bench/figures.ts'
import { openStage, phone, untilReady } from '../support/gate-page.ts'
import { startGateServer } from '../support/gate-server.ts'
import { makeCodes, REVOKED, type Answer } from './codes.ts'
import { serve } from './drive.ts'

/** What is true of the gate after so many codes. */
export interface Sample {
  readonly codes: number
  /** Since the page was opened. */
  readonly minutes: number
  /** From a code's last letter to its verdict on the screen; the median of a thousand, in milliseconds. */
  readonly verdictMs: number
  /** The same for the quickest tenth: what the gate can do while nobody else wants the processor. */
  readonly quickMs: number
  /** What one code costs the page's own thread, whoever else uses the processor, in milliseconds. */
  readonly threadMs: number
  /** What JavaScript holds after a garbage collection, in bytes. */
  readonly heap: number
  readonly nodes: number
  readonly listeners: number
}

export interface Shift {
  /** The first is after the warm-up, and of that. */
  readonly samples: readonly Sample[]
  readonly answers: Readonly<Record<Answer, number>>
  readonly byCamera: number
  readonly wrong: readonly string[]
  /** What the page threw, or did against its policy. */
  readonly faults: readonly string[]
}

export interface ShiftOptions {
  readonly codes: number
  /** After how many codes it is looked at. */
  readonly every: number
  /** How many verdicts the camera gives each time. */
  readonly filmed: number
  readonly onSample?: (sample: Sample) => void
}

export async function workAShift({ codes: total, every, filmed, onSample }: ShiftOptions): Promise<Shift> {
  const server = await startGateServer()
  server.serves.status = await server.authority.statusList(REVOKED)
  // Frames as fast as they are drawn: at 60 a second, waiting for them would be most of the time.
  const stage = await openStage(['--disable-frame-rate-limit', '--disable-gpu-vsync'])
  try {
    const codes = await makeCodes(server.authority)
    stage.film(...codes.film.map(({ text }) => text))
    const page = await stage.browser.newPage({ viewport: phone })
    const faults: string[] = []
    page.on('pageerror', ({ message }) => faults.push(message))
    page.on('console', (message) => {
      if (/Content Security Policy|Trusted/i.test(message.text())) faults.push(message.text())
    })
    // tsx gives every function its name by this; the page has no such thing.
    await page.addInitScript({ content: 'globalThis.__name = (made) => made' })
    await page.goto(server.page)
    await untilReady(page)
    // The first touch, without which there is no sound.
    await page.getByRole('button', { name: 'Skip' }).click()

    const opened = performance.now()
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
    const film = codes.film.map(({ answer }) => answer)
    const answers: Record<Answer, number> = {}
    const wrong: string[] = []
    const samples: Sample[] = []
    let byCamera = 0
    const count = (answer: Answer, right: boolean, whose: string): void => {
      answers[answer] = (answers[answer] ?? 0) + 1
      if (film.includes(answer)) byCamera += 1
      if (!right) wrong.push(`"${answer}" for ${whose}`)
    }

    // The first ones warm the page up, and are judged like all others.
    for (let done = -every; done < total; done += every) {
      const batch = await codes.next(Math.min(every, total - done))
      const before = await threadSeconds(devtools)
      const turns = await page.evaluate(serve, { texts: batch.map(({ text }) => text), film })
      const spent = (await threadSeconds(devtools)) - before
      const own = turns.map((all, index) => {
        const [last, ...earlier] = all.toReversed()
        const answer = batch[index]?.answer ?? ''
        for (const camera of earlier) count(camera.answer, film.includes(camera.answer), 'the camera')
        if (last) count(last.answer, last.answer === answer, `"${answer}"`)
        return last?.ms ?? Number.NaN
      })
      const shown = await page.evaluate(serve, { texts: Array.from({ length: filmed }, () => null), film })
      for (const { answer } of shown.flat()) count(answer, film.includes(answer), 'the camera')
      const sample: Sample = {
        codes: done + batch.length,
        minutes: (performance.now() - opened) / 60_000,
        verdictMs: spreadOf(own).median,
        quickMs: own.toSorted((a, b) => a - b)[Math.floor(own.length / 10)] ?? Number.NaN,
        threadMs: (spent * 1000) / batch.length,
        ...(await memoryOf(devtools)),
      }
      samples.push(sample)
      onSample?.(sample)
    }
    return { samples, answers, byCamera, wrong, faults }
  } finally {
    await stage.close()
    await server.stop()
  }
}

/** How long the page's thread has worked so far. */
async function threadSeconds(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
}

async function memoryOf(devtools: CDPSession): Promise<Pick<Sample, 'heap' | 'nodes' | 'listeners'>> {
  // Twice: what has a finaliser is freed by the second.
  for (let round = 0; round < 2; round++) await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devtools.send('Runtime.getHeapUsage')
  const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters')
  return { heap: usedSize, nodes, listeners: jsEventListeners }
}
