// bench:lighthouse: Google's Lighthouse on the built pages as they are hosted, on the phone that Lighthouse imagines, several
// times over, and what keeps the gate from being installed, of which Lighthouse says nothing any more. The report of the
// middle run is kept in dist/lighthouse. Fetched from the registry for the run, and no part of the project.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright'
import { isFields } from '../../src/core/compact.ts'
import { startDemo } from '../../src/demo/start.ts'
import { chromiumArgs, chromiumPath } from '../support/chromium.ts'
import { startGateServer } from '../support/gate-server.ts'
import { fixed, report, say, type Table } from './figures.ts'

const VERSION = '12.8.2'
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const
/** Of the page as Lighthouse imagines it on its phone: milliseconds, and a share of the screen for what jumps. */
const METRICS = {
  'first-contentful-paint': 'FCP ms',
  'largest-contentful-paint': 'LCP ms',
  'speed-index': 'SI ms',
  'total-blocking-time': 'TBT ms',
  'cumulative-layout-shift': 'CLS',
}
const folder = 'dist/lighthouse'

interface Run {
  readonly scores: readonly number[]
  readonly metrics: readonly number[]
}

const numberIn = (all: unknown, name: string, member: string): number => {
  const one = isFields(all) ? all[name] : undefined
  return isFields(one) && typeof one[member] === 'number' ? one[member] : Number.NaN
}

async function run(address: string, path: string): Promise<Run> {
  const lighthouse = spawn(
    'npx',
    [
      '--yes',
      `lighthouse@${VERSION}`,
      address,
      `--only-categories=${CATEGORIES.join(',')}`,
      '--output=json',
      '--output=html',
      `--output-path=${path}`,
      '--chrome-flags=--headless=new --no-sandbox --use-fake-ui-for-media-stream --use-fake-device-for-media-stream',
      '--quiet',
    ],
    { stdio: 'inherit', env: { ...process.env, CHROME_PATH: chromiumPath() } },
  )
  const [code] = await once(lighthouse, 'exit')
  if (code !== 0) throw new Error(`Lighthouse ended with ${code}`)
  const found: unknown = JSON.parse(readFileSync(`${path}.report.json`, 'utf8'))
  if (!isFields(found)) throw new Error('Lighthouse’s report is no object')
  return {
    scores: CATEGORIES.map((name) => 100 * numberIn(found['categories'], name, 'score')),
    metrics: Object.keys(METRICS).map((name) => numberIn(found['audits'], name, 'numericValue')),
  }
}

/** The middle, and the whole range: `100 (98–100)`. */
function middle(values: readonly number[], digits = 0): string {
  const sorted = values.toSorted((a, b) => a - b)
  const [low = Number.NaN, high = Number.NaN] = [sorted[0], sorted.at(-1)]
  const median = fixed(sorted[sorted.length >> 1] ?? Number.NaN, digits)
  return low === high ? median : `${median} (${fixed(low, digits)}–${fixed(high, digits)})`
}

async function measure(name: string, address: string, times: number): Promise<readonly Run[]> {
  const runs: Run[] = []
  for (let round = 0; round < times; round++) {
    runs.push(await run(address, join(folder, `${name}-${round}`)))
    say(
      `${name}: ${runs
        .at(-1)
        ?.scores.map((score) => fixed(score))
        .join(', ')}`,
    )
  }
  const ranked = [...runs.entries()].toSorted(([, a], [, b]) => (a.scores[0] ?? 0) - (b.scores[0] ?? 0))
  const [kept] = ranked[ranked.length >> 1] ?? [0]
  for (const ending of ['json', 'html']) {
    renameSync(join(folder, `${name}-${kept}.report.${ending}`), join(folder, `${name}.report.${ending}`))
    for (const round of runs.keys()) rmSync(join(folder, `${name}-${round}.report.${ending}`), { force: true })
  }
  return runs
}

/** What the browser itself holds against installing a page. It installs from a profile on disk only. */
async function installability(address: string): Promise<readonly string[]> {
  const profile = mkdtempSync(join(tmpdir(), 'kycvs-profile-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    args: [...chromiumArgs],
  })
  try {
    const page = await context.newPage()
    await page.goto(address)
    await page.evaluate(async () => (await navigator.serviceWorker.ready).active !== null)
    const devtools = await context.newCDPSession(page)
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
    return installabilityErrors.map(({ errorId }) => errorId)
  } finally {
    await context.close()
    rmSync(profile, { recursive: true })
  }
}

const { values: wish } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    page: { type: 'string', multiple: true },
    json: { type: 'boolean' },
  },
})
mkdirSync(folder, { recursive: true })
const state = mkdtempSync(join(tmpdir(), 'kycvs-lighthouse-'))
const gate = await startGateServer()
const demo = await startDemo({ port: 0, state, gateDir: 'dist/gate' })
const pages = Object.entries({
  gate: gate.page,
  holder: `${demo.origin}/me/`,
  'the issuer’s interface': `${demo.origin}/docs/`,
}).filter(([name]) => wish.page?.includes(name) ?? true)

const measured = []
for (const [name, address] of pages) {
  const runs = await measure(name.replaceAll(/\W+/g, '-'), address, Number(wish.runs))
  const errors = name.startsWith('the') ? undefined : await installability(address)
  measured.push({ name, runs, errors })
}
await Promise.all([gate.stop(), demo.stop()])
rmSync(state, { recursive: true })

const table: Table = [
  [`middle of ${wish.runs} runs`, ...CATEGORIES, ...Object.values(METRICS), 'keeps it from being installed'],
  ...measured.map(({ name, runs, errors }) => [
    name,
    ...CATEGORIES.map((_, at) => middle(runs.map(({ scores }) => scores[at] ?? Number.NaN))),
    ...Object.values(METRICS).map((unit, at) =>
      middle(
        runs.map(({ metrics }) => metrics[at] ?? Number.NaN),
        unit === 'CLS' ? 3 : 0,
      ),
    ),
    errors === undefined ? '' : errors.join(' ') || 'nothing',
  ]),
]
report({ lighthouse: VERSION, measured }, [table], [`The middle run of each: ${folder}/*.report.html`])
const medianOf = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
const isShort = measured.some(
  ({ runs, errors }) =>
    (errors?.length ?? 0) > 0 ||
    CATEGORIES.some((_, at) => Math.round(medianOf(runs.map(({ scores }) => scores[at] ?? 0))) < 100),
)
if (isShort) process.exitCode = 1
