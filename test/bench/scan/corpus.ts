// What is looked at: descriptions of stills and clips, made from a seed. A frame's pixels are made from its description
// where they are read (picture.ts).
import { randomFrom, type Random } from './random.ts'

export const kinds = [
  'plain',
  'turned',
  'tilted',
  'defocused',
  'moved',
  'noisy',
  'dark',
  'pale',
  'glare',
  'screen',
  'inverted',
  'cracked',
  'creased',
  'margin',
  'tiny',
  'two codes',
  'mixed',
  'negative',
] as const
export type Kind = (typeof kinds)[number]

/** One code in the picture. Lengths in pixels of the frame, angles in radians. */
export interface Placed {
  readonly text: string
  readonly ecc: 'L' | 'M'
  readonly module: number
  readonly x: number
  readonly y: number
  readonly turn: number
  /** How far its plane leans away from the camera, and to which side. */
  readonly tilt: number
  readonly tiltTo: number
  /** White margin around it, in modules; `cut` has none on one side. */
  readonly quiet: number
  readonly cut: boolean
  readonly inverted: boolean
  /** Bend of the paper, in modules at its edge, and a fold across it. */
  readonly bend: number
  readonly folds: number
  /** Share of the modules that are wrong. More than any error correction mends, for negatives. */
  readonly spoilt: number
}

export interface Shot {
  readonly kind: Kind
  readonly seed: number
  readonly width: number
  readonly height: number
  readonly codes: readonly Placed[]
  /** What a black and a white module send to the lens, 0 to 255. */
  readonly black: number
  readonly white: number
  /** How much darker it is on one side, 0 to 1. */
  readonly shade: number
  /** Standard deviation of the lens's blur, and the way of the hand during the exposure, in pixels. */
  readonly defocus: number
  readonly motion: number
  readonly motionTo: number
  /** Of the sensor, in grey values. */
  readonly noise: number
  readonly exposure: number
  readonly glare: number
  /** A screen's lines: their depth, 0 to 1, and their distance in pixels. */
  readonly lines: number
  readonly period: number
  readonly cracks: number
}

export interface Clip {
  readonly name: string
  readonly frames: readonly Shot[]
}

const plainCode = {
  turn: 0,
  tilt: 0,
  tiltTo: 0,
  quiet: 4,
  cut: false,
  inverted: false,
  bend: 0,
  folds: 0,
  spoilt: 0,
} as const
const plainShot = {
  black: 40,
  white: 215,
  shade: 0.1,
  defocus: 0.5,
  motion: 0,
  motionTo: 0,
  noise: 2,
  exposure: 1,
  glare: 0,
  lines: 0,
  period: 4,
  cracks: 0,
} as const

/** How many modules a side a text's code has, near enough to place it: version by capacity in byte mode. */
function sideOf(text: string, ecc: 'L' | 'M'): number {
  const bits = text.length * 8 + 20
  // Data bits grow with the square of the side; fitted to the standard's table from version 9 to 25.
  return Math.ceil(Math.sqrt(bits / (ecc === 'L' ? 0.77 : 0.605)) / 4) * 4 + 1 + 8
}

/** @param texts some tokens, used again and again */
export function makeStills(seed: number, count: number, texts: readonly [string, ...string[]]): Shot[] {
  return Array.from({ length: count }, (_, index) => {
    const random = randomFrom(seed * 7919 + index)
    const kind = kinds[index % kinds.length] ?? 'plain'
    return makeShot(kind, random, texts)
  })
}

function makeShot(kind: Kind, random: Random, texts: readonly [string, ...string[]]): Shot {
  const large = random.next() < 0.3
  const size = large ? { width: 1920, height: 1080 } : { width: 1280, height: 720 }
  const seed = random.whole(1, 2 ** 30)
  const base: Shot = { kind, seed, ...size, ...plainShot, codes: [], shade: random.between(0, 0.2) }
  const code = (changes: Partial<Placed> = {}, module?: number): Placed => place(random, base, texts, changes, module)
  const turned = (): number => random.between(0, Math.PI * 2)
  const slightly = (): number => random.normal() * 0.08
  switch (kind) {
    case 'plain':
      return { ...base, codes: [code()] }
    case 'turned':
      return { ...base, codes: [code({ turn: turned() })] }
    case 'tilted': {
      const tilt = random.between(0.35, 1.05)
      return { ...base, codes: [code({ turn: turned(), tilt, tiltTo: turned() }, random.pick([3, 4, 6]))] }
    }
    case 'defocused': {
      const placed = code({ turn: slightly() }, random.pick([3, 4, 6]))
      return { ...base, codes: [placed], defocus: placed.module * random.between(0.25, 0.7) }
    }
    case 'moved': {
      const placed = code({ turn: slightly() }, random.pick([3, 4, 6]))
      return { ...base, codes: [placed], motion: placed.module * random.between(0.6, 1.9), motionTo: turned() }
    }
    case 'noisy':
      return { ...base, codes: [code({ turn: slightly() })], noise: random.between(8, 55) }
    case 'dark':
      return {
        ...base,
        codes: [code({ turn: slightly() })],
        exposure: random.between(0.07, 0.3),
        noise: random.between(3, 9),
        shade: random.between(0.2, 0.6),
      }
    case 'pale': {
      const black = random.between(90, 170)
      return { ...base, codes: [code({ turn: slightly() })], black, white: black + random.between(12, 50), noise: 4 }
    }
    case 'glare':
      return { ...base, codes: [code({ turn: slightly() })], glare: random.between(0.5, 1.4) }
    case 'screen':
      return {
        ...base,
        codes: [code({ turn: slightly() })],
        black: 15,
        white: 235,
        lines: random.between(0.25, 0.75),
        period: random.between(2.2, 12),
      }
    case 'inverted':
      return { ...base, codes: [code({ turn: slightly(), inverted: true })], defocus: random.between(0.5, 1.2) }
    case 'cracked':
      return { ...base, codes: [code({ turn: slightly() })], cracks: random.whole(3, 9) }
    case 'creased':
      return {
        ...base,
        codes: [code({ turn: slightly(), bend: random.normal() * 2.2, folds: random.whole(1, 4) })],
        shade: random.between(0, 0.4),
      }
    case 'margin': {
      const cut = random.next() < 0.5
      return { ...base, codes: [code({ turn: slightly(), cut, quiet: cut ? 3 : random.pick([0, 1, 2]) })] }
    }
    case 'tiny':
      return { ...base, codes: [offCentre(random, base, code({ turn: slightly() }, random.pick([1.5, 1.8, 2, 2.2])))] }
    case 'two codes': {
      const [left, right] = [code({}, 2), code({}, 2)]
      const y = size.height / 2
      const turn = slightly()
      return {
        ...base,
        codes: [
          { ...left, turn, x: size.width * 0.25, y },
          { ...right, turn: slightly(), x: size.width * random.between(0.64, 0.72), y },
        ],
      }
    }
    case 'mixed':
      return mixed(base, code({ turn: turned(), tilt: random.between(0, 0.5), tiltTo: turned() }), random)
    case 'negative': {
      const spoilt = random.next() < 0.6
      return { ...base, codes: spoilt ? [code({ turn: slightly(), spoilt: random.between(0.2, 0.5) })] : [], noise: 6 }
    }
  }
}

/** A bit of everything, as at a real gate. */
function mixed(base: Shot, placed: Placed, random: Random): Shot {
  return {
    ...base,
    codes: [placed],
    defocus: placed.module * random.between(0.1, 0.45),
    motion: placed.module * random.between(0, 0.6),
    motionTo: random.between(0, 6),
    noise: random.between(3, 16),
    exposure: random.between(0.35, 1.1),
    shade: random.between(0, 0.5),
    glare: random.next() < 0.3 ? random.between(0.3, 0.8) : 0,
    lines: random.next() < 0.3 ? random.between(0.1, 0.35) : 0,
    period: random.between(3, 9),
  }
}

function place(
  random: Random,
  { width, height }: Shot,
  texts: readonly [string, ...string[]],
  changes: Partial<Placed>,
  wanted = random.pick([2, 3, 4, 6]),
): Placed {
  const text = random.pick(texts)
  const ecc = random.next() < 0.5 ? 'L' : 'M'
  const { turn = 0 } = changes
  const across = (sideOf(text, ecc) + 4) * (Math.abs(Math.cos(turn)) + Math.abs(Math.sin(turn)))
  const module = Math.min(wanted, (height * 0.97) / across)
  const roomX = Math.max(0, width - across * module) / 2
  const roomY = Math.max(0, height - across * module) / 2
  return {
    ...plainCode,
    text,
    ecc,
    module,
    x: width / 2 + random.normal() * roomX * 0.25,
    y: height / 2 + random.normal() * roomY * 0.25,
    ...changes,
  }
}

function offCentre(random: Random, { width, height }: Shot, placed: Placed): Placed {
  const half = (sideOf(placed.text, placed.ecc) / 2 + 4) * placed.module
  const side = (length: number): number => (random.next() < 0.5 ? half * 1.15 : length - half * 1.15)
  return { ...placed, x: side(width), y: side(height) }
}

export const FRAMES = 15

/** A hand that shakes, a lens that hunts for focus, an exposure that steps: from frames that cannot be read to fair ones. */
export function makeClips(seed: number, count: number, texts: readonly [string, ...string[]]): Clip[] {
  return Array.from({ length: count }, (_, index) => {
    const random = randomFrom(seed * 104_729 + index)
    const turn = random.between(0, Math.PI * 2)
    const tilt = random.between(0, 0.6)
    const size = random.next() < 0.3 ? { width: 1920, height: 1080 } : { width: 1280, height: 720 }
    const base: Shot = {
      kind: 'mixed',
      seed: random.whole(1, 2 ** 30),
      ...size,
      ...plainShot,
      codes: [],
      shade: random.between(0, 0.5),
      noise: random.between(3, 18),
      glare: random.next() < 0.3 ? random.between(0.3, 0.9) : 0,
      lines: random.next() < 0.4 ? random.between(0.1, 0.45) : 0,
      period: random.between(3, 9),
      cracks: random.next() < 0.1 ? random.whole(3, 7) : 0,
      black: random.between(15, 80),
    }
    const inverted = random.next() < 0.15
    const folds = random.next() < 0.2 ? random.whole(1, 3) : 0
    const module = random.pick([2, 3, 4, 6])
    const placed = place(random, base, texts, { turn, tilt, tiltTo: random.between(0, 6), inverted, folds }, module)
    return { name: `clip ${index}`, frames: filmed(base, placed, random) }
  })
}

function filmed(base: Shot, placed: Placed, random: Random): Shot[] {
  const hunting = random.between(0, Math.PI * 2)
  const pace = random.between(0.25, 0.7)
  const worst = random.between(0.5, 1.1)
  const shake = random.between(0.2, 1)
  const dim = random.between(0.2, 1)
  let [x, y, turn] = [placed.x, placed.y, placed.turn]
  return Array.from({ length: FRAMES }, (_, frame) => {
    x += random.normal() * 5 * shake
    y += random.normal() * 5 * shake
    turn += random.normal() * 0.02 * shake
    return {
      ...base,
      seed: base.seed + frame,
      codes: [{ ...placed, x, y, turn }],
      defocus: placed.module * (0.2 + (worst - 0.2) * (0.5 + 0.5 * Math.sin(hunting + frame * pace))),
      motion: placed.module * Math.abs(random.normal()) * 0.9 * shake,
      motionTo: random.between(0, 6),
      // The camera finds its exposure in steps.
      exposure: frame < 3 ? dim : frame < 6 ? (dim + 1) / 2 : 1,
    }
  })
}
