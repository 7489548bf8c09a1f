// A device's cameras, in place of the browser's own, for what no fake device shows: a lens that is covered, a stream that
// stands still, a call that takes the camera, a plug that is pulled. Its pictures are drawn on a canvas.
import type { Page } from 'playwright'
import { encode } from 'uqr'

export interface PretendedCamera {
  readonly label?: string
  readonly facing?: 'environment' | 'user'
  /** What it says of itself once it is open. */
  readonly capabilities?: object
}

/** What is changed; the rest stays. */
export interface Change {
  /** What the camera sees: a wall, nothing at all, or this text as a code, and another one at the edge. */
  readonly sees?: 'wall' | 'black' | { readonly code: string; readonly beside?: string }
  /** Whether new pictures come. */
  readonly running?: boolean
  /** The name of the error for whoever asks for a camera; empty for none. */
  readonly refuses?: string
  readonly cameras?: Readonly<Record<string, PretendedCamera>>
  readonly width?: number
  readonly height?: number
  /** What befalls the camera that is open. */
  readonly befalls?: 'ended' | 'mute' | 'unmute'
  readonly visible?: boolean
}

/** How often each camera was opened, and what was asked of the open one last. */
export interface Told {
  readonly opened: readonly string[]
  readonly asked: string
}

type Drawn = Omit<Change, 'sees'> & { readonly sees?: 'wall' | 'black' | readonly (readonly string[])[] }
const drawn = ({ sees, ...rest }: Change): Drawn => ({
  ...rest,
  ...(sees !== undefined && {
    sees: typeof sees === 'string' ? sees : [sees.code, ...(sees.beside ? [sees.beside] : [])].map(matrix),
  }),
})
const matrix = (text: string): string[] =>
  encode(text, { ecc: 'L', border: 4, boostEcc: false }).data.map((row) => row.map((on) => (on ? '1' : '0')).join(''))

export async function pretendCameras(page: Page, from: Change = {}): Promise<void> {
  await page.addInitScript(install, drawn({ sees: 'wall', cameras: { main: {} }, ...from }))
}

export async function change(page: Page, next: Change): Promise<void> {
  await page.evaluate((detail) => void dispatchEvent(new CustomEvent('test:camera', { detail })), drawn(next))
}

export const told = (page: Page): Promise<Told> =>
  page.evaluate(() => {
    const { opened = '', asked = '' } = document.documentElement.dataset
    return { opened: opened.split(' ').filter(Boolean), asked }
  })

/** Runs in the page, before the page's own. */
function install(first: Drawn): void {
  const { mediaDevices } = navigator
  const canvas = document.createElement('canvas')
  let now: Drawn = { running: true, refuses: '', width: 1280, height: 720, ...first }
  let track: MediaStreamTrack | undefined
  let muted = false
  const opened: string[] = []

  const draw = (): void => {
    const { sees, running, width = 1280, height = 720 } = now
    if (!running) return
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
    const context = canvas.getContext('2d')
    if (!context) return
    context.fillStyle = sees === 'black' ? '#000' : '#ddd'
    context.fillRect(0, 0, width, height)
    if (typeof sees !== 'object') return
    context.fillStyle = '#222'
    // The first in the middle, and smaller when there is another, which is at the left edge.
    for (const [place, rows] of sees.entries()) {
      const module = Math.floor((Math.min(width, height) * (sees.length > 1 ? 0.6 : 0.9)) / rows.length)
      const [left, top] = [width, height].map((length) => Math.floor((length - module * rows.length) / 2))
      for (const [y, row] of rows.entries()) {
        for (const [x, on] of row.split('').entries()) {
          if (on !== '1') continue
          context.fillRect((place === 0 ? (left ?? 0) : 0) + x * module, (top ?? 0) + y * module, module, module)
        }
      }
    }
  }
  setInterval(draw, 100)

  const pretend = (real: MediaStreamTrack, deviceId: string): void => {
    const { facing = 'environment', capabilities = {}, label = '' } = now.cameras?.[deviceId] ?? {}
    const settings: Record<string, unknown> = { deviceId, facingMode: facing }
    Object.defineProperty(real, 'label', { value: label })
    Object.defineProperty(real, 'muted', { get: () => muted })
    Object.assign(real, {
      getCapabilities: () => ({ facingMode: [facing], ...capabilities }),
      getSettings: () => settings,
      applyConstraints: async ({ advanced = [] }: MediaTrackConstraints) => {
        document.documentElement.dataset['asked'] = JSON.stringify(advanced[0])
        Object.assign(settings, advanced[0])
      },
    })
  }
  const has = (deviceId: string): boolean => deviceId in (now.cameras ?? {})
  Object.assign(mediaDevices, {
    getSupportedConstraints: () => ({ focusMode: true, pointsOfInterest: true, torch: true, zoom: true }),
    enumerateDevices: async () =>
      Object.entries(now.cameras ?? {}).map(([deviceId, { label = '', facing = 'environment' }]) => {
        const device: unknown = Object.create(InputDeviceInfo.prototype, {
          deviceId: { value: deviceId },
          kind: { value: 'videoinput' },
          label: { value: label },
          getCapabilities: { value: () => ({ facingMode: [facing] }) },
        })
        return device
      }),
    getUserMedia: async ({ video }: { video: { deviceId?: { exact: string } } }) => {
      if (now.refuses) throw new DOMException('', now.refuses)
      const [given] = Object.keys(now.cameras ?? {})
      const deviceId = video.deviceId?.exact ?? given
      if (deviceId === undefined) throw new DOMException('', 'NotFoundError')
      if (!has(deviceId)) throw new DOMException('', 'OverconstrainedError')
      opened.push(deviceId)
      document.documentElement.dataset['opened'] = opened.join(' ')
      draw()
      const stream = canvas.captureStream(10)
      track = stream.getVideoTracks()[0]
      if (track) pretend(track, deviceId)
      return stream
    },
  })

  addEventListener('test:camera', (event) => {
    if (!(event instanceof CustomEvent)) return
    const next: Drawn = event.detail
    now = { ...now, ...next }
    if (next.befalls === 'ended') track?.stop()
    if (next.befalls === 'mute' || next.befalls === 'unmute') muted = next.befalls === 'mute'
    if (next.befalls) track?.dispatchEvent(new Event(next.befalls))
    if (next.cameras) mediaDevices.dispatchEvent(new Event('devicechange'))
    if (next.visible !== undefined) {
      const state = next.visible ? 'visible' : 'hidden'
      Object.defineProperty(document, 'visibilityState', { configurable: true, value: state })
      document.dispatchEvent(new Event('visibilitychange'))
    }
  })
}
