import { parseArgs } from 'node:util'
import { fixed, report, say } from '../bench/figures.ts'
import { fuzz } from './fuzz.ts'
import { faults, fuzzWith } from './planted.ts'
import { openTargets } from './targets.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    seed: { type: 'string' },
    planted: { type: 'boolean', default: false },
    json: { type: 'boolean' },
  },
})
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 30) : Number(values.seed)
const runs = Number(values.runs ?? (values.planted ? 40_000 : 100_000))
if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(runs) || runs <= 0) {
  say('--runs and --seed are whole numbers.')
  process.exit(2)
}

say(`Seed ${seed}`)
process.exitCode = (await (values.planted ? lookForPlanted() : lookForLong())) ? 0 : 1

/** @returns whether nothing was found */
async function lookForLong(): Promise<boolean> {
  const start = performance.now()
  let told = 0
  const { executions, findings } = await fuzz(await openTargets(), runs, seed, (done) => {
    if (done - told < 100_000) return
    told = done
    say(`${fixed(done)} executions, ${fixed((done * 1000) / (performance.now() - start))} a second`)
  })
  const seconds = (performance.now() - start) / 1000
  const all = [...executions.values()].reduce((sum, count) => sum + count, 0)
  report({ seed, seconds, executions: Object.fromEntries(executions), findings }, [
    [
      ['target', 'executions'],
      ...[...executions].map(([name, count]) => [name, fixed(count)]),
      [`in all, ${fixed(seconds)} s`, fixed(all)],
    ],
  ])
  for (const { target, words, seed: at } of findings) say(`\n${target} (--seed ${at}): ${words}`)
  return findings.length === 0
}

/** @returns whether every fault that was put into the core was found */
async function lookForPlanted(): Promise<boolean> {
  const found = new Map<string, number | undefined>()
  for (const fault of faults) found.set(fault.name, await fuzzWith(fault, runs, seed))
  report({ seed, found: Object.fromEntries(found) }, [
    [
      ['fault in the core', 'found within executions'],
      ...[...found].map(([name, count]) => [name, count === undefined ? 'not found' : fixed(count)]),
    ],
  ])
  return [...found.values()].every((count) => count !== undefined)
}
