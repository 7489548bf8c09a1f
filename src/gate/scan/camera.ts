// The camera, over getUserMedia (W3C Media Capture and Streams, MediaStream Image Capture). What it cannot do, or may
// not, is a value.
import { chooseLens, lensOf, suffices, type CameraCapabilities } from './choose.ts'

export type CameraFault = 'denied' | 'missing' | 'busy' | 'insecure' | 'unsupported'

export interface Range {
  readonly min: number
  readonly max: number
  readonly step: number
  readonly value: number
}

export interface Camera {
  readonly stream: MediaStream
  readonly deviceId: string
  /** `user` looks at whoever holds the device: its preview is mirrored. Nothing where the browser does not say. */
  readonly facing: 'user' | 'environment' | undefined
  readonly hasTorch: boolean
  /** Nothing where the camera has no zoom. */
  readonly zoom: Range | undefined
  /** All cameras of the device, in an order that stays. */
  readonly deviceIds: readonly string[]
  /** Gives what the torch is now. */
  setTorch(on: boolean): Promise<boolean>
  setZoom(value: number): Promise<void>
  /** Calls back when the system has taken the camera away. */
  onEnded(listener: () => void): void
  stop(): void
}

type Asked = { readonly ok: true; readonly stream: MediaStream } | { readonly ok: false; readonly fault: CameraFault }

/** What may be asked of an open camera; TypeScript's DOM does not have these either. */
interface Wish extends MediaTrackConstraintSet {
  focusMode?: 'continuous'
  torch?: boolean
  zoom?: number
}

// Codes were read best at this size: more pixels cost more time than they find codes.
const size = { width: { ideal: 1280 }, height: { ideal: 720 } } satisfies MediaTrackConstraints

const faults: Readonly<Record<string, CameraFault>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
  TypeError: 'unsupported',
}

/**
 * Opens the preferred camera if it is still there, otherwise the best that looks away from the screen, otherwise any.
 * Asks the person if the browser wants that. Never throws.
 * @param preferred a `deviceId` of an earlier camera
 */
export async function openCamera(
  preferred: string | undefined,
): Promise<{ ok: true; camera: Camera } | { ok: false; fault: CameraFault }> {
  if (!isSecureContext) return { ok: false, fault: 'insecure' }
  if (!('mediaDevices' in navigator)) return { ok: false, fault: 'unsupported' }

  const asked = (await askForRemembered(preferred)) ?? (await askForBest())
  return asked.ok ? { ok: true, camera: await cameraOf(asked.stream) } : asked
}

/** Whether the person has allowed the camera; `prompt` also where the browser cannot say. */
export async function cameraPermission(): Promise<'granted' | 'prompt' | 'denied'> {
  try {
    return (await navigator.permissions.query({ name: 'camera' })).state
  } catch {
    return 'prompt'
  }
}

async function ask(constraints: MediaTrackConstraints): Promise<Asked> {
  try {
    return { ok: true, stream: await navigator.mediaDevices.getUserMedia({ video: { ...size, ...constraints } }) }
  } catch (error) {
    return { ok: false, fault: (error instanceof Error && faults[error.name]) || 'busy' }
  }
}

const askFor = (deviceId: string): Promise<Asked> => ask({ deviceId: { exact: deviceId } })

/** Nothing when there is none to remember, or it is not there any more. */
async function askForRemembered(deviceId: string | undefined): Promise<Asked | undefined> {
  const asked = deviceId ? await askFor(deviceId) : undefined
  return asked && !asked.ok && asked.fault === 'missing' ? undefined : asked
}

async function askForBest(): Promise<Asked> {
  const away = { facingMode: { ideal: 'environment' } }
  const first = await ask(away)
  if (!first.ok) return first
  const firstLens = lensOfTrack(trackOf(first.stream))
  const others =
    suffices(firstLens) || facingOf(first.stream) !== 'environment' ? [] : await otherRears(firstLens.deviceId)
  if (others.length === 0) return first

  // A phone often opens one camera at a time only.
  stopAll(first.stream)
  const lenses = [firstLens]
  for (const deviceId of others) {
    const asked = await askFor(deviceId)
    if (!asked.ok) continue
    lenses.push(lensOfTrack(trackOf(asked.stream)))
    stopAll(asked.stream)
  }
  const best = await askFor(chooseLens(lenses)?.deviceId ?? firstLens.deviceId)
  return best.ok ? best : ask(away)
}

/** The other cameras that say that they look away from the screen, where the browser can tell them apart once open. */
async function otherRears(deviceId: string): Promise<string[]> {
  const telling = navigator.mediaDevices.getSupportedConstraints()
  if (!('focusMode' in telling) || typeof InputDeviceInfo !== 'function') return []
  return (await videoInputs())
    .filter((device) => device instanceof InputDeviceInfo && isRear(device) && device.deviceId !== deviceId)
    .map((device) => device.deviceId)
}

const isRear = (device: InputDeviceInfo): boolean =>
  device.getCapabilities().facingMode?.includes('environment') ?? false

async function videoInputs(): Promise<MediaDeviceInfo[]> {
  try {
    const devices = await navigator.mediaDevices.enumerateDevices()
    return devices.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
  } catch {
    return []
  }
}

/** A stream that was asked for video has exactly one such track. */
function trackOf(stream: MediaStream): MediaStreamTrack {
  const [track] = stream.getVideoTracks()
  if (!track) throw new Error('a camera stream without a video track')
  return track
}

// Firefox had no getCapabilities on tracks until 2024.
const capabilitiesOf = (track: MediaStreamTrack): CameraCapabilities =>
  'getCapabilities' in track ? track.getCapabilities() : {}

const lensOfTrack = (track: MediaStreamTrack) => lensOf(track.getSettings().deviceId ?? '', capabilitiesOf(track))

function facingOf(stream: MediaStream): Camera['facing'] {
  const { facingMode } = trackOf(stream).getSettings()
  return facingMode === 'user' || facingMode === 'environment' ? facingMode : undefined
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

async function cameraOf(stream: MediaStream): Promise<Camera> {
  const track = trackOf(stream)
  const { deviceId, focusesItself, hasTorch } = lensOfTrack(track)
  const zoom = zoomOf(track)
  const wish: Wish = focusesItself ? { focusMode: 'continuous' } : {}
  const fulfil = wisher(track, wish)
  if (focusesItself) await fulfil()
  const inputs = await videoInputs()
  return {
    stream,
    deviceId,
    facing: facingOf(stream),
    hasTorch,
    zoom,
    deviceIds: inputs.map((input) => input.deviceId).toSorted(),
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
    onEnded: (listener) => track.addEventListener('ended', listener),
    stop: () => stopAll(stream),
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
