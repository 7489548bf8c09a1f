// Film for Chromium's fake camera (--use-file-for-fake-video-capture=FILE.y4m), which it shows over and over.
// YUV4MPEG2: "YUV4MPEG2 W… H… F…:1 Ip A1:1 C420mpeg2\n", then for each frame "FRAME\n", luma, and two planes of a quarter.
import { closeSync, openSync, writeSync } from 'node:fs'
import { PNG } from 'pngjs'
import { encode } from 'uqr'

export interface Frame {
  readonly luma: Uint8Array
  readonly width: number
  readonly height: number
}

/** Chromium arguments that put a film in place of the camera, and say yes to whoever asks for it. */
export const fakeCamera = (path: string): string[] => [
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${path}`,
]

/** Frames a second: few, for at 1280x720 each takes 1.4 MB of the file. */
export const FPS = 5

/** Writes a film without colour. All frames are of one size, with even sides. */
export function writeY4m(path: string, frames: readonly Frame[], fps = FPS): void {
  const [first] = frames
  if (!first) throw new Error('A film needs a frame')
  const { width, height } = first
  const colourless = new Uint8Array((width * height) / 2).fill(128)
  const file = openSync(path, 'w')
  try {
    writeSync(file, `YUV4MPEG2 W${width} H${height} F${fps}:1 Ip A1:1 C420mpeg2\n`)
    for (const frame of frames) {
      if (frame.width !== width || frame.height !== height) throw new Error('All frames are of one size')
      writeSync(file, 'FRAME\n')
      writeSync(file, frame.luma)
      writeSync(file, colourless)
    }
  } finally {
    closeSync(file)
  }
}

export interface Shot {
  readonly width?: number
  readonly height?: number
  /** Pixels a module. */
  readonly module?: number
  readonly ecc?: 'L' | 'M' | 'Q' | 'H'
  /** How long each text is shown. */
  readonly seconds?: number
  /** White on black, as a phone in dark mode shows it. */
  readonly invert?: boolean
}

/** One QR code after another in the middle of the picture, each followed by a frame without one. */
export function qrFrames(texts: readonly string[], { seconds = 1, ...shot }: Shot = {}): Frame[] {
  return texts.flatMap((text) => {
    const frame = qrFrame(text, shot)
    return [...Array.from({ length: Math.max(1, Math.round(seconds * FPS)) }, () => frame), blank(shot)]
  })
}

// Video range: nothing in a film is as black as 0 or as white as 255.
const dark = 35
const light = 220

function blank({ width = 1280, height = 720, invert = false }: Shot): Frame {
  return { luma: new Uint8Array(width * height).fill(invert ? dark : light), width, height }
}

/**
 * A picture (PNG) in the middle of a light wall.
 * @param scale pixels of the film for each of the picture's
 */
export function pictureFrame(picture: Buffer, scale: number, shot: Shot = {}): Frame {
  const frame = blank(shot)
  const { luma, width, height } = frame
  const png = PNG.sync.read(picture)
  if (png.width * scale > width || png.height * scale > height) throw new Error('The picture does not fit')
  const left = Math.floor((width - png.width * scale) / 2)
  const top = Math.floor((height - png.height * scale) / 2)
  for (let y = 0; y < png.height * scale; y++) {
    for (let x = 0; x < png.width * scale; x++) {
      const at = (Math.floor(y / scale) * png.width + Math.floor(x / scale)) * 4
      const [red = 0, green = 0, blue = 0] = png.data.subarray(at, at + 3)
      // BT.601, in video range.
      luma[(top + y) * width + left + x] = 16 + (0.299 * red + 0.587 * green + 0.114 * blue) * (219 / 255)
    }
  }
  return frame
}

function qrFrame(text: string, shot: Shot): Frame {
  const frame = blank(shot)
  const { luma, width, height } = frame
  const { module = 6, ecc = 'M', invert = false } = shot
  const { data, size } = encode(text, { ecc, border: 0, boostEcc: false })
  const side = size * module
  if (side > Math.min(width, height)) throw new Error(`A code of ${side} px does not fit into ${width} x ${height}`)
  const left = Math.floor((width - side) / 2)
  const top = Math.floor((height - side) / 2)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const black = data[Math.floor(y / module)]?.[Math.floor(x / module)] ?? false
      luma[(top + y) * width + left + x] = black === invert ? light : dark
    }
  }
  return frame
}
