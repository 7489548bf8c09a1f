// The three finder patterns of a QR code (ISO/IEC 18004, section 5.3.3), in black and white pixels. Unlike most readers it
// wants nothing of what is around a pattern: a code whose margin is cut off or printed over is found too.
import type { Plane, Point } from './plane.ts'

export interface Finder extends Point {
  /** Pixels a module. */
  readonly module: number
  /** 1 for a dark middle, 0 for a light one, in an inverted code. */
  readonly middle: number
  /** How often it was crossed. */
  readonly crossed: number
}

/** Finder patterns that may belong to one code, by their places in it. */
export interface Corner {
  readonly topLeft: Finder
  readonly topRight: Finder
  readonly bottomLeft: Finder
  /** 0 is a perfect corner. */
  readonly doubt: number
}

const MOST = 16

interface Seen {
  x: number
  y: number
  module: number
  readonly middle: number
  crossed: number
  /** On how many of its diagonals it was crossed too. */
  diagonals: number
}

/** @param bits the same plane in black and white: 1 for dark */
export function findFinders(bits: Uint8Array, plane: Plane): Finder[] {
  const { width, height } = plane
  const found: Seen[] = []
  /** Those that a row as far down as this one may still cross. */
  let near: Seen[] = []
  const starts = new Int32Array(width + 1)

  const note = (x: number, y: number, module: number, middle: number, row: number): void => {
    near = near.filter((one) => one.y + one.module * 3 > row)
    const known = near.find(
      (one) => one.middle === middle && Math.abs(one.x - x) < module * 2 && Math.abs(one.y - y) < module * 2,
    )
    if (known) {
      known.crossed += 1
      const weight = 1 / known.crossed
      known.x += (x - known.x) * weight
      known.y += (y - known.y) * weight
      known.module += (module - known.module) * weight
      return
    }
    const [px, py] = [Math.round(x), Math.round(y)]
    const diagonals = [width + 1, width - 1].filter((step) => follow(bits, px, py, step, width, height, module)).length
    const one = { x, y, module, middle, crossed: 1, diagonals }
    near.push(one)
    found.push(one)
  }

  // Every second row: the middle of a pattern is four pixels high at least.
  for (let y = 2; y < height - 2; y += 2) {
    const row = y * width
    let runs = 0
    starts[0] = 0
    let last = bits[row]
    for (let x = 1; x < width; x++) {
      const bit = bits[row + x]
      if (bit === last) continue
      last = bit
      runs += 1
      starts[runs] = x
    }
    starts[runs + 1] = width
    for (let run = 2; run < runs - 1; run++) {
      const from = starts[run] ?? 0
      const to = starts[run + 1] ?? 0
      const core = to - from
      if (core < 4) continue
      const left = starts[run - 1] ?? 0
      const right = starts[run + 2] ?? 0
      const [before, after] = [from - left, right - to]
      if (!isAcross(before, core, after)) continue
      const module = (before + core + after) / 5
      if (left - (starts[run - 2] ?? 0) < module * 0.5 || (starts[run + 3] ?? 0) - right < module * 0.5) continue
      const middle = bits[row + from] ?? 0
      const x = (from + to - 1) / 2
      const down = follow(bits, Math.round(x), y, width, width, height, module)
      if (!down || down.module > module * 2.2 || down.module < module / 2.2) continue
      const centre = y + down.off
      const over = follow(bits, Math.round(x), Math.round(centre), 1, width, height, module)
      if (over) note(Math.round(x) + over.off, centre, (over.module + down.module) / 2, middle, y)
    }
  }
  return found
    .filter(({ crossed, module }) => crossed >= Math.max(2, module * 0.3))
    .map((one) => ({ ...one, worth: worthOf(plane, one) }))
    .toSorted((one, other) => other.worth - one.worth)
    .slice(0, MOST)
}

/** How much it stands out, in grey values: noise makes patterns too, but pale ones, and none that hold on all sides. */
function worthOf({ pixels, width, height }: Plane, { x, y, module, middle, crossed, diagonals }: Seen): number {
  const reach = Math.max(1, Math.round(module))
  let [core, ring] = [0, 0]
  for (let off = -reach; off <= reach; off++) {
    for (let side = -reach; side <= reach; side++) {
      core += at(x + off, y + side)
      // As many looks at the ring, on its four sides.
      const away = (side < 0 ? -2 : 2) * module
      ring += side % 2 === 0 ? at(x + off, y + away) : at(x + away, y + off)
    }
  }
  const looks = (2 * reach + 1) ** 2
  const contrast = ((ring - core) / looks) * (middle === 1 ? 1 : -1)
  return contrast * (Math.min(1, crossed / (module * 1.25)) + diagonals * 0.5)

  function at(px: number, py: number): number {
    const [column, row] = [Math.round(px), Math.round(py)]
    return column < 0 || row < 0 || column >= width || row >= height ? 128 : (pixels[row * width + column] ?? 0)
  }
}

/** Light, dark, light as 1 : 3 : 1, as far as whole pixels and blur leave it. */
function isAcross(before: number, core: number, after: number): boolean {
  const module = (before + core + after) / 5
  const low = module * 0.4 - 0.4
  const high = module * 1.7 + 0.6
  return (
    core > module * 2.1 - 0.5 &&
    core < module * 3.9 + 0.5 &&
    before > low &&
    before < high &&
    after > low &&
    after < high
  )
}

/** Follows a pattern from its middle in both directions, `step` pixels of the plane at a time. */
function follow(
  bits: Uint8Array,
  x: number,
  y: number,
  step: number,
  width: number,
  height: number,
  module: number,
): { off: number; module: number } | undefined {
  const most = Math.ceil(module * 6)
  const start = y * width + x
  const middle = bits[start]
  // A step is a row, or a column, or both; none of them may leave the plane.
  const down = Math.abs(step) === 1 ? most : Math.min(most, y, height - 1 - y)
  const over = step === width ? most : Math.min(most, x, width - 1 - x)
  const reach = Math.min(down, over)
  let core = 1
  let off = 0
  let rings = 0
  let uneven = 0
  for (const sign of [-step, step]) {
    let at = 1
    while (at < reach && bits[start + at * sign] === middle) at++
    const inner = at
    while (at < reach && bits[start + at * sign] !== middle) at++
    const outer = at
    while (at < reach && bits[start + at * sign] === middle) at++
    if (at - outer < module * 0.4) return undefined
    core += inner - 1
    rings += outer - inner
    uneven = Math.max(uneven, outer - inner)
    off += (sign === step ? 1 : -1) * (inner - 1) * 0.5
  }
  if (!isAcross(rings - uneven, core, uneven)) return undefined
  return { off, module: (rings + core) / 5 }
}

/** Three patterns of one kind at a right angle, as far as perspective leaves it; the best first. */
export function findCorners(finders: readonly Finder[]): Corner[] {
  const corners: Corner[] = []
  for (const topLeft of finders) {
    for (const [index, one] of finders.entries()) {
      for (const other of finders.slice(index + 1)) {
        if (one === topLeft || other === topLeft) continue
        const corner = cornerOf(topLeft, one, other)
        if (corner) corners.push(corner)
      }
    }
  }
  return [...corners.toSorted((one, other) => one.doubt - other.doubt), ...guessCorners(finders.slice(0, 4))]
}

/** Where two patterns are found and the third is covered, it is looked for where it would have to be. */
function guessCorners(finders: readonly Finder[]): Corner[] {
  return finders.flatMap((one, index) =>
    finders.slice(index + 1).flatMap((other) => {
      const across = [other.x - one.x, other.y - one.y] as const
      const module = (one.module + other.module) / 2
      const turned = (from: Finder, sign: number): Finder => {
        const [x, y] = [from.x - across[1] * sign, from.y + across[0] * sign]
        return { ...from, x, y, module }
      }
      const between = (sign: number): Finder => {
        const [x, y] = [(one.x + other.x - across[1] * sign) / 2, (one.y + other.y + across[0] * sign) / 2]
        return { ...one, x, y, module }
      }
      return [
        cornerOf(one, other, turned(one, 1)),
        cornerOf(one, other, turned(one, -1)),
        cornerOf(other, one, turned(other, 1)),
        cornerOf(other, one, turned(other, -1)),
        cornerOf(between(1), one, other),
        cornerOf(between(-1), one, other),
      ].filter((corner) => corner !== undefined)
    }),
  )
}

function cornerOf(topLeft: Finder, one: Finder, other: Finder): Corner | undefined {
  if (one.middle !== topLeft.middle || other.middle !== topLeft.middle) return undefined
  const modules = [topLeft.module, one.module, other.module]
  const unevenness = Math.max(...modules) / Math.min(...modules)
  if (unevenness > 2.2) return undefined
  const [ax, ay, bx, by] = [one.x - topLeft.x, one.y - topLeft.y, other.x - topLeft.x, other.y - topLeft.y]
  const [a, b] = [Math.hypot(ax, ay), Math.hypot(bx, by)]
  const module = (topLeft.module + one.module + other.module) / 3
  const reach = Math.max(a, b) / module
  if (Math.min(a, b) / module < 9 || reach > 190) return undefined
  const skew = Math.abs(ax * bx + ay * by) / (a * b)
  const stretch = Math.max(a, b) / Math.min(a, b)
  if (skew > 0.6 || stretch > 2.5) return undefined
  const doubt = skew * 1.5 + (stretch - 1) + (unevenness - 1)
  const clockwise = ax * by - ay * bx > 0
  return { topLeft, topRight: clockwise ? one : other, bottomLeft: clockwise ? other : one, doubt }
}
