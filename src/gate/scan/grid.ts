// From three finder patterns to the grid of a code's modules: which version it is, and how its square lies in the picture.
// Everything that the standard prints into every code of a version (ISO/IEC 18004, section 6.3) is held against the picture,
// and the grid is moved until it fits best.
import type { Corner } from './finders.ts'
import type { Plane, Point } from './plane.ts'

export interface Grid {
  /** Modules a side. */
  readonly size: number
  /** 1 for a code that is dark on light, -1 for an inverted one. */
  readonly sign: number
  /** How well it fits, from -1 to 1. */
  readonly fit: number
  /** Where a point of the code is in the picture, in modules from its top left corner. */
  place(u: number, v: number, out: { x: number; y: number }): void
}

/** The centres of the finder patterns, and of where a fourth would be: topLeft, topRight, bottomLeft, bottomRight; x, y. */
type Square = readonly [number, number, number, number, number, number, number, number]

/**
 * Modules that are the same in every code of a size, three numbers each: where its middle is, across and down, and 1 for
 * dark, -1 for light. The timing patterns come first.
 */
type Sure = Float32Array

/** Centres of the alignment patterns of a version, along one side (ISO/IEC 18004, annex E). */
export function alignmentsOf(version: number): number[] {
  if (version === 1) return []
  const count = Math.floor(version / 7) + 2
  const last = version * 4 + 10
  const step = version === 32 ? 26 : Math.ceil((last - 6) / (count - 1) / 2) * 2
  return [6, ...Array.from({ length: count - 1 }, (_, index) => last - (count - 2 - index) * step)]
}

const known = new Map<number, Sure>()

/** Timing patterns, finder patterns and alignment patterns. */
export function sureOf(version: number): Sure {
  const before = known.get(version)
  if (before) return before
  const size = version * 4 + 17
  const sure: number[] = []
  const add = (u: number, v: number, dark: boolean): void => {
    sure.push(u + 0.5, v + 0.5, dark ? 1 : -1)
  }
  for (let at = 8; at < size - 8; at++) {
    add(at, 6, at % 2 === 0)
    add(6, at, at % 2 === 0)
  }
  const rings = (u: number, v: number, reach: number, isDark: (ring: number) => boolean): void => {
    for (let dv = -reach; dv <= reach; dv++) {
      for (let du = -reach; du <= reach; du++) add(u + du, v + dv, isDark(Math.max(Math.abs(du), Math.abs(dv))))
    }
  }
  for (const [u, v] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const) {
    rings(u, v, 3, (ring) => ring !== 2)
  }
  const places = alignmentsOf(version)
  const last = places.at(-1)
  for (const u of places) {
    for (const v of places) {
      if ((u === 6 && (v === 6 || v === last)) || (v === 6 && u === last)) continue
      rings(u, v, 2, (ring) => ring !== 1)
    }
  }
  const fixed = Float32Array.from(sure)
  known.set(version, fixed)
  return fixed
}

/** Projective map from modules to pixels: x = (a u + b v + c) / (g u + h v + 1), and y with d, e, f. */
function mapOf(square: Square, size: number): Float64Array {
  const [x0, y0, x1, y1, x2, y2, x3, y3] = square
  const span = size - 7
  // Heckbert's unit square to quadrilateral; the corners go around: topLeft, topRight, bottomRight, bottomLeft.
  const [dx1, dx2, sx] = [x1 - x3, x2 - x3, x0 - x1 + x3 - x2]
  const [dy1, dy2, sy] = [y1 - y3, y2 - y3, y0 - y1 + y3 - y2]
  const whole = dx1 * dy2 - dx2 * dy1
  const g = (sx * dy2 - dx2 * sy) / whole
  const h = (dx1 * sy - sx * dy1) / whole
  const [a, b, d, e] = [x1 - x0 + g * x1, x2 - x0 + h * x2, y1 - y0 + g * y1, y2 - y0 + h * y2]
  // The unit square begins at the middle of the top left finder pattern.
  const shift = 3.5 / span
  const w = 1 - (g + h) * shift
  const [ga, ha] = [g / span / w, h / span / w]
  return Float64Array.of(
    a / span / w,
    b / span / w,
    (x0 - (a + b) * shift) / w,
    d / span / w,
    e / span / w,
    (y0 - (d + e) * shift) / w,
    ga,
    ha,
  )
}

/**
 * Correlation of what is sure with the picture, from -1 to 1: above 0 for a code that is dark on light.
 * @param step looks at every module that is sure, or at every so many-th
 * @param aside how far from the modules' middles, in modules, to each side in turn: only a grid in its place fits then
 */
function fitOf(
  { pixels, width, height }: Plane,
  square: Square,
  size: number,
  sure: Sure,
  step: number,
  aside: number,
): number {
  const map = mapOf(square, size)
  const a = map[0] ?? 0
  const b = map[1] ?? 0
  const c = map[2] ?? 0
  const d = map[3] ?? 0
  const e = map[4] ?? 0
  const f = map[5] ?? 0
  const g = map[6] ?? 0
  const h = map[7] ?? 0
  let count = 0
  let sum = 0
  let squares = 0
  let darks = 0
  let product = 0
  for (let index = 0; index < sure.length; index += 3 * step) {
    // In fours, for those that follow each other are of the two timing patterns, dark and light in turn.
    const side = Math.floor(index / 12)
    const u = (sure[index] ?? 0) + ((side & 1) === 0 ? aside : -aside)
    const v = (sure[index + 1] ?? 0) + ((side & 2) === 0 ? aside : -aside)
    const dark = sure[index + 2] ?? 0
    const w = g * u + h * v + 1
    const x = Math.floor((a * u + b * v + c) / w)
    const y = Math.floor((d * u + e * v + f) / w)
    if (!(x >= 0 && y >= 0 && x < width && y < height)) continue
    const value = pixels[y * width + x] ?? 0
    count += 1
    sum += value
    squares += value * value
    darks += dark
    product += value * dark
  }
  if (count * step * 3 < sure.length * 0.7) return 0
  const spread = (squares - (sum * sum) / count) * (count - (darks * darks) / count)
  return spread <= 0 ? 0 : -(product - (sum * darks) / count) / Math.sqrt(spread)
}

/** Where a grid may lie, by a corner alone. */
export interface Start {
  readonly square: Square
  readonly version: number
  readonly sign: number
  /** From -1 to 1. */
  readonly fit: number
}

/** A grid that is a code's fits this well before it is moved: of those that were read in the end, none did worse than 0.15. */
const LEAST_START = 0.13

/**
 * The likeliest version at a corner, if its timing patterns may be there.
 * @param plane the picture, smoothed where its noise is strong
 */
export function startGrid(plane: Plane, { topLeft, topRight, bottomLeft }: Corner): Start | undefined {
  const sign = topLeft.middle === 1 ? 1 : -1
  const module = (topLeft.module + topRight.module + bottomLeft.module) / 3
  const across = Math.hypot(topRight.x - topLeft.x, topRight.y - topLeft.y)
  const down = Math.hypot(bottomLeft.x - topLeft.x, bottomLeft.y - topLeft.y)
  const likely = (Math.max(across, down) / module + 7 - 17) / 4
  let best: Omit<Start, 'sign'> | undefined
  const [cx, cy] = [topRight.x + bottomLeft.x - topLeft.x, topRight.y + bottomLeft.y - topLeft.y]
  // Where the fourth corner may be: a near side of the square looks larger than a far one.
  const lean = perspective(topLeft, topRight, bottomLeft)
  for (
    let version = Math.max(1, Math.floor(likely * 0.8 - 1));
    version <= Math.min(40, Math.ceil(likely * 1.25 + 1.5));
    version++
  ) {
    const size = version * 4 + 17
    // The timing patterns alone tell versions apart.
    const timing = sureOf(version).subarray(0, (size - 16) * 2 * 3)
    for (const far of [0, lean, lean * 0.5, lean * 1.6]) {
      const square: Square = [
        topLeft.x,
        topLeft.y,
        topRight.x,
        topRight.y,
        bottomLeft.x,
        bottomLeft.y,
        cx + (cx - topLeft.x) * far,
        cy + (cy - topLeft.y) * far,
      ]
      const fit = sign * fitOf(plane, square, size, timing, 1, 0)
      if (!best || fit > best.fit) best = { version, square, fit }
      if (far === 0 && lean === 0) break
    }
  }
  if (!best || best.fit < 0.1) return undefined
  const { version, square } = best
  const fit = sign * fitOf(plane, square, version * 4 + 17, sureOf(version), 4, 0)
  return fit < LEAST_START ? undefined : { square, version, sign, fit }
}

/** The grid that fits best around there, if what must be in every code is in the picture. */
export function fitGrid(plane: Plane, { square: start, version, sign }: Start): Grid | undefined {
  const size = version * 4 + 17
  const { square, fit } = refine(plane, start, size, sureOf(version), sign)
  if (fit < 0.25) return undefined
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = mapOf(square, size)
  const place = (u: number, v: number, out: { x: number; y: number }): void => {
    const w = g * u + h * v + 1
    out.x = (a * u + b * v + c) / w
    out.y = (d * u + e * v + f) / w
  }
  return { size, sign, fit, place }
}

/** How much further than in a parallelogram the fourth corner lies, as a share of the diagonal; by the patterns' sizes. */
function perspective(
  topLeft: Point & { module: number },
  topRight: { module: number },
  bottomLeft: { module: number },
): number {
  const ratio = (topRight.module * bottomLeft.module) / (topLeft.module * topLeft.module)
  return Math.max(-0.35, Math.min(0.35, (Math.sqrt(ratio) - 1) * 0.5))
}

function refine(plane: Plane, start: Square, size: number, sure: Sure, sign: number): { square: Square; fit: number } {
  let square = start
  let step = 4
  let aside = 0
  const score = (moved: Square): number => sign * fitOf(plane, moved, size, sure, step, aside)
  let fit = score(square)
  const [x0, y0, x1, y1] = start
  const module = Math.hypot(x1 - x0, y1 - y0) / (size - 7)
  const attempt = (moved: Square): boolean => {
    const now = score(moved)
    if (now <= fit) return false
    fit = now
    square = moved
    return true
  }
  // The fourth corner is the least known: all around it first, and roughly.
  const [, , , , , , x3, y3] = start
  const reach = Math.max(4, size * 0.1)
  for (let du = -reach; du <= reach; du += 0.8) {
    for (let dv = -reach; dv <= reach; dv += 0.8) attempt(moveTo(start, 6, x3 + du * module, y3 + dv * module))
  }
  step = 1
  for (const by of [0.8, 0.4, 0.2, 0.1]) {
    aside = by < 0.3 ? 0.3 : 0
    fit = score(square)
    for (let round = 0, better = true; better && round < 4; round++) {
      better = false
      for (let at = 0; at < 8; at += 2) {
        for (const [dx, dy] of [
          [1, 0],
          [-1, 0],
          [0, 1],
          [0, -1],
        ] as const) {
          const [x = 0, y = 0] = [square[at], square[at + 1]]
          if (attempt(moveTo(square, at, x + dx * by * module, y + dy * by * module))) better = true
        }
      }
    }
  }
  aside = 0
  return { square, fit: score(square) }
}

function moveTo([a, b, c, d, e, f, g, h]: Square, at: number, x: number, y: number): Square {
  if (at === 0) return [x, y, c, d, e, f, g, h]
  if (at === 2) return [a, b, x, y, e, f, g, h]
  if (at === 4) return [a, b, c, d, x, y, g, h]
  return [a, b, c, d, e, f, x, y]
}
