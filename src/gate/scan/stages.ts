// The ways in which a picture is looked at, one after another, until a code is read. zxing alone reads most codes and is the
// first; each of the others is here because it reads codes that those before it do not (docs/performance.md has the figures).
import { findCorners, findFinders } from './finders.ts'
import { fitGrid, startGrid } from './grid.ts'
import { drawModules, LARGEST_DRAWING, sampleModules, type Decision } from './modules.ts'
import { binarise, enlarge, sharpen, smooth, type Plane } from './plane.ts'
import { cutOut, findRegion } from './region.ts'

/** How zxing is asked: by which binariser, and for a code that may lie in any way or for one that was drawn by us. */
export interface Ask {
  readonly binarizer: 'LocalAverage' | 'GlobalHistogram' | 'FixedThreshold'
  readonly drawn?: boolean
}

/** Whatever decodes: gives a text only if its error correction holds. */
export type Decode = (plane: Plane, ask: Ask) => string | undefined

/** A picture, and what is made of it when a stage first asks for it. */
export interface Sight {
  readonly whole: Plane
  /** Where a code is likely to be: on average a quarter of the picture. */
  readonly part: Plane
  /** That part with its blur taken back; and smoothed before, where noise would be sharpened as well. */
  readonly sharp: Plane
  readonly calm: Plane
}

interface Stage {
  readonly name: string
  readonly read: (sight: Sight, decode: Decode) => string | undefined
}

const local: Ask = { binarizer: 'LocalAverage' }

export const stages = [
  { name: 'as it is', read: ({ whole }, decode) => decode(whole, local) },
  // Lines of a screen are thinner than what the local average takes for a neighbourhood.
  { name: 'one threshold', read: ({ part }, decode) => decode(part, { binarizer: 'GlobalHistogram' }) },
  // Out of focus, and noise.
  { name: 'smoothed and sharpened', read: ({ calm }, decode) => decode(calm, local) },
  // A margin that is cut off or printed over, glare, a moving hand.
  { name: 'our grid', read: ({ calm, part }, decode) => readGrid(calm, [part, calm], decode) },
  // Small modules, and bent paper.
  {
    name: 'sharpened, twice as large',
    read: ({ sharp }, decode) => decode(enlarge(sharp, room('large', sharp, 4)), local),
  },
  // Modules that smoothing would take away.
  { name: 'our grid, sharpened', read: ({ sharp, part }, decode) => readGrid(sharp, [part, sharp], decode) },
  // Where something else in view is busier than the code.
  { name: 'our grid, everywhere', read: ({ whole }, decode) => readGrid(whole, [whole], decode) },
] as const satisfies readonly Stage[]

/** How far around a pixel blur is taken back, in pixels, and how much of it. */
const BLUR = 3
const STRENGTH = 2

function sharpened(name: string, plane: Plane): Plane {
  const pixels = room(name, plane)
  sharpen(plane, BLUR, STRENGTH, new Uint8ClampedArray(pixels.buffer, 0, pixels.length))
  return { ...plane, pixels }
}

/** What is made once is kept for the stages after it, until the next picture. */
export function sightOf(whole: Plane): Sight {
  const made = new Map<string, Plane>()
  const once = (name: string, make: () => Plane): Plane => {
    const plane = made.get(name) ?? make()
    made.set(name, plane)
    return plane
  }
  return {
    whole,
    get part() {
      return once('part', () => {
        const region = findRegion(whole)
        return region ? cutOut(whole, region, room('part', region)) : whole
      })
    },
    get sharp() {
      return once('sharp', () => sharpened('sharp', this.part))
    },
    get calm() {
      return once('calm', () => {
        const pixels = room('smooth', this.part)
        smooth(this.part, pixels)
        return sharpened('calm', { ...this.part, pixels })
      })
    },
  }
}

/** Of the corners that may be codes, those that are looked at, and those of them whose grid is worth a search. */
const CORNERS = 16
const STARTS = 3
/** A grid that fits this well is a code's, whether it can be read or not. */
const SURE_FIT = 0.6

/** Most first: what blur and a moving hand did is taken back by more and more. */
const decisions: readonly Decision[] = [
  { across: 0, down: 0, reach: 5 },
  { across: 0.35, down: 0.35, reach: 5 },
  { across: 0.8, down: 0.8, reach: 4 },
  { across: 0.7, down: 0, reach: 5 },
  { across: 0, down: 0.7, reach: 5 },
]

/** @param sources the same picture as `plane`, in which its grid's modules are looked at */
function readGrid(plane: Plane, sources: readonly Plane[], decode: Decode): string | undefined {
  const bits = room('bits', plane)
  binarise(plane, 24, bits)
  const starts = findCorners(findFinders(bits, plane))
    .slice(0, CORNERS)
    .flatMap((corner) => startGrid(plane, corner) ?? [])
    .toSorted((one, other) => other.fit - one.fit)
  for (const start of starts.slice(0, STARTS)) {
    const grid = fitGrid(plane, start)
    if (!grid) continue
    for (const source of sources) {
      const values = sampleModules(source, grid)
      for (const decision of decisions) {
        const pixels = room('drawing', LARGEST_DRAWING)
        const side = drawModules(values, grid, decision, pixels)
        const text = decode({ pixels, width: side, height: side }, { binarizer: 'FixedThreshold', drawn: true })
        if (text !== undefined) return text
      }
    }
    if (grid.fit > SURE_FIT) return undefined
  }
  return undefined
}

const rooms = new Map<string, Uint8Array>()

/** Memory that is used again for each picture: regions differ in size from frame to frame. */
function room(
  name: string,
  { width, height }: { readonly width: number; readonly height: number },
  times = 1,
): Uint8Array {
  const size = width * height * times
  let kept = rooms.get(name)
  if (!kept || kept.length < size) {
    kept = new Uint8Array(size)
    rooms.set(name, kept)
  }
  return kept.subarray(0, size)
}

/** What came of a picture: the text, if one was read, and the stage that was tried last. */
export interface Found {
  readonly text: string | undefined
  readonly last: number | undefined
}

/**
 * Looks at a picture by these stages until one reads it or the time is over; the first is always tried.
 * @param order places in `stages`
 * @param patience milliseconds
 */
export function readBy(order: readonly number[], plane: Plane, decode: Decode, patience: number): Found {
  const end = performance.now() + patience
  const sight = sightOf(plane)
  let last: number | undefined
  for (const stage of order) {
    if (last !== undefined && performance.now() > end) break
    last = stage
    const text = stages[stage]?.read(sight, decode)
    if (text !== undefined) return { text, last }
  }
  return { text: undefined, last }
}
