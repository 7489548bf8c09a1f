// Where in a picture a code is likely to be: the only place where much changes within a few pixels both across and down, as
// the modules of a code do. Lines, stripes and the edges of things change in one direction, and a wall in none. What is cut
// out is a quarter of a frame on average, so that all that is tried there costs a quarter.
import type { Plane } from './plane.ts'

/** In pixels of the plane. */
export interface Region {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Blocks in a row of the plane: small enough to tell a code from what is beside it, and larger than a module. */
const BLOCKS = 64
/** Looks in a row of a block, and how far away, in pixels, is what each is held against. */
const LOOKS = 7
const AWAY = 3
/** A block belongs to a code if this share of what the busiest one shows is left of it: shade and blur differ across a code. */
const SHARE = 0.35
/** The share of blocks that are taken to show noise alone. */
const QUIET = 0.2

/** The busiest region, with a margin around it; nothing where nothing stands out. */
export function findRegion(plane: Plane): Region | undefined {
  const block = Math.ceil(plane.width / BLOCKS)
  const [wide, high] = [Math.floor(plane.width / block), Math.floor(plane.height / block)]
  const busy = smoothed(changesOf(plane, block, wide, high), wide, high)
  const limit = busy.reduce((most, value) => Math.max(most, value), 0) * SHARE
  if (limit === 0) return undefined
  const box = largest(busy, wide, limit)
  const [left, top] = [Math.max(0, (box.left - 1) * block), Math.max(0, (box.top - 1) * block)]
  return {
    left,
    top,
    width: Math.min(plane.width, (box.right + 2) * block) - left,
    height: Math.min(plane.height, (box.bottom + 2) * block) - top,
  }
}

/** That region as a plane of its own. */
export function cutOut({ pixels, width }: Plane, region: Region, into: Uint8Array): Plane {
  for (let row = 0; row < region.height; row++) {
    const from = (region.top + row) * width + region.left
    into.set(pixels.subarray(from, from + region.width), row * region.width)
  }
  return { pixels: into, width: region.width, height: region.height }
}

/** How much each block changes in the direction in which it changes less, beyond what noise does everywhere. */
function changesOf({ pixels, width, height }: Plane, block: number, wide: number, high: number): Float32Array {
  const changes = new Float32Array(wide * high)
  const stride = Math.max(1, Math.round(block / LOOKS))
  // Of four pixels together, for single ones are noise.
  const at = (place: number): number =>
    (pixels[place] ?? 0) + (pixels[place + 1] ?? 0) + (pixels[place + width] ?? 0) + (pixels[place + width + 1] ?? 0)
  for (let row = 0; row < high; row++) {
    const bottom = Math.min((row + 1) * block, height - AWAY - 1)
    for (let column = 0; column < wide; column++) {
      const right = Math.min((column + 1) * block, width - AWAY - 1)
      let [across, down] = [0, 0]
      for (let y = row * block; y < bottom; y += stride) {
        for (let x = column * block; x < right; x += stride) {
          const place = y * width + x
          const here = at(place)
          across += Math.abs(here - at(place + AWAY))
          down += Math.abs(here - at(place + AWAY * width))
        }
      }
      changes[row * wide + column] = Math.min(across, down)
    }
  }
  const noise = changes.toSorted()[Math.floor(changes.length * QUIET)] ?? 0
  return changes.map((value) => Math.max(0, value - noise))
}

/** The mean of each block and its neighbours, so that a quiet part of a code does not cut it in two. */
function smoothed(values: Float32Array, wide: number, high: number): Float32Array {
  const means = new Float32Array(values.length)
  for (let row = 0; row < high; row++) {
    for (let column = 0; column < wide; column++) {
      let [sum, count] = [0, 0]
      for (let y = Math.max(0, row - 1); y <= Math.min(high - 1, row + 1); y++) {
        for (let x = Math.max(0, column - 1); x <= Math.min(wide - 1, column + 1); x++) {
          sum += values[y * wide + x] ?? 0
          count += 1
        }
      }
      means[row * wide + column] = sum / count
    }
  }
  return means
}

interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

/** Around those blocks above the limit that hang together and show the most in all. */
function largest(busy: Float32Array, wide: number, limit: number): Box {
  const taken = new Uint8Array(busy.length)
  let best: Box = { left: 0, top: 0, right: 0, bottom: 0 }
  let most = 0
  for (let start = 0; start < busy.length; start++) {
    if (taken[start] === 1 || (busy[start] ?? 0) < limit) continue
    const box: Box = { left: wide, top: Infinity, right: 0, bottom: 0 }
    let sum = 0
    const open = [start]
    taken[start] = 1
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      const column = place % wide
      const row = (place - column) / wide
      sum += busy[place] ?? 0
      box.left = Math.min(box.left, column)
      box.right = Math.max(box.right, column)
      box.top = Math.min(box.top, row)
      box.bottom = Math.max(box.bottom, row)
      for (const next of [
        column > 0 ? place - 1 : place,
        column < wide - 1 ? place + 1 : place,
        place - wide,
        place + wide,
      ]) {
        if (taken[next] !== 0 || (busy[next] ?? 0) < limit) continue
        taken[next] = 1
        open.push(next)
      }
    }
    if (sum <= most) continue
    most = sum
    best = box
  }
  return best
}
