import { describe, expect, test } from 'vitest'
import {
  chooseLens,
  findLens,
  lensOf,
  suffices,
  worthOpening,
  type CameraCapabilities,
} from '../../src/gate/scan/choose.ts'
import { devices } from '../support/cameras.ts'

const hd = { width: { max: 1920 }, height: { max: 1080 } }
const large = { width: { max: 4000 }, height: { max: 3000 } }
const named = (label: string, capabilities: CameraCapabilities = {}) => lensOf({ deviceId: label, label, capabilities })

/** The place of the chosen among cameras with these capabilities. */
const choose = (...capabilities: CameraCapabilities[]): string | undefined =>
  chooseLens(
    capabilities.map((capability, index) => lensOf({ deviceId: String(index), label: '', capabilities: capability })),
  )?.deviceId

describe('a lens', () => {
  test('is known by what it can do', () => {
    expect(
      named('camera2 3, facing back', {
        ...hd,
        facingMode: ['environment'],
        focusMode: ['manual', 'continuous'],
        focusDistance: { min: 0.1 },
        torch: true,
      }),
    ).toEqual({
      deviceId: 'camera2 3, facing back',
      facing: 'environment',
      sees: true,
      focusesItself: true,
      hasTorch: true,
      nearest: 0.1,
      pixels: 1920 * 1080,
      turn: 3,
    })
  })
  test('can do nothing that its browser does not say', () => {
    expect(named('')).toEqual({
      deviceId: '',
      facing: undefined,
      sees: true,
      focusesItself: undefined,
      hasTorch: false,
      nearest: undefined,
      pixels: 0,
      turn: Infinity,
    })
  })
  test.each([
    [true, true],
    [false, false],
    [[false, true], true],
    [[false], false],
  ])('with torch %j', (torch, hasTorch) => {
    expect(named('', { torch })).toMatchObject({ hasTorch })
  })
  test.each([
    ['camera2 1, facing front', [], 'user'],
    ['Facing back:0', [], 'environment'],
    ['Microsoft Camera Rear (045e:0991)', [], 'environment'],
    ['Front Camera', ['environment'], 'environment'],
    ['Background Camera', [], undefined],
    ['HD Webcam', ['left'], undefined],
  ])('that is called %s and says %j', (label, facingMode, facing) => {
    expect(named(label, { facingMode })).toMatchObject({ facing })
  })
  test.each([
    ['Integrated IR Camera (04f2:b6d0)', false],
    ['Intel(R) RealSense(TM) Depth Camera 435', false],
    ['OBS Virtual Camera', false],
    ['Desk View Camera', false],
    ['Irium Webcam', true],
    ['Back Dual Wide Camera', true],
  ])('that is called %s sees codes: %j', (label, sees) => expect(named(label)).toMatchObject({ sees }))
  test.each([
    [['continuous'], true, true],
    [['continuous'], false, false],
    [['manual'], true, false],
    [[], true, false],
  ])('with focus %j and torch %j', (focusMode, torch, enough) => {
    expect(suffices(named('', { focusMode, torch }))).toBe(enough)
  })
  test('that looks at the person is never enough', () => {
    expect(suffices(named('front', { focusMode: ['continuous'], torch: true }))).toBe(false)
  })
})

describe('the best lens', () => {
  const focusMode = ['continuous']
  test('is none of none', () => expect(choose()).toBeUndefined())
  test('looks away', () =>
    expect(choose({ facingMode: ['user'], focusMode, torch: true }, { facingMode: ['environment'] })).toBe('1'))
  test('focuses by itself, even without a torch', () =>
    expect(choose({ ...large, focusMode: ['manual'], torch: true }, { ...hd, focusMode })).toBe('1'))
  test('then has a torch, even with fewer pixels', () =>
    expect(choose({ ...large, focusMode }, { ...hd, focusMode, torch: true })).toBe('1'))
  test('then focuses nearer, where nobody says how', () => {
    expect(choose({ ...large, focusDistance: { min: 0.2 } }, { ...hd, focusDistance: { min: 0.02 } })).toBe('1')
    expect(choose({ ...hd, focusDistance: { min: 0.12 } }, { ...hd, focusDistance: { min: 0.1 } })).toBe('0')
  })
  test('but is no wide one, where it is known to focus', () => {
    expect(
      choose({ ...hd, focusMode, focusDistance: { min: 0.1 } }, { ...hd, focusMode, focusDistance: { min: 0.03 } }),
    ).toBe('0')
  })
  test('then has the most pixels', () => expect(choose(hd, large, hd)).toBe('1'))
  test('is the first among equals: the browser chose it', () => expect(choose(hd, hd)).toBe('0'))
})

/** Goes through a device as the gate does. */
async function scanWith({ cameras, given, tells }: (typeof devices)[number]) {
  const opened: number[] = []
  const listed = cameras.map(({ label, closed = {} }, index) =>
    lensOf({ deviceId: String(index), label, capabilities: closed }),
  )
  const open = (index: number) => {
    const { label = '', open: capabilities = 'does-not-open' } = cameras[index] ?? {}
    return capabilities === 'does-not-open' ? undefined : lensOf({ deviceId: String(index), label, capabilities })
  }
  const first = open(given)
  if (!first) throw new Error('What is given is open')
  const best = await findLens(first, listed, tells, (deviceId) => {
    opened.push(Number(deviceId))
    return Promise.resolve(open(Number(deviceId)))
  })
  return { best: Number(best.deviceId), opened }
}

describe('a device that was reported', () => {
  test.each(devices)('$name', async (device) => {
    const { best, opened } = device
    expect(await scanWith(device)).toEqual({ best, opened })
  })
  test.each(devices)('the same before anything is allowed, when cameras have no names: $name', async (device) => {
    const { given } = device
    const cameras = device.cameras.map((camera) => ({ ...camera, label: '', closed: {} }))
    const first = lensOf({ deviceId: String(given), label: '', capabilities: {} })
    const listed = cameras.map((_, index) => lensOf({ deviceId: String(index), label: '', capabilities: {} }))
    expect(worthOpening(first, listed, device.tells)).toEqual([])
  })
})
