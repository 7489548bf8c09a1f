// From a video to texts: looks at each new frame, and says each text once.
import type { Reader } from './reader.ts'

/** How long a text must have been out of view to count as new, in milliseconds. */
export const AWAY = 2_000

export interface Watch {
  /** No looks and no texts until `resume`. The time between does not count: what was in view is in view still. */
  pause(): void
  resume(): void
  /** Whatever is in view counts as new. */
  forget(): void
  stop(): void
}

/**
 * Looks at the frames of a video, one look at a time, and calls back for each *new* text. A text that is still in view
 * is not reported again until it has been out of view for 2 s.
 */
export function watch(video: HTMLVideoElement, reader: Reader, onText: (text: string) => void): Watch {
  const inView = newTexts(AWAY)
  let state: 'watching' | 'paused' | 'stopped' = 'watching'
  let waiting = false
  let pausedAt = 0
  let pausedFor = 0

  const look = async (): Promise<void> => {
    const text = state === 'watching' ? await reader.readFrame(video) : undefined
    waiting = false
    // What was read while nobody wanted it any more is let go.
    if (state !== 'watching') return
    if (text !== undefined && inView.isNew(text, performance.now() - pausedFor)) onText(text)
    next()
  }
  const next = (): void => {
    if (waiting || state !== 'watching') return
    waiting = true
    onNextFrame(video, () => void look())
  }

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
      next()
    },
    forget: () => inView.clear(),
    stop() {
      state = 'stopped'
      inView.clear()
    },
  }
}

/** Tells new texts from those seen a moment ago. Times in milliseconds. */
export function newTexts(away: number): { isNew(text: string, now: number): boolean; clear(): void } {
  const lastSeen = new Map<string, number>()
  return {
    isNew(text, now) {
      for (const [other, time] of lastSeen) if (now - time > away) lastSeen.delete(other)
      const known = lastSeen.has(text)
      lastSeen.set(text, now)
      return !known
    },
    clear: () => lastSeen.clear(),
  }
}

function onNextFrame(video: HTMLVideoElement, callback: () => void): void {
  if (typeof video.requestVideoFrameCallback === 'function') video.requestVideoFrameCallback(callback)
  else requestAnimationFrame(callback)
}
