// bench:verify: how close `verify` comes to the bare signature check that it cannot do without, in Node and in Chromium,
// and whether its time depends on how many keys are believed.
import { chromium } from 'playwright'
import { build } from 'vite'
import { listen } from '../../src/host/listen.ts'
import { chromiumArgs, chromiumPath } from '../support/chromium.ts'
import { fixed, report, say, spreadOf, withSpread, type Spread, type Table } from './figures.ts'
import { BLOCK, makeMaterial } from './material.ts'
import { measure, type Material, type Measured } from './rounds.ts'

const ROUNDS = 400
const RATIO_WANTED = 0.8
const DRIFT_WANTED = 0.1

interface Realm {
  readonly realm: string
  readonly subjects: readonly { name: string; rawPerSecond: Spread; verifyPerSecond: Spread; ratio: Spread }[]
  /** `against`: the time of a verify, divided by that with the list of one key. */
  readonly sizes: readonly { keys: number; openMs: number; verifyPerSecond: Spread; against: Spread }[]
}

say('Making keys, lists and tokens …')
const material = await makeMaterial()
say('Measuring in Node …')
const node = summarise(`Node ${process.version}`, await measure(material, ROUNDS))
say('Measuring in Chromium …')
const { version, measured } = await measureInChromium(material)
const browser = summarise(`Chromium ${version}`, measured)
report({ rounds: ROUNDS, block: BLOCK, realms: [node, browser] }, [node, browser].flatMap(tablesOf), [
  `Medians and quartiles of ${ROUNDS} rounds of ${BLOCK} codes, one after the other. Wanted: a ratio of ${RATIO_WANTED} or more; ` +
    `times against one key within ${fixed(DRIFT_WANTED * 100)} %.`,
])

/** Bundles the rounds as the gate would be bundled, and runs them in a page of a secure, isolated origin. */
async function measureInChromium(what: Material): Promise<{ version: string; measured: Measured }> {
  const script = await bundle('test/bench/rounds.ts')
  const page = `<!doctype html><script type="module">
    import { measure } from './rounds.js'
    window.begin = async () => measure(await (await fetch('material.json')).json(), ${ROUNDS})
  </script>`
  const parts: Readonly<Record<string, readonly [type: string, body: string]>> = {
    '/': ['text/html', page],
    '/rounds.js': ['text/javascript', script],
    '/material.json': ['application/json', JSON.stringify(what)],
  }
  // Isolated, a page's clock is finer than 0.1 ms.
  const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }
  const server = await listen({ host: 'localhost', port: 0 }, () => (request) => {
    const [type, body] = parts[new URL(request.url).pathname] ?? []
    if (type === undefined) return new Response(undefined, { status: 404 })
    return new Response(body, { headers: { 'Content-Type': `${type}; charset=utf-8`, ...isolation } })
  })
  const chrome = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArgs] })
  try {
    const tab = await chrome.newPage()
    await tab.goto(`http://localhost:${server.port}/`)
    return { version: chrome.version(), measured: await tab.evaluate<Measured>('begin()') }
  } finally {
    await chrome.close()
    await server.stop()
  }
}

async function bundle(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, target: 'es2022', lib: { entry, formats: ['es'], fileName: 'rounds' }, minify: true },
  })
  const [output] = Array.isArray(built) ? built : [built]
  const [chunk, ...rest] = output && 'output' in output ? output.output : []
  if (chunk?.type !== 'chunk' || rest.length > 0) throw new Error(`${entry} was to become one file`)
  return chunk.code
}

function perSecond(times: readonly number[]): Spread {
  return spreadOf(times.map((time) => (BLOCK * 1000) / time))
}

/** Round by round, for what disturbs one contender of a round disturbs the other too. */
function quotients(over: readonly number[], under: readonly number[]): Spread {
  return spreadOf(over.map((time, round) => time / (under[round] ?? Number.NaN)))
}

function summarise(realm: string, { subjects, sizes }: Measured): Realm {
  return {
    realm,
    subjects: subjects.map(({ name, raw, verify }) => ({
      name,
      rawPerSecond: perSecond(raw),
      verifyPerSecond: perSecond(verify),
      ratio: quotients(raw, verify),
    })),
    sizes: sizes.map(({ keys, open, verify }) => ({
      keys,
      openMs: open,
      verifyPerSecond: perSecond(verify),
      against: quotients(verify, sizes[0]?.verify ?? []),
    })),
  }
}

function tablesOf({ realm, subjects, sizes }: Realm): Table[] {
  return [
    [
      [realm, 'raw a second', 'verify a second', 'ratio'],
      ...subjects.map(({ name, rawPerSecond, verifyPerSecond, ratio }) => [
        name,
        withSpread(rawPerSecond),
        withSpread(verifyPerSecond),
        withSpread(ratio, 2),
      ]),
    ],
    [
      [`${realm}, keys believed`, 'to open, ms', 'verify a second', 'time against one key'],
      ...sizes.map(({ keys, openMs, verifyPerSecond, against }) => [
        fixed(keys),
        fixed(openMs, 1),
        withSpread(verifyPerSecond),
        withSpread(against, 3),
      ]),
    ],
  ]
}
