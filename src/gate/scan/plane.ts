// Planes of luma, one byte a pixel, row by row, and what is done to a whole plane before it is read.

export interface Plane {
  readonly pixels: Uint8Array
  readonly width: number
  readonly height: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** So that a mean that is a whole number is not taken for the one below it. */
const ROUNDING = 1e-9

/**
 * The mean of the square around each pixel, as far as it lies in the plane.
 * @param reach of the square to each side, in pixels
 */
export function means({ pixels, width, height }: Plane, reach: number, into: Uint8Array): void {
  // Sums of the pixels above and below, column by column; a row below enters as one above leaves.
  const columns = new Int32Array(width)
  for (let y = 0; y < Math.min(reach, height); y++) {
    for (let x = 0, at = y * width; x < width; x++, at++) columns[x] = (columns[x] ?? 0) + (pixels[at] ?? 0)
  }
  for (let y = 0; y < height; y++) {
    const enters = y + reach < height ? (y + reach) * width : -1
    const leaves = y - reach - 1 >= 0 ? (y - reach - 1) * width : -1
    if (enters >= 0 && leaves >= 0) {
      for (let x = 0; x < width; x++) {
        columns[x] = (columns[x] ?? 0) + (pixels[enters + x] ?? 0) - (pixels[leaves + x] ?? 0)
      }
    } else if (enters >= 0) {
      for (let x = 0; x < width; x++) columns[x] = (columns[x] ?? 0) + (pixels[enters + x] ?? 0)
    } else if (leaves >= 0) {
      for (let x = 0; x < width; x++) columns[x] = (columns[x] ?? 0) - (pixels[leaves + x] ?? 0)
    }
    const rows = Math.min(y + reach, height - 1) - Math.max(y - reach, 0) + 1
    const row = y * width
    let sum = 0
    for (let x = 0; x < Math.min(reach, width); x++) sum += columns[x] ?? 0
    // At the edges there is less to take the mean of; between them it is always as much, and to multiply is cheaper.
    const edge = Math.min(reach + 1, width)
    const other = Math.max(edge, width - reach)
    const mean = (x: number): number => sum / (rows * (Math.min(x + reach, width - 1) - Math.max(x - reach, 0) + 1))
    for (let x = 0; x < edge; x++) {
      if (x + reach < width) sum += columns[x + reach] ?? 0
      into[row + x] = mean(x)
    }
    const share = (1 + ROUNDING) / (rows * (2 * reach + 1))
    for (let x = edge; x < other; x++) {
      sum += (columns[x + reach] ?? 0) - (columns[x - reach - 1] ?? 0)
      into[row + x] = sum * share
    }
    for (let x = other; x < width; x++) {
      sum -= columns[x - reach - 1] ?? 0
      into[row + x] = mean(x)
    }
  }
}

/** Black and white by the mean of the neighbourhood, 1 for dark: shadows, glare and the edges of a screen stay out of it. */
export function binarise(plane: Plane, reach: number, into: Uint8Array): void {
  const { pixels, width, height } = plane
  means(plane, reach, into)
  for (let at = 0; at < width * height; at++) into[at] = (pixels[at] ?? 0) < (into[at] ?? 0) ? 1 : 0
}

/** The mean of each pixel and its eight neighbours, against a sensor's noise and a screen's lines. The edge is left as it is. */
export function smooth({ pixels, width, height }: Plane, into: Uint8Array): void {
  into.set(pixels.subarray(0, width * height))
  const columns = new Int32Array(width)
  for (let y = 1; y < height - 1; y++) {
    const row = y * width
    for (let x = 0; x < width; x++) {
      const at = row + x
      columns[x] = (pixels[at - width] ?? 0) + (pixels[at] ?? 0) + (pixels[at + width] ?? 0)
    }
    for (let x = 1; x < width - 1; x++) {
      into[row + x] = ((columns[x - 1] ?? 0) + (columns[x] ?? 0) + (columns[x + 1] ?? 0)) / 9
    }
  }
}

/** Takes blur back: what differs from the mean of the neighbourhood is made to differ more. */
export function sharpen(plane: Plane, reach: number, strength: number, into: Uint8ClampedArray): void {
  const { pixels, width, height } = plane
  means(plane, reach, new Uint8Array(into.buffer, into.byteOffset, into.length))
  for (let at = 0; at < width * height; at++) {
    const value = pixels[at] ?? 0
    into[at] = value + strength * (value - (into[at] ?? 0))
  }
}

/** Twice as large, by straight lines between pixels: a decoder wants more than two pixels a module. */
export function enlarge({ pixels, width, height }: Plane, into: Uint8Array): Plane {
  const wide = width * 2
  for (let y = 0; y < height; y++) {
    const row = y * width
    const below = y < height - 1 ? row + width : row
    for (let x = 0, at = y * 2 * wide; x < width; x++, at += 2) {
      const next = x < width - 1 ? x + 1 : x
      const [here, right] = [pixels[row + x] ?? 0, pixels[row + next] ?? 0]
      const [under, across] = [pixels[below + x] ?? 0, pixels[below + next] ?? 0]
      into[at] = here
      into[at + 1] = (here + right) >> 1
      into[at + wide] = (here + under) >> 1
      into[at + wide + 1] = (here + right + under + across) >> 2
    }
  }
  return { pixels: into, width: wide, height: height * 2 }
}
