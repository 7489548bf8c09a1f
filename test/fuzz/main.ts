import { parseArgs } from 'node:util'
import { fixed, report, say } from '../bench/figures.ts'
import { fuzz } from './fuzz.ts'
import { openTargets } from './targets.ts'

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '100000' }, seed: { type: 'string' }, json: { type: 'boolean' } },
})
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 30) : Number(values.seed)
const runs = Number(values.runs)
if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(runs) || runs <= 0) {
  say('--runs and --seed are whole numbers.')
  process.exit(2)
}

say(`Seed ${seed}`)
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
if (findings.length > 0) process.exitCode = 1
