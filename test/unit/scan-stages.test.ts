// Planes, finder patterns, grids and modules: from drawn pictures to the modules that were drawn.
import { encode } from 'uqr'
import { describe, expect, test } from 'vitest'
import { findCorners, findFinders } from '../../src/gate/scan/finders.ts'
import { alignmentsOf, fitGrid, startGrid, sureOf } from '../../src/gate/scan/grid.ts'
import { drawModules, LARGEST_DRAWING, sampleModules } from '../../src/gate/scan/modules.ts'
import { binarise, enlarge, means, sharpen, smooth, type Plane } from '../../src/gate/scan/plane.ts'
import { cutOut, findRegion } from '../../src/gate/scan/region.ts'
import { readBy, stages, type Decode } from '../../src/gate/scan/stages.ts'

const text = 'eyJhbGciOiJFUzI1NiIsInR5cCI6InZzK2p3dCIsImtpZCI6IlprM3ZROWFCIn0.'.repeat(5)

interface Drawing {
  readonly module?: number
  readonly turn?: number
  readonly inverted?: boolean
  /** A dark bar right beside the code, where its margin should be. */
  readonly cut?: boolean
  readonly noise?: number
}

const drawn = encode(text, { ecc: 'M', border: 0, boostEcc: false })

function draw({ module = 3, turn = 0, inverted = false, cut = false, noise = 0 }: Drawing = {}): Plane {
  const [width, height] = [640, 480]
  const pixels = new Uint8Array(width * height)
  const half = drawn.size / 2
  let state = 1
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [(x + 0.5 - width / 2) / module, (y + 0.5 - height / 2) / module]
      const column = Math.floor(dx * Math.cos(turn) + dy * Math.sin(turn) + half)
      const row = Math.floor(dy * Math.cos(turn) - dx * Math.sin(turn) + half)
      const dark = cut && column >= drawn.size && column < drawn.size + 6 ? true : (drawn.data[row]?.[column] ?? false)
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      const value = (dark === inverted ? 200 : 50) + (state / 2 ** 32 - 0.5) * noise
      pixels[y * width + x] = Math.max(0, Math.min(255, value))
    }
  }
  return { pixels, width, height }
}

function gridOf(plane: Plane) {
  const bits = new Uint8Array(plane.width * plane.height)
  binarise(plane, 24, bits)
  for (const corner of findCorners(findFinders(bits, plane)).slice(0, 30)) {
    const start = startGrid(plane, corner)
    const grid = start && fitGrid(plane, start)
    if (grid && grid.fit > 0.6) return grid
  }
  throw new Error('no grid')
}

/** How many modules come out other than they were drawn. */
function wrongModules(plane: Plane): number {
  const grid = gridOf(plane)
  expect(grid.size).toBe(drawn.size)
  const into = new Uint8Array(LARGEST_DRAWING.width * LARGEST_DRAWING.height)
  const side = drawModules(sampleModules(plane, grid), grid, { across: 0, down: 0, reach: 5 }, into)
  let wrong = 0
  for (let row = 0; row < drawn.size; row++) {
    for (let column = 0; column < drawn.size; column++) {
      const isDark = into[(row + 4) * 2 * side + (column + 4) * 2] === 0
      if (isDark !== drawn.data[row]?.[column]) wrong += 1
    }
  }
  return wrong
}

describe('a grid', () => {
  test.each<[string, Drawing]>([
    ['that lies straight', {}],
    ['of two pixels a module', { module: 2 }],
    ['that is turned', { turn: 0.4 }],
    ['that stands on its head', { turn: 3.1 }],
    ['light on dark', { inverted: true }],
    ['whose margin is printed over', { cut: true }],
  ])('%s gives every module as it was drawn', (_, drawing) => {
    expect(wrongModules(draw(drawing))).toBe(0)
  })
  test('in noise gives nearly all', () => {
    expect(wrongModules(draw({ module: 4, noise: 80 }))).toBeLessThan(drawn.size ** 2 * 0.02)
  })
  test('is not found in a picture without a code', () => {
    const { pixels, ...size } = draw()
    expect(() => gridOf({ ...size, pixels: pixels.map((_, at) => (at * 7919) % 251) })).toThrow('no grid')
  })
})

describe('what is sure in every code', () => {
  // ISO/IEC 18004, annex E.
  test.each([
    [1, []],
    [2, [6, 18]],
    [7, [6, 22, 38]],
    [15, [6, 26, 48, 70]],
    [22, [6, 26, 50, 74, 98]],
    [32, [6, 34, 60, 86, 112, 138]],
    [40, [6, 30, 58, 86, 114, 142, 170]],
  ])('alignment patterns of version %i', (version, places) => {
    expect(alignmentsOf(version)).toEqual(places)
  })
  test('is there in one that another library drew', () => {
    const sure = sureOf((drawn.size - 17) / 4)
    for (let at = 0; at < sure.length; at += 3) {
      const [u = 0, v = 0, dark] = sure.subarray(at, at + 3)
      expect(drawn.data[v - 0.5]?.[u - 0.5]).toBe(dark === 1)
    }
  })
})

describe('planes', () => {
  const width = 9
  const height = 7
  const plane = { width, height, pixels: Uint8Array.from({ length: width * height }, (_, at) => (at * 37) % 256) }
  const meanAt = (x: number, y: number, reach: number): number => {
    const values: number[] = []
    for (let row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++) {
      for (let column = Math.max(0, x - reach); column <= Math.min(width - 1, x + reach); column++) {
        values.push(plane.pixels[row * width + column] ?? 0)
      }
    }
    return values.reduce((sum, value) => sum + value, 0) / values.length
  }
  test.each([1, 2, 20])('means of %i to each side, at the edges of what there is', (reach) => {
    const into = new Uint8Array(width * height)
    means(plane, reach, into)
    const expected = Uint8Array.from({ length: width * height }, (_, at) =>
      meanAt(at % width, Math.floor(at / width), reach),
    )
    expect(into).toEqual(expected)
  })
  test('smoothed are the mean of nine', () => {
    const into = new Uint8Array(width * height)
    smooth(plane, into)
    expect(into[3 * width + 4]).toBe(Math.floor(meanAt(4, 3, 1)))
    expect(into[0]).toBe(plane.pixels[0])
  })
  test('sharpened stay within a byte, and what is even stays as it is', () => {
    const even = { width, height, pixels: new Uint8Array(width * height).fill(90) }
    const into = new Uint8ClampedArray(width * height)
    sharpen(even, 2, 3, into)
    expect(new Set(into)).toEqual(new Set([90]))
    sharpen(plane, 2, 9, into)
    expect(Math.max(...into)).toBe(255)
    expect(Math.min(...into)).toBe(0)
  })
  test('enlarged have each pixel, and means between them', () => {
    const large = enlarge({ width: 2, height: 1, pixels: Uint8Array.of(10, 20) }, new Uint8Array(8))
    expect(large).toMatchObject({ width: 4, height: 2 })
    expect([...large.pixels]).toEqual([10, 15, 20, 20, 10, 15, 20, 20])
  })
})

describe('a region', () => {
  const half = (drawn.size * 3) / 2
  const from = (side: number, size: number): number => Math.round(size / 2 - half + side)
  /** The room that a camera sees: a wall, stripes, and a code of 3 pixels a module whose middle is there. */
  function roomWith(x: number, y: number, noise = 0): Plane {
    const [width, height] = [1280, 720]
    const pixels = new Uint8Array(width * height)
    const code = draw({ noise })
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const stripes = row > 400 && column < 500 && Math.floor(column / 7) % 2 === 0
        pixels[row * width + column] = stripes ? 220 : 40 + row / 8
      }
    }
    for (let row = 0; row < half * 2; row++) {
      const start = from(row, code.height) * code.width + from(0, code.width)
      pixels.set(
        code.pixels.subarray(start, start + half * 2),
        Math.round(y - half + row) * width + Math.round(x - half),
      )
    }
    return { pixels, width, height }
  }
  test.each([
    ['in the middle', 640, 360, 0],
    ['in a corner', half + 2, half + 2, 0],
    ['at the other edge', 1279 - half, 719 - half, 0],
    ['in noise', 900, 300, 60],
  ])('holds a code %s, and little else', (_, x, y, noise) => {
    const region = findRegion(roomWith(x, y, noise))
    expect(region?.left).toBeLessThanOrEqual(x - half + 1)
    expect(region?.top).toBeLessThanOrEqual(y - half + 1)
    expect((region?.left ?? 0) + (region?.width ?? 0)).toBeGreaterThanOrEqual(x + half - 1)
    expect((region?.top ?? 0) + (region?.height ?? 0)).toBeGreaterThanOrEqual(y + half - 1)
    expect(Math.max(region?.width ?? 0, region?.height ?? 0)).toBeLessThan(half * 2 + 5 * 20)
  })
  test('is none on a wall', () => {
    const plane = { width: 640, height: 480, pixels: new Uint8Array(640 * 480).fill(128) }
    expect(findRegion(plane)).toBeUndefined()
  })
  test('is cut out as it is', () => {
    const plane = { width: 4, height: 3, pixels: Uint8Array.from({ length: 12 }, (_, at) => at) }
    const part = cutOut(plane, { left: 1, top: 1, width: 2, height: 2 }, new Uint8Array(4))
    expect(part).toEqual({ width: 2, height: 2, pixels: Uint8Array.of(5, 6, 9, 10) })
  })
})

describe('stages', () => {
  const blank = { width: 64, height: 64, pixels: new Uint8Array(64 * 64).fill(128) }
  test('are tried in order until one reads', () => {
    const asked: string[] = []
    const decode: Decode = (_, { binarizer }) => {
      asked.push(binarizer)
      return binarizer === 'GlobalHistogram' ? 'read' : undefined
    }
    expect(readBy([0, 1, 2], blank, decode, 1000)).toEqual({ text: 'read', last: 1 })
    expect(asked).toEqual(['LocalAverage', 'GlobalHistogram'])
  })
  test('end when the time is over, but never before the first', () => {
    expect(readBy([0, 1, 2], blank, () => undefined, -1)).toEqual({ text: undefined, last: 0 })
    expect(readBy([...stages.keys()], blank, () => undefined, 10_000)).toEqual({
      text: undefined,
      last: stages.length - 1,
    })
  })
})
