// The viewfinder: one camera, one reader and one video element, kept going. It recovers by itself where it can, and
// says what is wrong where it cannot.
import { createStore, type Readable } from '../../browser/store.ts'
import { openCamera, type Camera, type CameraFault, type Range } from './camera.ts'
import { openReader, type Reader } from './reader.ts'
import { watch } from './watch.ts'

export interface ViewfinderState {
  readonly camera: 'starting' | 'on' | 'off' | CameraFault
  /** The preview of a camera that faces the person who holds the device is shown as a mirror. */
  readonly mirrored: boolean
  readonly torch: 'none' | 'off' | 'on'
  readonly zoom: Range | undefined
  readonly canSwitch: boolean
  readonly reader: Reader['kind'] | 'starting'
}

export interface Viewfinder extends Readable<ViewfinderState> {
  /** Shows the camera in a video element; returns how to take it out again. */
  attach(video: HTMLVideoElement): () => void
  start(): Promise<void>
  stop(): void
  /** Codes are looked for only while it is not paused; the picture goes on. */
  pause(): void
  resume(): void
  toggleTorch(): Promise<void>
  setZoom(value: number): Promise<void>
  switchCamera(): Promise<void>
  /** The text of a code in a picture, if there is one. */
  readPicture(image: ImageBitmap): Promise<string | undefined>
}

export interface ViewfinderOptions {
  readonly preferred: () => string | undefined
  readonly onText: (text: string) => void
  /** A camera is on: the one to open first the next time. */
  readonly onOpened: (deviceId: string) => void
}

const atRest = { mirrored: false, torch: 'none', zoom: undefined, canSwitch: false } as const

export function createViewfinder({ preferred, onText, onOpened }: ViewfinderOptions): Viewfinder {
  const state = createStore<ViewfinderState>({ ...atRest, camera: 'off', reader: 'starting' })
  let video: HTMLVideoElement | undefined
  let camera: Camera | undefined
  let watching: ReturnType<typeof watch> | undefined
  let paused = false
  // Each start or stop makes the ones before it void: a slow camera must not come on after it was put away.
  let turn = 0

  // The reader compiles while the camera opens.
  let reader = startReader()
  function startReader(): Promise<Reader> {
    const starting = openReader(() => {
      reader = startReader()
      show()
    })
    void announce(starting)
    return starting
  }

  async function announce(starting: Promise<Reader>): Promise<void> {
    const { kind } = await starting
    state.write({ ...state.read(), reader: kind })
  }

  function show(): void {
    watching?.stop()
    watching = undefined
    const [element, opened, mine] = [video, camera, turn]
    if (!element || !opened) return
    if (element.srcObject !== opened.stream) {
      element.srcObject = opened.stream
      void element.play().catch(() => undefined)
    }
    void lookThrough(element, mine)
  }

  async function lookThrough(element: HTMLVideoElement, mine: number): Promise<void> {
    const ready = await reader
    if (mine !== turn || element !== video || watching) return
    watching = watch(element, ready, onText)
    if (paused) watching.pause()
  }

  function putAway(): void {
    turn += 1
    watching?.stop()
    watching = undefined
    camera?.stop()
    camera = undefined
    if (video) video.srcObject = null
  }

  async function start(wanted = preferred()): Promise<void> {
    putAway()
    const mine = turn
    state.write({ ...state.read(), ...atRest, camera: 'starting' })
    const result = await openCamera(wanted)
    if (mine !== turn) {
      if (result.ok) result.camera.stop()
      return
    }
    if (!result.ok) {
      state.write({ ...state.read(), camera: result.fault })
      return
    }
    const { camera: opened } = result
    camera = opened
    onOpened(opened.deviceId)
    opened.onEnded(() => {
      if (camera === opened) void start()
    })
    state.write({
      ...state.read(),
      camera: 'on',
      mirrored: opened.facing === 'user',
      torch: opened.hasTorch ? 'off' : 'none',
      zoom: opened.zoom,
      canSwitch: opened.deviceIds.length > 1,
    })
    show()
  }

  return {
    read: state.read,
    subscribe: state.subscribe,
    attach(element) {
      video = element
      show()
      return () => {
        if (video !== element) return
        watching?.stop()
        watching = undefined
        element.srcObject = null
        video = undefined
      }
    },
    start,
    stop() {
      putAway()
      state.write({ ...state.read(), ...atRest, camera: 'off' })
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
      const on = await camera?.setTorch(state.read().torch !== 'on')
      if (on !== undefined) state.write({ ...state.read(), torch: on ? 'on' : 'off' })
    },
    async setZoom(value) {
      const { zoom } = state.read()
      if (!zoom || !camera) return
      state.write({ ...state.read(), zoom: { ...zoom, value } })
      await camera.setZoom(value)
    },
    async switchCamera() {
      if (!camera) return
      const { deviceIds, deviceId } = camera
      const next = deviceIds[(deviceIds.indexOf(deviceId) + 1) % deviceIds.length]
      if (next === undefined) return
      await start(next)
    },
    readPicture: async (image) => (await reader).readImage(image),
  }
}
