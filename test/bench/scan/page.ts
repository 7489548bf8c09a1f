// The page in which everything is read: makes each frame's pixels, gives them to each reader, and notes what came of it.
import type { Clip, Shot } from './corpus.ts'
import { picture } from './picture.ts'
import type { Name } from './names.ts'
import { drawSheet } from './sheet.ts'
import { open, type Contender, type Read, type View } from './readers.ts'

export interface Outcome {
  readonly name: Name
  /** `nearest` is the code that is aimed at, `other` another one in view, `wrong` none that is there. */
  readonly read: 'nearest' | 'other' | 'wrong' | 'nothing'
  /** Milliseconds; for a clip, those of all its frames. */
  readonly time: number
  /** For clips: in which frame it was read, from 1. */
  readonly frame?: number
}

const contenders = new Map<Name, Contender>()
/** Opened when they are first asked for, and once. */
async function opened(names: readonly Name[]): Promise<[Name, Contender][]> {
  const all: [Name, Contender][] = []
  for (const name of names) {
    const contender = contenders.get(name) ?? (await open(name))
    contenders.set(name, contender)
    all.push([name, contender])
  }
  return all
}
const canvas = document.createElement('canvas')
const context = canvas.getContext('2d', { willReadFrequently: true })

function viewOf(shot: Shot, luma = picture(shot)): View {
  const { width, height } = shot
  const image = new ImageData(width, height)
  const words = new Uint32Array(image.data.buffer)
  for (let at = 0; at < luma.length; at++) words[at] = 0xff000000 | ((luma[at] ?? 0) * 0x010101)
  canvas.width = width
  canvas.height = height
  context?.putImageData(image, 0, 0)
  return { width, height, luma, image, canvas }
}

async function judged(shot: Shot, view: View, read: Read): Promise<{ read: Outcome['read']; time: number }> {
  const began = performance.now()
  const text = await read(view).catch(() => undefined)
  const time = performance.now() - began
  if (text === undefined || text === '') return { read: 'nothing', time }
  const [nearest] = shot.codes
    .filter(({ spoilt }) => spoilt === 0)
    .toSorted((one, other) => offCentre(shot, one) - offCentre(shot, other))
  if (text === nearest?.text) return { read: 'nearest', time }
  return { read: shot.codes.some((code) => code.spoilt === 0 && code.text === text) ? 'other' : 'wrong', time }
}

const offCentre = ({ width, height }: Shot, { x, y }: { x: number; y: number }): number =>
  Math.hypot(x - width / 2, y - height / 2)

const entries = {
  async still(shot: Shot, names: readonly Name[]): Promise<Outcome[]> {
    const view = viewOf(shot)
    const outcomes: Outcome[] = []
    for (const [name, { still }] of await opened(names)) outcomes.push({ name, ...(await judged(shot, view, still)) })
    return outcomes
  },

  /**
   * Each reader gets frame after frame until it reads one. All frames are made before, and the readers have the clip one after
   * another: none works on while a frame is made or another reader has its turn.
   */
  async clip({ frames }: Clip, names: readonly Name[]): Promise<Outcome[]> {
    const made = frames.map(picture)
    const outcomes: Outcome[] = []
    for (const [name, { still, frame = still, rest }] of await opened(names)) {
      let sum = 0
      let outcome: Outcome | undefined
      for (const [index, shot] of frames.entries()) {
        const { read, time } = await judged(shot, viewOf(shot, made[index]), frame)
        sum += time
        if (read === 'nothing') continue
        outcome = { name, read, time: sum, frame: index + 1 }
        break
      }
      outcomes.push(outcome ?? { name, read: 'nothing', time: sum })
      await rest?.()
    }
    return outcomes
  },

  drawSheet,
}

declare global {
  /** What the benchmark calls from outside the page. */
  var bench: typeof entries
}
globalThis.bench = entries
