// soak: a long shift in one tab of the built gate. Every verdict is the right one, memory stays, and the last thousand are
// as quick as the first. Options: --codes N (default 50,000), --json. Wants `npm run build`.
import { parseArgs } from 'node:util'
import { fixed, report, say, spreadOf } from '../bench/figures.ts'
import { defaultSettings } from '../../src/gate/session/settings.ts'
import { workAShift, type Sample } from './shift.ts'

/** By how much memory and time may grow. */
const MARGIN = 1.1

const { values } = parseArgs({ options: { codes: { type: 'string', default: '50000' }, json: { type: 'boolean' } } })
const codes = Number(values.codes)
if (!Number.isInteger(codes) || codes < 1000) {
  say('--codes takes a whole number from 1000 on.')
  process.exit(2)
}

const began = performance.now()
const row = ({ codes: after, verdictMs, quickMs, threadMs, heap, nodes, listeners }: Sample): string[] => [
  fixed(after),
  fixed(verdictMs, 1),
  fixed(quickMs, 2),
  fixed(threadMs, 2),
  fixed(heap / 1000),
  fixed(nodes),
  fixed(listeners),
]
const shift = await workAShift({ codes, every: 1000, filmed: 3, onSample: (sample) => say(row(sample).join('  ')) })
const minutes = (performance.now() - began) / 60_000

const { samples, answers, byCamera, wrong, faults } = shift
const [warm, first] = samples
const last = samples.at(-1)
if (!warm || !first || !last) throw new Error('a shift has samples')
// The gate remembers codes for minutes, so that one that comes again is noticed: from then on as many are forgotten as come.
const full = samples.find(({ minutes: after }) => after > defaultSettings.replayMinutes) ?? warm
// What a single sample has too much is rubbish that the two collections before it did not reach.
const held = spreadOf(samples.slice(-10).map(({ heap }) => heap)).median
const findings = [
  ...wrong.map((words) => `wrong verdict: ${words}`),
  ...faults,
  ...(held > full.heap * MARGIN ? [`memory grew from ${fixed(full.heap)} to ${fixed(held)} bytes`] : []),
  ...(last.quickMs > first.quickMs * MARGIN
    ? [`a verdict took ${fixed(first.quickMs, 2)} ms at first, and ${fixed(last.quickMs, 2)} ms at last`]
    : []),
]
const every = Math.max(1, Math.round(samples.length / 10))
report({ minutes, ...shift, findings }, [
  [
    ['after codes', 'verdict, ms', 'quickest tenth', 'thread, ms a code', 'heap, kB', 'DOM nodes', 'listeners'],
    ...samples.filter((sample, index) => index % every === 0 || sample === last).map(row),
  ],
  [['verdict', 'times'], ...Object.entries(answers).map(([answer, times]) => [answer, fixed(times)])],
  [
    ['', ''],
    ['by camera', fixed(byCamera)],
    ['wrong verdicts', fixed(wrong.length)],
    ['heap after the warm-up, bytes', fixed(warm.heap)],
    [`heap after ${fixed(full.codes)} codes and ${fixed(full.minutes, 1)} minutes, bytes`, fixed(full.heap)],
    ['heap, median of the last ten samples / heap then', fixed(held / full.heap, 3)],
    ['highest heap, bytes', fixed(Math.max(...samples.map(({ heap }) => heap)))],
    ['last thousand / first thousand, quickest tenth', fixed(last.quickMs / first.quickMs, 3)],
    ['last thousand / first thousand, median', fixed(last.verdictMs / first.verdictMs, 3)],
    ['last thousand / first thousand, thread time', fixed(last.threadMs / first.threadMs, 3)],
    ['minutes', fixed(minutes, 1)],
  ],
])
for (const finding of findings) say(finding)
process.exit(findings.length === 0 ? 0 : 1)
