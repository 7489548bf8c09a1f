// The viewfinder: one camera, one reader and one video element, kept going. It recovers by itself where it can, and
// says what is wrong where it cannot.
import { createStore, type Readable } from '../../browser/store.ts'
import { listCameras, openCamera, type Camera, type CameraFault } from './camera.ts'
import type { Point, Range } from './controls.ts'
import { openCompatible, openReader, type Reader } from './reader.ts'
import { awaitCamera, createRemedy, onDevices, onPermission } from './recovery.ts'
import { watch, type PictureState } from './watch.ts'

export interface ViewfinderState {
  readonly camera: 'starting' | 'on' | 'off' | CameraFault
  /** The preview of a camera that faces the person who holds the device is shown as a mirror. */
  readonly mirrored: boolean
  readonly torch: 'none' | 'off' | 'on'
  readonly zoom: Range | undefined
  /** Whether it can be told where to focus. */
  readonly canFocus: boolean
  /** Nothing while it is not known yet. */
  readonly canSwitch: boolean | undefined
  /** It is on, and sees nothing but black. */
  readonly black: boolean
  readonly reader: Reader['kind'] | 'starting'
  /** The fast reader has crashed again and again, and the compatible one has taken over. */
  readonly fellBack: boolean
}

export interface Viewfinder extends Readable<ViewfinderState> {
  /** When the camera is on for the first time, and it is known what it can do; or when it is known why it is not. */
  readonly settled: Promise<void>
  /** Shows the camera in a video element; returns how to take it out again. */
  attach(video: HTMLVideoElement): () => void
  start(): Promise<void>
  stop(): void
  /** Codes are looked for only while it is not paused; the picture goes on. */
  pause(): void
  resume(): void
  toggleTorch(): Promise<void>
  setZoom(value: number): Promise<void>
  focus(point: Point): Promise<void>
  switchCamera(): Promise<void>
  /** The text of a code in a picture, if there is one. */
  readPicture(image: ImageBitmap): Promise<string | undefined>
}

export interface ViewfinderOptions {
  readonly preferred: () => string | undefined
  /** Whether the device stands on its own, and looks at whoever stands before its screen. */
  readonly front: () => boolean
  readonly onText: (text: string) => void
  /** A camera is on: the one to open first the next time. */
  readonly onOpened: (deviceId: string) => void
}

const atRest = {
  mirrored: false,
  torch: 'none',
  zoom: undefined,
  canFocus: false,
  black: false,
} as const

export function createViewfinder({ preferred, front, onText, onOpened }: ViewfinderOptions): Viewfinder {
  const state = createStore<ViewfinderState>({
    ...atRest,
    canSwitch: undefined,
    camera: 'off',
    reader: 'starting',
    fellBack: false,
  })
  const write = (changes: Partial<ViewfinderState>): void => state.write({ ...state.read(), ...changes })
  const settled = new Promise<void>((settle) => {
    const stop = state.subscribe(() => {
      if (state.read().canSwitch === undefined) return
      stop()
      settle()
    })
  })
  let video: HTMLVideoElement | undefined
  let camera: Camera | undefined
  let watching: ReturnType<typeof watch> | undefined
  let stopWaiting: (() => void) | undefined
  let paused = false
  let allowed = false
  let light = false
  const remedy = createRemedy()
  // Each start or stop makes the ones before it void: a slow camera must not come on after it was put away.
  let turn = 0

  // The reader compiles while the camera opens. One that has crashed for good would crash again.
  let reader = openReader(() => {
    write({ fellBack: true })
    reader = openCompatible()
    void announce(reader)
    show()
  })
  void announce(reader)

  async function announce(opening: Promise<Reader>): Promise<void> {
    const { kind } = await opening
    write({ reader: kind })
  }

  function show(): void {
    watching?.stop()
    watching = undefined
    const [element, opened, mine] = [video, camera, turn]
    if (!element || !opened) return
    if (element.srcObject !== opened.stream) element.srcObject = opened.stream
    play()
    remedy.begin()
    void lookThrough(element, mine)
  }

  /** Some browsers leave a video paused after a call. */
  function play(): void {
    if (camera) void video?.play().catch(() => undefined)
  }

  async function lookThrough(element: HTMLVideoElement, mine: number): Promise<void> {
    const ready = await reader
    if (mine !== turn || element !== video || watching) return
    watching = watch(element, ready, onText, onPicture)
    if (paused) watching.pause()
  }

  function onPicture(picture: PictureState): void {
    const answer = remedy.hear(picture, performance.now())
    if (answer === 'open-anew') void open(camera?.deviceId, true)
    else if (answer === 'give-up') fail('frozen')
    else write({ black: answer === 'say-black' })
  }

  function putAway(): void {
    turn += 1
    stopWaiting?.()
    stopWaiting = undefined
    watching?.stop()
    watching = undefined
    camera?.stop()
    camera = undefined
    if (video) video.srcObject = null
  }

  function fail(fault: CameraFault): void {
    putAway()
    write({ ...atRest, canSwitch: false, camera: fault })
    stopWaiting = awaitCamera(fault, allowed, () => void open(preferred(), true))
  }

  /** @param quiet what is shown stays until it is known how it went */
  async function open(wanted: string | undefined, quiet: boolean): Promise<void> {
    putAway()
    const mine = turn
    if (!quiet) write({ ...atRest, camera: 'starting' })
    const result = await openCamera(wanted, front())
    if (mine !== turn) {
      if (result.ok) result.camera.stop()
      return
    }
    if (!result.ok) {
      fail(result.fault)
      return
    }
    await take(result.camera, mine)
  }

  async function take(opened: Camera, mine: number): Promise<void> {
    camera = opened
    allowed = true
    onOpened(opened.deviceId)
    opened.onEnded(() => {
      if (camera === opened) void open(preferred(), true)
    })
    opened.onTaken((taken) => onTaken(taken, mine))
    write({
      ...atRest,
      camera: 'on',
      mirrored: opened.facing === 'user',
      torch: opened.hasTorch ? 'off' : 'none',
      zoom: opened.zoom,
      canFocus: opened.canFocus,
    })
    show()
    const canSwitch = (await listCameras()).length > 1
    if (mine !== turn) return
    write({ canSwitch })
    // The light is as somebody set it, also after a call.
    if (light && opened.hasTorch) write({ torch: (await opened.setTorch(true)) ? 'on' : 'off' })
  }

  function onTaken(taken: boolean, mine: number): void {
    if (mine !== turn) return
    if (taken) {
      watching?.stop()
      watching = undefined
      write({ camera: 'taken', black: false })
    } else if (state.read().camera === 'taken') {
      write({ camera: 'on' })
      show()
    }
  }

  onDevices(async () => {
    const [opened, cameras] = [camera, await listCameras()]
    if (!opened || camera !== opened) return
    // Not every browser ends the track of a camera that was unplugged.
    if (cameras.length > 0 && !cameras.includes(opened.deviceId)) await open(preferred(), true)
    else write({ canSwitch: cameras.length > 1 })
  })
  onPermission((permission) => {
    if (permission === 'denied' && camera) void open(preferred(), true)
  })

  return {
    read: state.read,
    subscribe: state.subscribe,
    settled,
    attach(element) {
      video = element
      element.addEventListener('pause', play)
      show()
      return () => {
        element.removeEventListener('pause', play)
        if (video !== element) return
        watching?.stop()
        watching = undefined
        element.srcObject = null
        video = undefined
      }
    },
    start: () => open(preferred(), false),
    stop() {
      putAway()
      write({ ...atRest, camera: 'off' })
    },
    pause() {
      paused = true
      watching?.pause()
    },
    resume() {
      paused = false
      watching?.resume()
    },
    async toggleTorch() {
      light = state.read().torch !== 'on'
      const on = await camera?.setTorch(light)
      if (on !== undefined) write({ torch: on ? 'on' : 'off' })
    },
    async setZoom(value) {
      const { zoom } = state.read()
      if (!zoom || !camera) return
      write({ zoom: { ...zoom, value } })
      await camera.setZoom(value)
    },
    focus: async (point) => camera?.focus(point),
    async switchCamera() {
      if (!camera) return
      const { deviceId } = camera
      const cameras = await listCameras()
      const next = cameras[(cameras.indexOf(deviceId) + 1) % cameras.length]
      if (next === undefined) return
      light = false
      await open(next, false)
    },
    readPicture: async (image) => (await reader).readImage(image),
  }
}
