// How a camera comes back: by being opened anew when its pictures are not right, and by being asked for again when
// somebody else has let go of it, when it was plugged in, or when it was allowed.
import type { CameraFault } from './camera.ts'
import type { PictureState } from './watch.ts'

/** A camera that freezes again within this time is not helped by being opened anew, in milliseconds. */
const RELAPSE = 30_000

/** How often a camera is asked for again that nothing is heard of when it is free, in milliseconds. */
const ASK_AGAIN = 5_000

/** The faults that end without a sign. */
const silent: ReadonlySet<CameraFault> = new Set(['busy', 'frozen'])

export type Remedy = 'open-anew' | 'give-up' | 'say-black' | 'none'

/** What to do about what a camera's pictures are like. */
export function createRemedy(): {
  /** Its first picture is still to come. */
  begin(): void
  /** To be told each time that it changes. */
  hear(picture: PictureState, now: number): Remedy
} {
  let frozeAt = -Infinity
  let hasShown = false
  let triedBlack = false
  return {
    begin() {
      hasShown = false
    },
    hear(picture, now) {
      if (picture === 'clear') {
        hasShown = true
        triedBlack = false
        return 'none'
      }
      if (picture === 'frozen') {
        const relapsed = now - frozeAt < RELAPSE
        frozeAt = now
        return relapsed ? 'give-up' : 'open-anew'
      }
      // Black from its first picture on: after a call, some phones give such a camera until it is opened anew.
      const anew = !hasShown && !triedBlack
      triedBlack ||= anew
      return anew ? 'open-anew' : 'say-black'
    },
  }
}

/**
 * Calls back whenever it is worth asking again, until the stop that it gives is called.
 * @param allowed whether the person has allowed a camera here before: only then is it asked for unbidden, for else the
 *   browser would ask the person
 */
export function awaitCamera(fault: CameraFault, allowed: boolean, again: () => void): () => void {
  const asking = allowed && silent.has(fault) ? setInterval(again, ASK_AGAIN) : undefined
  const stopHearing = onDevices(() => {
    if (fault !== 'denied') again()
  })
  const stopWatching = onPermission((permission) => {
    if (permission === 'granted') again()
  })
  return () => {
    clearInterval(asking)
    stopHearing()
    stopWatching()
  }
}

/** Calls back when a camera, or anything else, was plugged in or taken out. */
export function onDevices(listener: () => void): () => void {
  if (!('mediaDevices' in navigator)) return () => {}
  const { mediaDevices } = navigator
  mediaDevices.addEventListener('devicechange', listener)
  return () => mediaDevices.removeEventListener('devicechange', listener)
}

/** Calls back when the person has changed what this page may. Silent in browsers that do not say. */
export function onPermission(listener: (permission: PermissionState) => void): () => void {
  let stopped = false
  let stop = (): void => {
    stopped = true
  }
  const listen = async (): Promise<void> => {
    try {
      const status = await navigator.permissions.query({ name: 'camera' })
      if (stopped) return
      const tell = (): void => listener(status.state)
      status.addEventListener('change', tell)
      stop = () => status.removeEventListener('change', tell)
    } catch {
      // Such a browser ends the track, which is heard as well.
    }
  }
  void listen()
  return () => stop()
}
