// bench:stages: what each stage of the reader adds, on the stills of bench:scan, in Node and by the processor's own time, so
// that it matters little what else the machine does. Each stage looks at each still; what two eyes would have read in 150 ms,
// with all stages and with each one switched off, follows from that. Of the clips, each frame is looked at by whatever eye would
// have had the time for it, at 15 frames a second. `--seed 6`, and `--stills N` and `--clips N` for fewer.
/// <reference types="emscripten" />
/* oxlint-disable no-underscore-dangle -- Emscripten's own names begin with one */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { parseArgs } from 'node:util'
import { prepareZXingModule } from 'zxing-wasm/reader'
import { patientRound, quickTask, stillTasks, type Task } from '../../src/gate/scan/schedule.ts'
import type { Plane } from '../../src/gate/scan/plane.ts'
import { sightOf, stages, type Decode, type Sight } from '../../src/gate/scan/stages.ts'
import { readNearest } from '../../src/gate/scan/zxing.ts'
import { fixed, report, say, spreadOf } from './figures.ts'
import { FRAMES, makeClips, makeStills, type Clip, type Shot } from './scan/corpus.ts'
import { picture } from './scan/picture.ts'
import { makeTokens } from './scan/tokens.ts'

const PATIENCE = 150
const FRAME = 1000 / 15

const { values: given } = parseArgs({
  options: {
    seed: { type: 'string', default: '5' },
    stills: { type: 'string', default: '612' },
    clips: { type: 'string', default: '200' },
    json: { type: 'boolean' },
  },
})

/** What came of one stage's look at one still, and how long it took, in milliseconds. */
interface Look {
  readonly read: 'right' | 'wrong' | 'nothing'
  readonly time: number
}

const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
const zxing = await prepareZXingModule({
  overrides: { wasmBinary: Uint8Array.from(readFileSync(wasm)).buffer },
  fireImmediately: true,
})

const decode: Decode = ({ pixels, width, height }, ask) => {
  const pointer = zxing._malloc(width * height)
  zxing.HEAPU8.set(pixels.subarray(0, width * height), pointer)
  const text = readNearest(zxing, { pointer, width, height }, ask)
  zxing._free(pointer)
  return text
}

interface Looked {
  /** By stages. */
  readonly looks: readonly Look[]
}

const eyes = stillTasks(2, PATIENCE).flatMap((task) => task ?? [])

function planeOf(shot: Shot): Plane {
  return { pixels: new Uint8Array(picture(shot)), width: shot.width, height: shot.height }
}

function lookBy(stage: number, sight: Sight, { codes }: Shot): Look {
  const began = process.cpuUsage()
  const text = stages[stage]?.read(sight, decode)
  const { user, system } = process.cpuUsage(began)
  const isThere = codes.some((code) => code.spoilt === 0 && code.text === text)
  return { read: text === undefined ? 'nothing' : isThere ? 'right' : 'wrong', time: (user + system) / 1000 }
}

function lookAt(shot: Shot): Looked {
  const plane = planeOf(shot)
  // Each has to make for itself what an eye would make once for all of its stages.
  return { looks: stages.map((_, stage) => lookBy(stage, sightOf(plane), shot)) }
}

/** As `readBy` goes about it: what is read first, and when; nothing where no eye reads it. */
function firstRead({ looks }: Looked, without: number | undefined): { read: Look['read']; time: number } {
  const ends = eyes.map(({ order }) => {
    let time = 0
    for (const [tried, stage] of order.filter((one) => one !== without).entries()) {
      if (tried > 0 && time > PATIENCE) break
      const look = looks[stage]
      if (!look) continue
      time += look.time
      if (look.read !== 'nothing') return { read: look.read, time }
    }
    return { read: 'nothing', time: Infinity } as const
  })
  return ends.reduce((one, other) => (other.time < one.time ? other : one))
}

/** As `readBy` goes about it, and how long that takes. */
function stare({ order, patience }: Task, plane: Plane, shot: Shot): Look & { readonly last: number | undefined } {
  let time = 0
  let last: number | undefined
  const sight = sightOf(plane)
  for (const stage of order) {
    if (last !== undefined && time > patience) break
    last = stage
    const look = lookBy(stage, sight, shot)
    time += look.time
    if (look.read !== 'nothing') return { read: look.read, time, last }
  }
  return { read: 'nothing', time, last }
}

/**
 * In which frame a clip is read, from 1, as the fast reader goes about it while something moves. What the patient eye reads
 * counts for the frame that is on the screen by then.
 */
function frameOf({ frames }: Clip, eyesOpen: 1 | 2): number | undefined {
  const round = patientRound()
  let freeAt = 0
  let lateAt = Infinity
  for (const [index, shot] of frames.entries()) {
    const now = index * FRAME
    const plane = planeOf(shot)
    if (stare(quickTask, plane, shot).read === 'right') return index + 1
    if (eyesOpen === 2 && freeAt <= now) {
      const { read, time, last } = stare(round.next(), plane, shot)
      round.took(last, read !== 'nothing')
      freeAt = now + time
      if (read === 'right') lateAt = freeAt
    }
    if (lateAt < now + FRAME) return index + 1
  }
  return undefined
}

const [first = '', ...others] = await makeTokens(Number(given.seed), 90)
const stills = makeStills(Number(given.seed), Number(given.stills), [first, ...others])
// Whatever compiles first compiles now.
for (const shot of stills.slice(0, 6)) lookAt(shot)
const all: Looked[] = []
for (const shot of stills) {
  all.push(lookAt(shot))
  if (all.length % 50 === 0) say(`${all.length} of ${stills.length}`)
}

const clips = makeClips(Number(given.seed), Number(given.clips), [first, ...others])
const filmed: { one: number | undefined; two: number | undefined }[] = []
for (const clip of clips) {
  filmed.push({ one: frameOf(clip, 1), two: frameOf(clip, 2) })
  if (filmed.length % 20 === 0) say(`${filmed.length} of ${clips.length} clips`)
}
const filmedWithin = (eyesOpen: 'one' | 'two', limit: number): string =>
  fixed(filmed.filter((frames) => (frames[eyesOpen] ?? Infinity) <= limit).length)

const rightOf = ({ looks }: Looked, stage: number): boolean => looks[stage]?.read === 'right'
const readWithin = (limit: number, without?: number): number =>
  all.filter((looked) => {
    const { read, time } = firstRead(looked, without)
    return read === 'right' && time <= limit
  }).length
const whole = readWithin(Infinity)

report(
  { seed: given.seed, all, filmed },
  [
    [
      [
        `${stills.length} stills, seed ${given.seed}`,
        'reads',
        'that zxing as it is does not',
        'that no other stage does',
        'wrong',
        'read without it',
        'median ms',
        'p95 ms',
      ],
      ...stages.map(({ name }, stage) => {
        const count = (test: (looked: Looked) => boolean): string => fixed(all.filter(test).length)
        const times = all.map(({ looks }) => looks[stage]?.time ?? Number.NaN).toSorted((one, other) => one - other)
        const alone = (looked: Looked): boolean =>
          rightOf(looked, stage) && !stages.some((_, other) => other !== stage && rightOf(looked, other))
        const without = readWithin(Infinity, stage)
        return [
          name,
          count((looked) => rightOf(looked, stage)),
          count((looked) => rightOf(looked, stage) && !rightOf(looked, 0)),
          count(alone),
          count(({ looks }) => looks[stage]?.read === 'wrong'),
          `${fixed(without)} (${fixed(without - whole)})`,
          fixed(spreadOf(times).median, 1),
          fixed(times[Math.round((times.length - 1) * 0.95)] ?? Number.NaN, 1),
        ]
      }),
    ],
    ...(clips.length === 0
      ? []
      : [
          [
            [`${clips.length} clips, seed ${given.seed}, 15 frames a second`, 'read', 'within 10 frames', 'within 3'],
            ...(['one', 'two'] as const).map((eyesOpen) => [
              eyesOpen === 'one' ? 'the quick eye alone' : 'both eyes',
              filmedWithin(eyesOpen, FRAMES),
              filmedWithin(eyesOpen, 10),
              filmedWithin(eyesOpen, 3),
            ]),
          ],
        ]),
  ],
  [
    `Two eyes, no stage begun after ${PATIENCE} ms: ${fixed(whole)} read, ${fixed(readWithin(PATIENCE))} of them within ${PATIENCE} ms.`,
    `All stages, without a limit of time: ${fixed(all.filter((looked) => stages.some((_, stage) => rightOf(looked, stage))).length)}.`,
  ],
)
