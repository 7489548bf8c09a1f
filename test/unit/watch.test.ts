import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Reader } from '../../src/gate/scan/reader.ts'
import { ACROSS, DOWN, dotsOf, watchScene } from '../../src/gate/scan/scene.ts'
import { AWAY, GONE, newTexts, watch, type PictureState } from '../../src/gate/scan/watch.ts'

describe('a text', () => {
  test('is new once while it stays in view', () => {
    const inView = newTexts()
    const times = [0, 100, 2_000, 3_900, 5_900, 7_800]
    expect(times.map((time) => inView.isNew('a', time, time))).toEqual([true, false, false, false, false, false])
  })
  test('is new again after it was away', () => {
    const inView = newTexts()
    expect(inView.isNew('a', 0, 0)).toBe(true)
    expect(inView.isNew('a', AWAY, AWAY)).toBe(false)
    expect(inView.isNew('a', 2 * AWAY + 1, 2 * AWAY)).toBe(true)
  })
  test('that was not read for a while is not new while nothing moves, unless it was for long', () => {
    const inView = newTexts()
    inView.isNew('a', 0, 0)
    expect(inView.isNew('a', GONE, 0)).toBe(false)
    expect(inView.isNew('a', 2 * GONE + 1, 0)).toBe(true)
  })
  test('that takes turns with another is new once', () => {
    const inView = newTexts()
    const texts = ['a', 'b', 'a', 'b']
    expect(texts.map((text, index) => inView.isNew(text, index * 500, index * 500))).toEqual([true, true, false, false])
  })
})

const grey = (brightness: number): Uint8Array => new Uint8Array(ACROSS * DOWN).fill(brightness)
const withSpot = (brightness: number, spot: number): Uint8Array => grey(brightness).with(300, spot)

describe('a scene', () => {
  test('moves when one dot changes, and not with noise', () => {
    const scene = watchScene(0)
    scene.look(grey(100), 1)
    expect(scene.look(grey(106), 2).movedAt).toBe(1)
    expect(scene.look(withSpot(100, 130), 3).movedAt).toBe(3)
  })
  test('moves too when it changes slowly', () => {
    const scene = watchScene(0)
    const moved = Array.from({ length: 10 }, (_, step) => scene.look(withSpot(100, 100 + 4 * step), step + 1).movedAt)
    expect(moved.at(-1)).toBeGreaterThan(4)
  })
  test('moves when nobody can see it: rather too many looks than too few', () => {
    expect(watchScene(0).look(undefined, 9)).toEqual({ movedAt: 9, blackSince: undefined })
  })
  test('is black when all of it is', () => {
    const scene = watchScene(0)
    expect(scene.look(grey(16), 1).blackSince).toBe(1)
    expect(scene.look(grey(10), 2).blackSince).toBe(1)
    expect(scene.look(withSpot(16, 60), 3).blackSince).toBeUndefined()
  })
  test.each([
    [1280, 720],
    [720, 1280],
    [33, 19],
  ])('of %i x %i pixels has dots where they are', (width, height) => {
    const luma = new Uint8Array(width * height).fill(200)
    const half = Math.floor(height / 2) * width
    luma.fill(20, half)
    const dots = dotsOf(luma, width, height)
    expect(dots).toHaveLength(ACROSS * DOWN)
    expect([dots[0], dots[ACROSS - 1], dots.at(-1)]).toEqual([200, 200, 20])
  })
})

/** A camera of 25 pictures a second, and what is done with them. */
function film() {
  let dots = grey(120)
  let text: string | undefined
  let running = true
  let glances = 0
  let eager = 0
  const texts: string[] = []
  const pictures: PictureState[] = []
  const reads: number[] = []
  let late: ((text: string) => void) | undefined
  const reader: Reader = {
    kind: 'fast',
    readFrame(_, moving) {
      reads.push(performance.now())
      if (moving) eager += 1
      return Promise.resolve(text)
    },
    onLate(listener) {
      late = listener
    },
    glance() {
      glances += 1
      return Promise.resolve(dots)
    },
    readImage: () => Promise.resolve(undefined),
    stop() {},
  }
  const video = Object.assign(Object.create(null), {
    requestVideoFrameCallback(callback: () => void) {
      const come = (): void => {
        if (running) callback()
        else setTimeout(come, 40)
      }
      setTimeout(come, 40)
    },
  })
  const watching = watch(
    video,
    reader,
    (found) => texts.push(found),
    (picture) => pictures.push(picture),
  )
  return {
    texts,
    pictures,
    watching,
    show: (next: { dots?: Uint8Array; text?: string; running?: boolean }): void => {
      ;({ dots = dots, text, running = running } = next)
    },
    /** Somebody has read this between two frames. */
    readLate: (found: string) => late?.(found),
    /** Lets time go by; how often frames were read, how often with all effort, and how often glanced at. */
    pass: async (ms: number) => {
      const [readsBefore, glancesBefore, eagerBefore] = [reads.length, glances, eager]
      await vi.advanceTimersByTimeAsync(ms)
      return { reads: reads.length - readsBefore, glances: glances - glancesBefore, eager: eager - eagerBefore }
    },
    lastRead: () => reads.at(-1) ?? Number.NaN,
  }
}

describe('the watch', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('document', { visibilityState: 'visible' })
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  test('reads every frame while something moves, and glances four times a second', async () => {
    const { pass, watching } = film()
    const { reads, glances } = await pass(10_000)
    expect(reads).toBeGreaterThan(240)
    expect(glances).toBeGreaterThan(30)
    expect(glances).toBeLessThan(42)
    watching.stop()
  })
  test('spares no effort for 2 s after something moved, and some from then on', async () => {
    const { pass, show, watching } = film()
    await pass(3_000)
    expect((await pass(5_000)).eager).toBe(0)
    show({ dots: withSpot(120, 60) })
    await pass(300)
    const { reads, eager } = await pass(1_500)
    expect(eager).toBe(reads)
    await pass(500)
    expect((await pass(5_000)).eager).toBe(0)
    watching.stop()
  })
  test('after 20 s in which nothing moved, only glances, and reads once a second', async () => {
    const { pass, watching } = film()
    await pass(21_000)
    const { reads, glances } = await pass(10_000)
    expect(reads).toBeGreaterThan(6)
    expect(reads).toBeLessThan(12)
    expect(glances).toBeGreaterThan(30)
    expect(glances).toBeLessThan(42)
    watching.stop()
  })
  test('says at once what is read between two frames, each text once, and nothing while it is paused', async () => {
    const { pass, show, texts, watching, readLate } = film()
    await pass(100)
    readLate('late')
    expect(texts).toEqual(['late'])
    show({ text: 'late' })
    await pass(200)
    expect(texts).toEqual(['late'])
    show({})
    watching.pause()
    readLate('of somebody who has left')
    watching.resume()
    await pass(200)
    watching.stop()
    readLate('after the end')
    expect(texts).toEqual(['late'])
  })
  test('reads the very frame that it sees move, and every frame from then on', async () => {
    const { pass, show, texts, watching, lastRead } = film()
    await pass(30_000)
    show({ dots: withSpot(120, 60), text: 'code' })
    const came = performance.now()
    await pass(330)
    expect(texts).toEqual(['code'])
    expect(lastRead() - came).toBeLessThan(331)
    const { reads } = await pass(5_000)
    expect(reads).toBeGreaterThan(115)
    watching.stop()
  })
  test('is awake after a verdict', async () => {
    const { pass, watching } = film()
    await pass(30_000)
    watching.pause()
    const { reads } = await pass(8_000)
    expect(reads).toBeLessThan(2)
    watching.resume()
    expect((await pass(1_000)).reads).toBeGreaterThan(20)
    watching.stop()
  })
  test('does not say again what stayed in view under a verdict', async () => {
    const { pass, show, texts, watching } = film()
    show({ text: 'code' })
    await pass(1_000)
    watching.pause()
    await pass(8_000)
    watching.resume()
    await pass(10_000)
    expect(texts).toEqual(['code'])
    show({ dots: grey(90) })
    await pass(AWAY + 500)
    show({ text: 'code' })
    await pass(1_000)
    expect(texts).toEqual(['code', 'code'])
    watching.stop()
  })
  test('says that the pictures are black, and that they are clear again', async () => {
    const { pass, show, pictures, watching } = film()
    await pass(1_000)
    show({ dots: grey(16) })
    await pass(1_000)
    expect(pictures).toEqual(['clear'])
    await pass(1_500)
    show({ dots: grey(90) })
    await pass(500)
    expect(pictures).toEqual(['clear', 'black', 'clear'])
    watching.stop()
  })
  test('says that no picture comes any more, but not under a verdict', async () => {
    const { pass, show, pictures, watching } = film()
    await pass(1_000)
    watching.pause()
    show({ running: false })
    await pass(10_000)
    watching.resume()
    await pass(2_900)
    expect(pictures).toEqual(['clear'])
    await pass(600)
    expect(pictures).toEqual(['clear', 'frozen'])
    watching.stop()
  })
  test('waits longer for a camera’s first picture', async () => {
    const { pass, show, pictures, watching } = film()
    show({ running: false })
    await pass(5_500)
    expect(pictures).toEqual([])
    await pass(1_000)
    expect(pictures).toEqual(['frozen'])
    watching.stop()
  })
})
