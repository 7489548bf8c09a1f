// From a video to texts: looks at each new frame, and says each text once. Where nothing moves, it looks less often.
import type { Reader } from './reader.ts'
import { watchScene } from './scene.ts'

/** A text counts as new once it was out of view for this long while something moved, in milliseconds. */
export const AWAY = 2_000
/** And for this long in any case: what lies still may be read only now and then. */
export const GONE = 5_000

/** How often the picture is looked at for what moves, in milliseconds. */
const GLANCE = 250
/** Something has moved within this time, in milliseconds: no effort is spared. */
const LIVELY = 2_000
/** Nothing has moved for this long, in milliseconds, and only glances are cast until something does. */
const DROWSY = 20_000
/** Then one glance in this many is a look all the same: what is small and pale moves no dot. */
const GLANCES_A_LOOK = 4
/** A camera that sends nothing for this long has frozen; the first picture may take longer. In milliseconds. */
const FROZEN = 3_000
const FIRST_FRAME = 6_000
/** A picture is black after this long, in milliseconds: a hand may pass over the lens. */
const BLACK = 1_500

/** What the camera's pictures are like. */
export type PictureState = 'clear' | 'black' | 'frozen'

export interface Watch {
  /** No looks and no texts until `resume`. The time between does not count: what was in view is in view still. */
  pause(): void
  resume(): void
  stop(): void
}

/**
 * Looks at the frames of a video, one look at a time, and calls back for each *new* text: one that is still in view is not
 * reported again. After 20 s in which nothing moved, it glances four times a second; the frame that moves is read.
 */
export function watch(
  video: HTMLVideoElement,
  reader: Reader,
  onText: (text: string) => void,
  onPicture: (picture: PictureState) => void = () => {},
): Watch {
  const inView = newTexts()
  const scene = watchScene(performance.now())
  let state: 'watching' | 'paused' | 'stopped' = 'watching'
  let pausedAt = 0
  let pausedFor = 0
  let picture: PictureState | undefined
  let waiting = false
  let waitingSince: number | undefined
  let limit = FIRST_FRAME
  let glancedAt = -Infinity
  let glances = 0

  const say = (now: PictureState): void => {
    if (now === picture) return
    picture = now
    onPicture(now)
  }
  const glance = async (now: number): Promise<boolean> => {
    glancedAt = now
    glances += 1
    const dots = await reader.glance(video)
    const { movedAt, blackSince } = scene.look(dots, now)
    if (state === 'watching' && dots) {
      if (blackSince === undefined) say('clear')
      else if (now - blackSince >= BLACK) say('black')
    }
    return movedAt === now
  }
  const read = async (now: number): Promise<string | undefined> => {
    if (isDrowsy(now)) {
      const look = (await glance(now)) || glances % GLANCES_A_LOOK === 0
      return look && state === 'watching' ? reader.readFrame(video, true) : undefined
    }
    const glancing = now - glancedAt >= GLANCE ? glance(now) : undefined
    const text = await reader.readFrame(video, now - scene.read().movedAt < LIVELY)
    await glancing
    return text
  }
  const isDrowsy = (now: number): boolean => now - scene.read().movedAt > DROWSY

  const look = async (): Promise<void> => {
    waitingSince = undefined
    limit = FROZEN
    const text = state === 'watching' ? await read(performance.now()) : undefined
    waiting = false
    if (text !== undefined) hear(text)
    next()
  }
  const hear = (text: string): void => {
    // What was read while nobody wanted it any more is let go.
    if (state !== 'watching') return
    const now = performance.now() - pausedFor
    if (inView.isNew(text, now, scene.read().movedAt - pausedFor)) onText(text)
  }
  const next = (): void => {
    if (waiting || state !== 'watching') return
    waiting = true
    if (isDrowsy(performance.now())) setTimeout(wait, GLANCE)
    else wait()
  }
  const wait = (): void => {
    waitingSince = performance.now()
    onNextFrame(video, () => void look())
  }
  const freezing = setInterval(() => {
    if (document.visibilityState !== 'visible' || state !== 'watching') waitingSince &&= performance.now()
    else if (waitingSince !== undefined && performance.now() - waitingSince > limit) say('frozen')
  }, GLANCE)

  reader.onLate(hear)
  next()
  return {
    pause() {
      if (state !== 'watching') return
      state = 'paused'
      pausedAt = performance.now()
    },
    resume() {
      if (state !== 'paused') return
      state = 'watching'
      pausedFor += performance.now() - pausedAt
      scene.look(undefined, performance.now())
      next()
    },
    stop() {
      state = 'stopped'
      clearInterval(freezing)
    },
  }
}

/** Tells new texts from those that are in view still. Times in milliseconds. */
export function newTexts(): {
  /** @param movedAt when something in the picture moved last */
  isNew(text: string, now: number, movedAt: number): boolean
} {
  const lastSeen = new Map<string, number>()
  return {
    isNew(text, now, movedAt) {
      for (const [other, time] of lastSeen) if (now - time > GONE) lastSeen.delete(other)
      const seen = lastSeen.get(text)
      lastSeen.set(text, now)
      return seen === undefined || (now - seen > AWAY && movedAt > seen)
    },
  }
}

function onNextFrame(video: HTMLVideoElement, callback: () => void): void {
  if (typeof video.requestVideoFrameCallback === 'function') video.requestVideoFrameCallback(callback)
  else requestAnimationFrame(callback)
}
