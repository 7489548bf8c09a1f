// The ways in which a picture is looked at, one after another, until a code is read. zxing alone reads most codes and is the
// first; each of the others is here because it reads codes that those before it do not (docs/performance.md has the figures).
import { findCorners, findFinders } from './finders.ts'
import { fitGrid } from './grid.ts'
import { drawModules, LARGEST_DRAWING, sampleModules, type Decision } from './modules.ts'
import { binarise, enlarge, noiseOf, sharpen, smooth, type Plane } from './plane.ts'

/** How zxing is asked: by which binariser, and for a code that may lie in any way or for one that was drawn by us. */
export interface Ask {
  readonly binarizer: 'LocalAverage' | 'GlobalHistogram' | 'FixedThreshold'
  readonly drawn?: boolean
}

/** Whatever decodes: gives a text only if its error correction holds. */
export type Decode = (plane: Plane, ask: Ask) => string | undefined

interface Stage {
  readonly name: string
  readonly read: (plane: Plane, decode: Decode) => string | undefined
}

const local: Ask = { binarizer: 'LocalAverage' }

export const stages = [
  { name: 'as it is', read: (plane, decode) => decode(plane, local) },
  // Lines of a screen are thinner than what the local average takes for a neighbourhood.
  { name: 'one threshold', read: (plane, decode) => decode(plane, { binarizer: 'GlobalHistogram' }) },
  // A margin that is cut off or printed over, glare, and noise.
  { name: 'our grid', read: (plane, decode) => readGrid(plane, decode) },
  {
    name: 'our grid, smoothed',
    read(plane, decode) {
      const pixels = room('smooth', plane)
      smooth(plane, pixels)
      return readGrid({ ...plane, pixels }, decode)
    },
  },
  // Small modules, and bent paper.
  {
    name: 'twice as large',
    read: (plane, decode) => decode(enlarge(plane, room('large', plane, 4)), local),
  },
  // Out of focus.
  {
    name: 'sharpened',
    read(plane, decode) {
      const pixels = room('sharp', plane)
      sharpen(plane, 2, 1.5, new Uint8ClampedArray(pixels.buffer))
      return decode({ ...plane, pixels }, local) ?? readGrid({ ...plane, pixels }, decode)
    },
  },
] as const satisfies readonly Stage[]

/** Of the corners that may be codes; each costs a fraction of a millisecond unless it is one. */
const CORNERS = 30
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

function readGrid(plane: Plane, decode: Decode): string | undefined {
  const bits = room('bits', plane)
  binarise(plane, 24, bits)
  for (const corner of findCorners(findFinders(bits, plane)).slice(0, CORNERS)) {
    const grid = fitGrid(plane, corner)
    if (!grid) continue
    const values = sampleModules(plane, grid)
    for (const decision of decisions) {
      const pixels = room('drawing', LARGEST_DRAWING)
      const side = drawModules(values, grid, decision, pixels)
      const text = decode({ pixels, width: side, height: side }, { binarizer: 'FixedThreshold', drawn: true })
      if (text !== undefined) return text
    }
    if (grid.fit > SURE_FIT) return undefined
  }
  return undefined
}

const rooms = new Map<string, Uint8Array>()

/** Memory that is used again for each picture of the same size. */
function room(
  name: string,
  { width, height }: { readonly width: number; readonly height: number },
  times = 1,
): Uint8Array {
  const size = width * height * times
  const before = rooms.get(name)
  if (before?.length === size) return before
  const fresh = new Uint8Array(size)
  rooms.set(name, fresh)
  return fresh
}

/** What came of a picture: the text, if one was read, and the stage that was tried last. */
export interface Found {
  readonly text: string | undefined
  readonly last: number | undefined
}

/** Noise from which on only what smooths finds anything: to sharpen such a picture, or to look for a grid in it, is time lost. */
const NOISY = 45
const soothing: ReadonlySet<number> = new Set([3, 4])
const rank = (stage: number): number => (stage === 0 ? 0 : soothing.has(stage) ? 1 : 2)

/** The same stages, those first that have a chance; the one that is nearly free, zxing alone, before all. */
export function inTurn(order: readonly number[], plane: Plane): readonly number[] {
  if (order.length === 1 || noiseOf(plane) < NOISY) return order
  return order.toSorted((one, other) => rank(one) - rank(other))
}

/**
 * Looks at a picture by these stages until one reads it or the time is over; the first is always tried.
 * @param order places in `stages`; noise may change it
 * @param patience milliseconds
 */
export function readBy(order: readonly number[], plane: Plane, decode: Decode, patience: number): Found {
  const end = performance.now() + patience
  let last: number | undefined
  for (const stage of inTurn(order, plane)) {
    if (last !== undefined && performance.now() > end) break
    last = stage
    const text = stages[stage]?.read(plane, decode)
    if (text !== undefined) return { text, last }
  }
  return { text: undefined, last }
}
