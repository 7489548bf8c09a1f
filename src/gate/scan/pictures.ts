// What passes between the page and its reading worker, and how a picture becomes luma: one byte a pixel, row by row.
import type { Task } from './schedule.ts'
import type { Found } from './stages.ts'

/** Pixels in red, green, blue, alpha order, for browsers whose workers have no canvas. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly rgba: ArrayBuffer
}
export type Picture = VideoFrame | ImageBitmap | Pixels

export interface Look {
  readonly id: number
  /** Handed over with the message: the worker closes it. */
  readonly picture: Picture
  /** What to try; without it, only its dots are asked for (scene.ts), and no text. */
  readonly task: Task | undefined
}

export type Answer =
  /** zxing runs. `bitmaps`: the worker has a canvas to draw an ImageBitmap on. */
  | { readonly kind: 'ready'; readonly bitmaps: boolean }
  /** It did not start, or it is not to be trusted any more. */
  | { readonly kind: 'failed' }
  | Seen

export interface Seen extends Found {
  readonly kind: 'seen'
  readonly id: number
  readonly dots: Uint8Array | undefined
}

/** Where red stands in four bytes; blue has the other place. */
export type RedAt = 0 | 2

/** Rec. 601 weights in 1/256, as cameras make their luma. `packed` has four bytes a pixel. */
export function writeLuma(packed: Uint8Array | Uint8ClampedArray, redAt: RedAt, luma: Uint8Array): void {
  const blueAt = 2 - redAt
  for (let pixel = 0, byte = 0; pixel < luma.length; pixel++, byte += 4) {
    const red = packed[byte + redAt] ?? 0
    const green = packed[byte + 1] ?? 0
    const blue = packed[byte + blueAt] ?? 0
    luma[pixel] = (77 * red + 150 * green + 29 * blue) >> 8
  }
}

/** Moves the rows of a plane together, in place, when they lie further apart than they are wide. */
export function closeRows(plane: Uint8Array, stride: number, width: number, height: number): void {
  if (stride === width) return
  for (let row = 1; row < height; row++) plane.copyWithin(row * width, row * stride, row * stride + width)
}
