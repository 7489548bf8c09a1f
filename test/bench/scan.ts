// bench:scan: how many codes readers read, how many wrongly, and how long they take: ours beside the others of the web, on
// the same pixels in the same page. `--quick` a tenth of the corpus, `--stills`, `--clips`, `--only ours,zxing-wasm`, `--seed 6`. `--sheet FILE.webp`
// draws some of the stills with what came of them.
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { chromium, type Page } from 'playwright'
import { listen } from '../../src/host/listen.ts'
import { chromiumArgs, chromiumPath } from '../support/chromium.ts'
import { fixed, report, say, type Table } from './figures.ts'
import { makeClips, makeStills, type Clip, type Shot } from './scan/corpus.ts'
import { buildPage, installPeers, workshop } from './scan/install.ts'
import { openKept } from './scan/kept.ts'
import type { Outcome } from './scan/page.ts'
import { names, type Name } from './scan/names.ts'
import { sheetRows } from './scan/sheet.ts'
import { clipTable, kindTable, missedTable, stillTable, type Looked } from './scan/tables.ts'
import { makeTokens } from './scan/tokens.ts'

const { values: given } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    stills: { type: 'boolean', default: false },
    clips: { type: 'boolean', default: false },
    only: { type: 'string', default: names.join() },
    // That of the corpus with which the stages were made.
    seed: { type: 'string', default: '5' },
    sheet: { type: 'string' },
    afresh: { type: 'boolean', default: false },
    installed: { type: 'boolean', default: false },
    json: { type: 'boolean' },
  },
})
const STILLS = 612
const CLIPS = 200

const share = given.quick ? 0.1 : 1
const seed = Number(given.seed)
const only = given.only.split(',')
const chosen: readonly Name[] = names.filter((name) => only.includes(name))
const both = given.stills === given.clips

async function withPage<Value>(run: (page: Page) => Promise<Value>): Promise<Value> {
  const served = join(workshop, `served-${process.pid}`)
  await buildPage('index.html', served)
  const app = new Hono().use(async (context, next) => {
    await next()
    // Isolated, a page's clock is finer than 0.1 ms.
    context.header('Cross-Origin-Opener-Policy', 'same-origin')
    context.header('Cross-Origin-Embedder-Policy', 'require-corp')
  })
  const server = await listen({ host: 'localhost', port: 0 }, () => app.use(serveStatic({ root: served })).fetch)
  const chrome = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArgs] })
  try {
    const page = await chrome.newPage()
    page.on('pageerror', (error) => say(String(error)))
    await page.goto(`http://localhost:${server.port}/`)
    await page.waitForFunction(() => 'bench' in globalThis)
    return await run(page)
  } finally {
    await chrome.close()
    await server.stop()
    await rm(served, { recursive: true })
  }
}

/** @param what `still` or `clip`, with the number of each: what is kept is kept under that name */
async function look<One extends Shot | Clip>(
  what: 'still' | 'clip',
  all: readonly One[],
  ask: (one: One, names: readonly Name[]) => Promise<Outcome[]>,
): Promise<Looked<One>[]> {
  const looked: Looked<One>[] = []
  for (const [index, one] of all.entries()) {
    const known = chosen.flatMap((name) => kept.of(`${what} ${index}`, name) ?? [])
    const asked = chosen.filter((name) => !known.some((outcome) => outcome.name === name))
    const outcomes = asked.length > 0 ? await ask(one, asked) : []
    kept.keep(`${what} ${index}`, outcomes)
    looked.push({ one, outcomes: [...known, ...outcomes] })
    if (looked.length % 20 === 0) say(`${what} ${looked.length} of ${all.length}`)
  }
  return looked
}

if (!given.installed) await installPeers()
const kept = openKept(seed, given.afresh)
const [first = '', ...others] = await makeTokens(seed, 90)
const texts = [first, ...others] as const
const stills = both || given.stills ? makeStills(seed, Math.round(STILLS * share), texts) : []
const clips = both || given.clips ? makeClips(seed, Math.round(CLIPS * share), texts) : []

const { seenStills, seenClips } = await withPage(async (page) => {
  const seen = {
    seenStills: await look('still', stills, (...asked) =>
      page.evaluate((all) => globalThis.bench.still(...all), asked),
    ),
    seenClips: await look('clip', clips, (...asked) => page.evaluate((all) => globalThis.bench.clip(...all), asked)),
  }
  if (given.sheet !== undefined) {
    const drawn = await page.evaluate((rows) => globalThis.bench.drawSheet(rows), sheetRows(seen.seenStills))
    await writeFile(given.sheet, Buffer.from(drawn.split(',')[1] ?? '', 'base64'))
  }
  return seen
})
await writeFile(
  join(workshop, 'outcomes.json'),
  JSON.stringify({
    stills: seenStills.map(({ one, outcomes }) => ({ kind: one.kind, outcomes })),
    clips: seenClips.map(({ outcomes }) => outcomes),
  }),
)
const tables: Table[] = [
  ...(seenStills.length > 0
    ? [stillTable(chosen, seenStills), kindTable(chosen, seenStills), missedTable(seenStills)]
    : []),
  ...(seenClips.length > 0 ? [clipTable(chosen, seenClips)] : []),
]
report({ stills: seenStills.length, clips: seenClips.length }, tables, [
  `${fixed(seenStills.length)} stills, ${fixed(seenClips.length)} clips`,
])
