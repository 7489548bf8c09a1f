// Cameras of devices as browsers report them, from public reports of people who scan codes with web pages. What a report
// says is here as it says it; what it does not say is left out, or marked as assumed. None of them is a device of ours.
import type { CameraCapabilities } from '../../src/gate/scan/choose.ts'

interface Reported {
  /** Empty while the person has allowed nothing. */
  readonly label: string
  /** What the list of devices says of it while it is closed. */
  readonly closed?: CameraCapabilities
  /** What it says of itself once it is open; nothing if no page can open it. */
  readonly open: CameraCapabilities | 'does-not-open'
}

export interface Device {
  readonly name: string
  /** Where it was reported. */
  readonly from: string
  /** Whether the browser says how an open camera focuses (`focusMode` among its constraints). */
  readonly tells: boolean
  /** In the browser's order. Their ids are their places in this list. */
  readonly cameras: readonly Reported[]
  /** The one that the browser gives when asked for a camera that looks away. */
  readonly given: number
  /** The one to scan with, and the ones that have to be opened to know, in order. */
  readonly best: number
  readonly opened: readonly number[]
}

const rear = { facingMode: ['environment'] }
const front = { facingMode: ['user'] }
const size = (width: number, height: number) => ({ width: { max: width }, height: { max: height } })
const selfie = { closed: front, open: { ...front, ...size(3264, 2448), focusMode: ['manual'] } }

export const devices: readonly Device[] = [
  {
    name: 'Samsung with four cameras: the rear one that is given cannot focus and has no light',
    // The figures of both rear cameras are measured; that the list gives facing and size, but no focus, is Chromium's way.
    from: 'https://github.com/Quenary/cardholder_pwa/pull/61',
    tells: true,
    cameras: [
      { label: 'camera2 1, facing front', ...selfie },
      { label: 'camera2 3, facing front', ...selfie },
      {
        label: 'camera2 2, facing back',
        closed: { ...rear, ...size(4000, 3000) },
        open: { ...rear, ...size(4000, 3000), focusMode: ['manual'], focusDistance: { min: 0, max: 0.79 } },
      },
      {
        label: 'camera2 0, facing back',
        closed: { ...rear, ...size(4080, 3060) },
        open: {
          ...rear,
          ...size(4080, 3060),
          focusMode: ['manual', 'single-shot', 'continuous'],
          focusDistance: { min: 0.1, max: 4.05 },
          torch: true,
        },
      },
    ],
    given: 2,
    best: 3,
    opened: [3],
  },
  {
    name: 'Android whose list has both front cameras first, then the one without autofocus',
    // Labels, order and which of them focuses are reported; lights are assumed.
    from: 'https://github.com/zxing-js/ngx-scanner/issues/529',
    tells: true,
    cameras: [
      { label: 'camera2 1, facing front', ...selfie },
      { label: 'camera2 3, facing front', ...selfie },
      { label: 'camera2 2, facing back', closed: rear, open: { ...rear, focusMode: ['manual'] } },
      {
        label: 'camera2 0, facing back',
        closed: rear,
        open: { ...rear, focusMode: ['continuous', 'manual'], torch: true },
      },
    ],
    given: 2,
    best: 3,
    opened: [3],
  },
  {
    name: 'Huawei P30: of four rear cameras, the fourth is the only one that cannot focus, and it is given',
    // That 0, 2 and 3 focus and 4 does not is reported; the light is assumed to be the main camera's.
    from: 'https://github.com/codebude/librislog/issues/71',
    tells: true,
    cameras: [
      { label: 'camera2 4, facing back', closed: rear, open: { ...rear, focusMode: ['manual'] } },
      { label: 'camera2 3, facing back', closed: rear, open: { ...rear, focusMode: ['manual', 'continuous'] } },
      { label: 'camera2 2, facing back', closed: rear, open: { ...rear, focusMode: ['manual', 'continuous'] } },
      { label: 'camera2 1, facing front', ...selfie },
      {
        label: 'camera2 0, facing back',
        closed: rear,
        open: { ...rear, focusMode: ['manual', 'single-shot', 'continuous'], torch: true },
      },
    ],
    given: 0,
    best: 4,
    opened: [4],
  },
  {
    name: 'Galaxy S20+: a lens is listed that no page can open',
    // "NotReadableError: Could not start video source" is reported; which of them, and the rest, is assumed.
    from: 'https://github.com/zxing-js/ngx-scanner/issues/329',
    tells: true,
    cameras: [
      { label: 'camera2 1, facing front', ...selfie },
      { label: 'camera2 2, facing back', closed: rear, open: { ...rear, focusMode: ['manual'] } },
      { label: 'camera2 4, facing back', closed: rear, open: 'does-not-open' },
      {
        label: 'camera2 5, facing back',
        closed: rear,
        open: { ...rear, focusMode: ['manual', 'continuous'], torch: true },
      },
    ],
    given: 1,
    best: 3,
    opened: [2, 3],
  },
  {
    name: 'Galaxy Note 10+: the front camera is given, though one that looks away was asked for',
    // That Chrome opens the front camera is reported; labels are Chromium's, capabilities assumed.
    from: 'https://github.com/nimiq/qr-scanner/issues/69',
    tells: true,
    cameras: [
      { label: 'camera2 1, facing front', ...selfie },
      { label: 'camera2 2, facing back', closed: rear, open: { ...rear, focusMode: ['manual'] } },
      {
        label: 'camera2 0, facing back',
        closed: rear,
        open: { ...rear, focusMode: ['manual', 'continuous'], torch: true },
      },
    ],
    given: 0,
    best: 2,
    opened: [2],
  },
  {
    name: 'A71 in a browser that gives nothing but labels: the main camera by its number',
    // The two labels, and that 0 scans and 2 does not, are reported.
    from: 'https://github.com/serratus/quaggaJS/issues/161',
    tells: true,
    cameras: [
      { label: 'camera2 2, facing back', open: { focusMode: ['manual'] } },
      { label: 'camera2 0, facing back', open: { focusMode: ['continuous'], torch: true } },
    ],
    given: 0,
    best: 1,
    opened: [1],
  },
  {
    name: 'cheap Android with one camera on each side: nothing to look for',
    // Xiaomi Redmi Note 4. Capabilities assumed: it has a light and focuses.
    from: 'https://github.com/gruhn/vue-qrcode-reader/issues/6',
    tells: true,
    cameras: [
      { label: 'camera2 1, facing front', ...selfie },
      {
        label: 'camera2 0, facing back',
        closed: rear,
        open: { ...rear, focusMode: ['manual', 'continuous'], torch: true },
      },
    ],
    given: 1,
    best: 1,
    opened: [],
  },
  {
    name: 'Android web view whose labels stay empty, and which says nothing of closed cameras',
    from: 'https://github.com/mebjas/html5-qrcode/issues/57',
    tells: true,
    cameras: [
      { label: '', open: { ...front } },
      { label: '', open: { ...rear, focusMode: ['manual'] } },
      { label: '', open: { ...rear, focusMode: ['continuous'], torch: true } },
    ],
    given: 1,
    // Nobody can know without opening what may be the front camera; the person can switch.
    best: 1,
    opened: [],
  },
  {
    name: 'iPhone of iOS 16 with three lenses, which says nothing but labels: what Safari chose stays',
    // The list and the default are reported.
    from: 'https://github.com/gruhn/vue-qrcode-reader/issues/320',
    tells: false,
    cameras: [
      { label: 'Front Camera', open: front },
      { label: 'Back Camera', open: rear },
      { label: 'Back Telephoto Camera', open: rear },
      { label: 'Back Ultra Wide Camera', open: rear },
      { label: 'Desk View Camera', open: rear },
    ],
    given: 1,
    best: 1,
    opened: [],
  },
  {
    name: 'iPhone Pro of iOS 17, whose main lens focuses from 20 cm only: the camera that changes lenses by itself',
    // That Safari gives focusDistance.min of closed cameras: https://github.com/WebKit/WebKit/pull/11293. That the main lens
    // of a 13 or 14 Pro does not focus near, and nearer lenses do, is reported; the metres are assumed.
    from: 'https://github.com/mebjas/html5-qrcode/issues/679',
    tells: false,
    cameras: [
      { label: 'Front Camera', closed: front, open: front },
      {
        label: 'Back Camera',
        closed: { ...rear, focusDistance: { min: 0.2 } },
        open: { ...rear, focusDistance: { min: 0.2 } },
      },
      { label: 'Back Telephoto Camera', closed: { ...rear, focusDistance: { min: 0.6 } }, open: rear },
      {
        label: 'Back Ultra Wide Camera',
        closed: { ...rear, focusDistance: { min: 0.02 } },
        open: { ...rear, focusDistance: { min: 0.02 } },
      },
      {
        label: 'Back Triple Camera',
        closed: { ...rear, focusDistance: { min: 0.02 } },
        open: { ...rear, focusDistance: { min: 0.02 }, torch: true },
      },
      { label: 'Desk View Camera', closed: { ...rear, focusDistance: { min: 0.01 } }, open: rear },
    ],
    given: 1,
    best: 4,
    opened: [4],
  },
  {
    name: 'iPad that lists two front cameras, one of them wide',
    // Two front cameras on an iPad A2604 are reported; labels assumed.
    from: 'https://github.com/gruhn/vue-qrcode-reader/issues/463',
    tells: false,
    cameras: [
      { label: 'Front Camera', closed: front, open: front },
      { label: 'Front Ultra Wide Camera', closed: front, open: front },
      { label: 'Back Camera', closed: rear, open: rear },
    ],
    given: 2,
    best: 2,
    opened: [],
  },
  {
    name: 'iPhone in Greek, whose labels say nothing to us',
    // The label is reported.
    from: 'https://github.com/mebjas/html5-qrcode/issues/65',
    tells: false,
    cameras: [
      { label: 'Μπροστινή κάμερα', closed: front, open: front },
      { label: 'Πίσω κάμερα', closed: rear, open: rear },
    ],
    given: 1,
    best: 1,
    opened: [],
  },
  {
    name: 'Surface: another program’s camera is given instead of the rear one',
    // That OBS’s camera is given is reported; the other labels are those of the maker, capabilities assumed.
    from: 'https://github.com/gruhn/vue-qrcode-reader/issues/269',
    tells: true,
    cameras: [
      { label: 'OBS Virtual Camera', closed: {}, open: {} },
      { label: 'Surface IR Camera Front', closed: front, open: front },
      { label: 'Microsoft Camera Front (045e:0990)', closed: front, open: front },
      { label: 'Microsoft Camera Rear (045e:0991)', closed: rear, open: { ...rear, focusMode: ['continuous'] } },
    ],
    given: 0,
    best: 3,
    opened: [3],
  },
  {
    name: 'MacBook with one camera, which looks at the person',
    // The label is reported.
    from: 'https://github.com/gruhn/vue-qrcode-reader/issues/179',
    tells: true,
    cameras: [{ label: 'FaceTime HD Camera (Built-in)', closed: {}, open: size(1280, 720) }],
    given: 0,
    best: 0,
    opened: [],
  },
  {
    name: 'kiosk with a built-in and a USB camera: the one that the system has as its first',
    from: 'nowhere: assumed, with labels as Chromium makes them of maker and product',
    tells: true,
    cameras: [
      { label: 'HD Pro Webcam C920 (046d:082d)', closed: {}, open: { focusMode: ['manual', 'continuous'] } },
      { label: 'Integrated Camera (04f2:b6d0)', closed: {}, open: {} },
    ],
    given: 0,
    best: 0,
    opened: [],
  },
]
