// The camera, over getUserMedia (W3C Media Capture and Streams). What it cannot do, or may not, is a value.
import { findLens, lensOf, type Lens } from './choose.ts'
import { capabilitiesOf, controlsOf, type Controls } from './controls.ts'

export type CameraFault =
  | 'denied'
  | 'missing'
  /** Another program has it, or it did not start. */
  | 'busy'
  /** It was on, and the system has lent it to somebody else: a call, mostly. */
  | 'taken'
  /** It is on and sends no pictures. */
  | 'frozen'
  | 'insecure'
  | 'unsupported'

export interface Camera extends Omit<Controls, 'release'> {
  readonly stream: MediaStream
  readonly deviceId: string
  /** `user` looks at whoever holds the device: its preview is mirrored. Nothing where the browser does not say. */
  readonly facing: 'user' | 'environment' | undefined
  /** Calls back when the system has taken the camera away, for good. */
  onEnded(listener: () => void): void
  /** Calls back when the system has lent it to somebody else for a time, and when it is back. */
  onTaken(listener: (taken: boolean) => void): void
  stop(): void
}

type Asked = { readonly ok: true; readonly stream: MediaStream } | { readonly ok: false; readonly fault: CameraFault }

// Codes were read best at this size: more pixels cost more time than they find codes. A camera that can do so at 30 frames
// a second only in a packed format is to use it.
const wanted = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30 },
} satisfies MediaTrackConstraints

/** How long a camera is without pictures before somebody else has it, in milliseconds: some begin with a short pause. */
const MUTED = 1_500

const away = { facingMode: { ideal: 'environment' } } satisfies MediaTrackConstraints
const towards = { facingMode: { ideal: 'user' } } satisfies MediaTrackConstraints

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
 * @param front one that looks the way the screen does is wanted
 */
export async function openCamera(
  preferred: string | undefined,
  front = false,
): Promise<{ ok: true; camera: Camera } | { ok: false; fault: CameraFault }> {
  if (!isSecureContext) return { ok: false, fault: 'insecure' }
  if (!('mediaDevices' in navigator)) return { ok: false, fault: 'unsupported' }

  const asked = (await askForRemembered(preferred)) ?? (await (front ? ask(towards) : askForBest()))
  return asked.ok ? { ok: true, camera: await cameraOf(asked.stream) } : asked
}

/** All cameras of the device, in an order that stays. */
export async function listCameras(): Promise<readonly string[]> {
  return (await videoInputs()).map(({ deviceId }) => deviceId).toSorted()
}

async function ask(constraints: MediaTrackConstraints): Promise<Asked> {
  try {
    return { ok: true, stream: await navigator.mediaDevices.getUserMedia({ video: { ...wanted, ...constraints } }) }
  } catch (error) {
    return { ok: false, fault: (error instanceof Error && faults[error.name]) || 'busy' }
  }
}

const askFor = (deviceId: string): Promise<Asked> => ask({ deviceId: { exact: deviceId } })

/** Nothing when there is none to remember, or it cannot be had: another may do. */
async function askForRemembered(deviceId: string | undefined): Promise<Asked | undefined> {
  const asked = deviceId ? await askFor(deviceId) : undefined
  return asked && !asked.ok && (asked.fault === 'missing' || asked.fault === 'busy') ? undefined : asked
}

async function askForBest(): Promise<Asked> {
  const first = await ask(away)
  if (!first.ok) return first.fault === 'busy' ? ((await askForAnyOther()) ?? first) : first

  const { mediaDevices } = navigator
  // A phone often opens one camera at a time only.
  let { stream } = first
  const best = await findLens(
    lensOfTrack(stream),
    await listLenses(),
    'focusMode' in mediaDevices.getSupportedConstraints(),
    async (deviceId) => {
      stopAll(stream)
      const asked = await askFor(deviceId)
      if (!asked.ok) return undefined
      stream = asked.stream
      return lensOfTrack(stream)
    },
  )
  const track = trackOf(stream)
  if (track.readyState === 'live' && track.getSettings().deviceId === best.deviceId) return { ok: true, stream }
  stopAll(stream)
  const again = await askFor(best.deviceId)
  return again.ok ? again : ask(away)
}

/** The one that the browser chose does not start: some phones list a lens that no page may open. */
async function askForAnyOther(): Promise<Asked | undefined> {
  for (const { deviceId, facing, sees } of await listLenses()) {
    if (!sees || facing === 'user') continue
    const asked = await askFor(deviceId)
    if (asked.ok) return asked
  }
  return undefined
}

/** What is known of the cameras while they are closed. */
async function listLenses(): Promise<Lens[]> {
  const tells = typeof InputDeviceInfo === 'function'
  return (await videoInputs()).map((device) =>
    lensOf({
      deviceId: device.deviceId,
      label: device.label,
      capabilities: tells && device instanceof InputDeviceInfo ? device.getCapabilities() : {},
    }),
  )
}

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

function lensOfTrack(stream: MediaStream): Lens {
  const track = trackOf(stream)
  return lensOf({
    deviceId: track.getSettings().deviceId ?? '',
    label: track.label,
    capabilities: capabilitiesOf(track),
  })
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

async function cameraOf(stream: MediaStream): Promise<Camera> {
  const track = trackOf(stream)
  const lens = lensOfTrack(stream)
  const { facingMode } = track.getSettings()
  const { release, ...controls } = await controlsOf(track, lens)
  let muting: ReturnType<typeof setTimeout> | undefined
  return {
    ...controls,
    stream,
    deviceId: lens.deviceId,
    facing: facingMode === 'user' || facingMode === 'environment' ? facingMode : undefined,
    onEnded: (listener) => track.addEventListener('ended', listener),
    onTaken(listener) {
      const hear = (): void => {
        clearTimeout(muting)
        if (!track.muted) listener(false)
        else muting = setTimeout(() => listener(true), MUTED)
      }
      track.addEventListener('mute', hear)
      track.addEventListener('unmute', hear)
      if (track.muted) hear()
    },
    stop() {
      clearTimeout(muting)
      release()
      stopAll(stream)
    },
  }
}
