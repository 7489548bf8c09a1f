import { describe, expect, test } from 'vitest'
import { chooseLens, lensOf, suffices, type CameraCapabilities } from '../../src/gate/scan/choose.ts'

const hd = { width: { max: 1920 }, height: { max: 1080 } }
const large = { width: { max: 4000 }, height: { max: 3000 } }

/** The place of the chosen among cameras with these capabilities. */
const choose = (...capabilities: CameraCapabilities[]): string | undefined =>
  chooseLens(capabilities.map((capability, index) => lensOf(String(index), capability)))?.deviceId

describe('a lens', () => {
  test('is known by what it can do', () => {
    expect(lensOf('a', { ...hd, focusMode: ['manual', 'continuous'], torch: true })).toEqual({
      deviceId: 'a',
      focusesItself: true,
      hasTorch: true,
      pixels: 1920 * 1080,
    })
  })
  test('can do nothing that its browser does not say', () => {
    expect(lensOf('a', {})).toEqual({ deviceId: 'a', focusesItself: false, hasTorch: false, pixels: 0 })
  })
  test.each([
    [true, true],
    [false, false],
    [[false, true], true],
    [[false], false],
  ])('with torch %j', (torch, hasTorch) => {
    expect(lensOf('a', { torch })).toMatchObject({ hasTorch })
  })
  test.each([
    [['continuous'], true, true],
    [['continuous'], false, false],
    [['manual'], true, false],
  ])('with focus %j and torch %j', (focusMode, torch, enough) => {
    expect(suffices(lensOf('a', { focusMode, torch }))).toBe(enough)
  })
})

describe('the best lens', () => {
  test('is none of none', () => expect(choose()).toBeUndefined())
  test('focuses by itself, even without a torch', () => {
    expect(choose({ ...large, torch: true }, { ...hd, focusMode: ['continuous'] })).toBe('1')
  })
  test('then has a torch, even with fewer pixels', () => {
    const focusMode = ['continuous']
    expect(choose({ ...large, focusMode }, { ...hd, focusMode, torch: true })).toBe('1')
  })
  test('then has the most pixels', () => expect(choose(hd, large, hd)).toBe('1'))
  test('is the first among equals: the browser chose it', () => expect(choose(hd, hd)).toBe('0'))
  test('does not depend on labels or order otherwise', () => {
    const best = { ...hd, focusMode: ['continuous'], torch: true }
    expect(choose(best, large, hd)).toBe('0')
    expect(choose(hd, large, best)).toBe('2')
  })
})
