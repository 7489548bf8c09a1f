// What can be set on an open camera: light, zoom and focus (W3C MediaStream Image Capture).
import type { CameraCapabilities, Lens } from './choose.ts'

export interface Range {
  readonly min: number
  readonly max: number
  readonly step: number
  readonly value: number
}

/** A place in the picture: 0 to 1 from its left and from its top. */
export interface Point {
  readonly x: number
  readonly y: number
}

export interface Controls {
  readonly hasTorch: boolean
  /** Whether it can be told to focus now. */
  readonly canFocus: boolean
  /** Nothing where the camera has no zoom. */
  readonly zoom: Range | undefined
  /** Gives what the torch is now. */
  setTorch(on: boolean): Promise<boolean>
  setZoom(value: number): Promise<void>
  /** Focuses on a place in the picture, and after a while by itself again. */
  focus(point: Point): Promise<void>
  /** The camera is put away. */
  readonly release: () => void
}

/** What may be asked of an open camera; TypeScript's DOM does not have these. */
interface Wish extends MediaTrackConstraintSet {
  focusMode?: 'continuous' | 'single-shot'
  pointsOfInterest?: readonly Point[]
  torch?: boolean
  zoom?: number
}

/** How long what was tapped stays in focus before the camera looks around again, in milliseconds. */
const FOCUS_HOLD = 4_000

// Firefox had no getCapabilities on tracks until 2024.
export const capabilitiesOf = (track: MediaStreamTrack): CameraCapabilities =>
  'getCapabilities' in track ? track.getCapabilities() : {}

/** Has the camera focus by itself from now on, where it can. */
export async function controlsOf(track: MediaStreamTrack, { focusesItself, hasTorch }: Lens): Promise<Controls> {
  const { focusMode = [] } = capabilitiesOf(track)
  const canFocus = focusMode.includes('single-shot')
  const aims = canFocus && 'pointsOfInterest' in navigator.mediaDevices.getSupportedConstraints()
  const zoom = zoomOf(track)
  const wish: Wish = focusesItself ? { focusMode: 'continuous' } : {}
  const fulfil = wisher(track, wish)
  let holding: ReturnType<typeof setTimeout> | undefined
  const lookAround = (): void => {
    delete wish.pointsOfInterest
    if (focusesItself) wish.focusMode = 'continuous'
    else delete wish.focusMode
    void fulfil()
  }

  if (focusesItself) await fulfil()
  return {
    hasTorch,
    canFocus,
    zoom,
    async setTorch(on) {
      if (!hasTorch) return false
      wish.torch = on
      const done = await fulfil()
      const { torch = done ? on : !on }: MediaTrackSettings & { torch?: boolean } = track.getSettings()
      wish.torch = torch
      return torch
    },
    async setZoom(value) {
      if (!zoom) return
      wish.zoom = Math.min(Math.max(value, zoom.min), zoom.max)
      await fulfil()
    },
    async focus(point) {
      if (!canFocus) return
      clearTimeout(holding)
      wish.focusMode = 'single-shot'
      if (aims) wish.pointsOfInterest = [point]
      await fulfil()
      holding = setTimeout(lookAround, FOCUS_HOLD)
    },
    release: () => clearTimeout(holding),
  }
}

function zoomOf(track: MediaStreamTrack): Range | undefined {
  const { min, max, step } = capabilitiesOf(track).zoom ?? {}
  if (min === undefined || max === undefined || max <= min) return undefined
  const { zoom: value = min }: MediaTrackSettings & { zoom?: number } = track.getSettings()
  return { min, max, step: step || (max - min) / 100, value }
}

/**
 * Asks the track for the whole wish each time, since what is left out is taken as not wanted any more. One request at a
 * time; while it runs, a slider may change the wish often, and only its last state is asked for.
 */
function wisher(track: MediaStreamTrack, wish: Wish): () => Promise<boolean> {
  let running: Promise<boolean> = Promise.resolve(true)
  let next: Promise<boolean> | undefined
  const request = async (): Promise<boolean> => {
    await running
    running = next ?? running
    next = undefined
    try {
      await track.applyConstraints({ advanced: [{ ...wish }] })
      return true
    } catch {
      return false
    }
  }
  return () => (next ??= request())
}

/**
 * Where in the picture somebody touched its element, which shows as much of it as covers the element.
 * @param box the element, in the page; `at` is a place in the page too
 */
export function pointIn(
  picture: { readonly width: number; readonly height: number },
  box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
  at: Point,
  mirrored: boolean,
): Point {
  const scale = Math.max(box.width / picture.width, box.height / picture.height)
  const x = (at.x - box.left - box.width / 2) / (picture.width * scale) + 0.5
  const y = (at.y - box.top - box.height / 2) / (picture.height * scale) + 0.5
  return { x: within(mirrored ? 1 - x : x), y: within(y) }
}

const within = (value: number): number => (Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0.5)
