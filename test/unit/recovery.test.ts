import { describe, expect, test } from 'vitest'
import { pointIn } from '../../src/gate/scan/controls.ts'
import { createRemedy } from '../../src/gate/scan/recovery.ts'

describe('a camera whose pictures are not right', () => {
  test('is opened anew when it freezes, and given up when it freezes again soon', () => {
    const remedy = createRemedy()
    remedy.begin()
    expect(remedy.hear('clear', 0)).toBe('none')
    expect(remedy.hear('frozen', 5_000)).toBe('open-anew')
    remedy.begin()
    expect(remedy.hear('clear', 6_000)).toBe('none')
    expect(remedy.hear('frozen', 15_000)).toBe('give-up')
    expect(remedy.hear('frozen', 90_000)).toBe('open-anew')
  })
  test('is said to be black when it has shown something before: there is a hand on it', () => {
    const remedy = createRemedy()
    remedy.begin()
    remedy.hear('clear', 0)
    expect(remedy.hear('black', 1)).toBe('say-black')
  })
  test('is opened anew once when it is black from the start, and after it was clear once more', () => {
    const remedy = createRemedy()
    remedy.begin()
    expect(remedy.hear('black', 1)).toBe('open-anew')
    remedy.begin()
    expect(remedy.hear('black', 2)).toBe('say-black')
    expect(remedy.hear('clear', 3)).toBe('none')
    remedy.begin()
    expect(remedy.hear('black', 4)).toBe('open-anew')
  })
})

describe('a tap on the picture', () => {
  const portrait = { left: 0, top: 0, width: 360, height: 720 }
  test.each([
    ['in the middle', { x: 180, y: 360 }, false, { x: 0.5, y: 0.5 }],
    // 1280 x 720 covers it at the height of 720: the middle 360 of 1280 are seen.
    ['at the left, which is cut off', { x: 0, y: 0 }, false, { x: (1280 - 360) / 2 / 1280, y: 0 }],
    ['at the right of a mirror', { x: 360, y: 720 }, true, { x: (1280 - 360) / 2 / 1280, y: 1 }],
    ['outside', { x: 9_000, y: -9 }, false, { x: 1, y: 0 }],
  ])('%s', (_, at, mirrored, point) => {
    const { x, y } = pointIn({ width: 1280, height: 720 }, portrait, at, mirrored)
    expect(x).toBeCloseTo(point.x)
    expect(y).toBeCloseTo(point.y)
  })
  test('before there is a picture is one in the middle', () => {
    expect(pointIn({ width: 0, height: 0 }, portrait, { x: 180, y: 360 }, false)).toEqual({ x: 0.5, y: 0.5 })
  })
})
