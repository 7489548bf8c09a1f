// Planes, finder patterns, grids and modules: from drawn pictures to the modules that were drawn.
import { encode } from 'uqr'
import { describe, expect, test } from 'vitest'
import { findCorners, findFinders } from '../../src/gate/scan/finders.ts'
import { alignmentsOf, fitGrid, sureOf } from '../../src/gate/scan/grid.ts'
import { drawModules, LARGEST_DRAWING, sampleModules } from '../../src/gate/scan/modules.ts'
import { binarise, enlarge, means, noiseOf, sharpen, smooth, type Plane } from '../../src/gate/scan/plane.ts'
import { inTurn, readBy, type Decode } from '../../src/gate/scan/stages.ts'

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
    const grid = fitGrid(plane, corner)
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
  test('tell noise from the edges of a code', () => {
    expect(noiseOf(draw())).toBe(0)
    expect(noiseOf(draw({ noise: 20 }))).toBeLessThan(20)
    expect(noiseOf(draw({ noise: 140 }))).toBeGreaterThan(50)
    expect(noiseOf({ width: 1, height: 1, pixels: Uint8Array.of(9) })).toBe(0)
  })
  test('enlarged have each pixel, and means between them', () => {
    const large = enlarge({ width: 2, height: 1, pixels: Uint8Array.of(10, 20) }, new Uint8Array(8))
    expect(large).toMatchObject({ width: 4, height: 2 })
    expect([...large.pixels]).toEqual([10, 15, 20, 20, 10, 15, 20, 20])
  })
})

describe('stages', () => {
  const blank = { width: 64, height: 64, pixels: new Uint8Array(64 * 64).fill(128) }
  test('begin with zxing alone, and with those that smooth where the noise is strong', () => {
    const order = [5, 3, 0, 1, 2, 4]
    expect(inTurn(order, draw({ noise: 20 }))).toEqual(order)
    expect(inTurn(order, draw({ noise: 140 }))).toEqual([0, 3, 4, 5, 1, 2])
    expect(inTurn([5], draw({ noise: 140 }))).toEqual([5])
  })
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
    expect(readBy([0, 1, 2, 3, 4, 5], blank, () => undefined, 10_000)).toEqual({ text: undefined, last: 5 })
  })
})
