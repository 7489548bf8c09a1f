// From a grid to clean modules: each is the mean of its own middle, and is dark or light by what is around it. So noise,
// lines of a screen, glare and shadows are gone before a decoder sees anything, and blur can be taken back a little.
import type { Grid } from './grid.ts'
import type { Plane } from './plane.ts'

/** Where in a module it is looked at, in modules from its middle. */
const LOOKS = [-0.27, 0, 0.27]

/** The brightness of each module, row by row. */
export function sampleModules({ pixels, width, height }: Plane, grid: Grid): Float32Array {
  const { size } = grid
  const values = new Float32Array(size * size)
  const at = { x: 0, y: 0 }
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      let sum = 0
      for (const dv of LOOKS) {
        for (const du of LOOKS) {
          grid.place(column + 0.5 + du, row + 0.5 + dv, at)
          // Between pixels' middles.
          const x = Math.max(0, Math.min(width - 1.001, at.x - 0.5))
          const y = Math.max(0, Math.min(height - 1.001, at.y - 0.5))
          const [left, top] = [Math.floor(x), Math.floor(y)]
          const [tx, ty] = [x - left, y - top]
          const pixel = top * width + left
          const upper = (pixels[pixel] ?? 0) * (1 - tx) + (pixels[pixel + 1] ?? 0) * tx
          const lower = (pixels[pixel + width] ?? 0) * (1 - tx) + (pixels[pixel + width + 1] ?? 0) * tx
          sum += upper * (1 - ty) + lower * ty
        }
      }
      values[row * size + column] = sum
    }
  }
  return values
}

export interface Decision {
  /** How much of the neighbours' light is taken back, across and down: for blur, and for a hand that moved. */
  readonly across: number
  readonly down: number
  /** The neighbourhood that decides what is dark, in modules to each side. */
  readonly reach: number
}

/** White border around the code, in modules, and pixels a module. */
const BORDER = 4
const PIXEL = 2
/** Version 40. */
export const LARGEST_DRAWING = { width: (177 + 2 * BORDER) * PIXEL, height: (177 + 2 * BORDER) * PIXEL }

/** The code as if it had been drawn: black on white. Returns its side in pixels; `into` has room for the largest. */
export function drawModules(values: Float32Array, { size, sign }: Grid, decision: Decision, into: Uint8Array): number {
  const sharp = sharpen(values, size, decision)
  const means = meansOf(sharp, size, decision.reach)
  const side = (size + 2 * BORDER) * PIXEL
  into.fill(255, 0, side * side)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const at = row * size + column
      if (((sharp[at] ?? 0) - (means[at] ?? 0)) * sign >= 0) continue
      const pixel = (row + BORDER) * PIXEL * side + (column + BORDER) * PIXEL
      into.fill(0, pixel, pixel + PIXEL)
      into.fill(0, pixel + side, pixel + side + PIXEL)
    }
  }
  return side
}

function sharpen(values: Float32Array, size: number, { across, down }: Decision): Float32Array {
  if (across === 0 && down === 0) return values
  const sharp = new Float32Array(values.length)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const at = row * size + column
      const value = values[at] ?? 0
      const beside = (values[column > 0 ? at - 1 : at] ?? 0) + (values[column < size - 1 ? at + 1 : at] ?? 0)
      const above = (values[row > 0 ? at - size : at] ?? 0) + (values[row < size - 1 ? at + size : at] ?? 0)
      sharp[at] = value + across * (2 * value - beside) + down * (2 * value - above)
    }
  }
  return sharp
}

/** Means of the square around each module, by a table of sums. */
function meansOf(values: Float32Array, size: number, reach: number): Float32Array {
  const wide = size + 1
  const sums = new Float64Array(wide * wide)
  for (let row = 0; row < size; row++) {
    let line = 0
    for (let column = 0; column < size; column++) {
      line += values[row * size + column] ?? 0
      sums[(row + 1) * wide + column + 1] = (sums[row * wide + column + 1] ?? 0) + line
    }
  }
  const means = new Float32Array(values.length)
  for (let row = 0; row < size; row++) {
    const [top, bottom] = [Math.max(0, row - reach), Math.min(size, row + reach + 1)]
    for (let column = 0; column < size; column++) {
      const [left, right] = [Math.max(0, column - reach), Math.min(size, column + reach + 1)]
      const corner = (y: number, x: number): number => sums[y * wide + x] ?? 0
      const total = corner(bottom, right) - corner(top, right) - corner(bottom, left) + corner(top, left)
      means[row * size + column] = total / ((bottom - top) * (right - left))
    }
  }
  return means
}
