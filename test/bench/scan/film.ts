// The film that bench:latency shows to Chromium's fake camera. Its corner says, without anybody reading a code, which frame
// it is: so it is known when the first frame with a code was there, however busy the page was at that moment.
import { encode } from 'uqr'
import { qrFrames, writeY4m, type Frame } from '../../support/video.ts'

export const FRAMES_A_SECOND = 30
/** Frames that show a code, and frames without one after them. */
const SHOWN = 30
const BLANK = 15
/** How long one pass of a film takes, in milliseconds. */
export const lengthOf = (codes: number): number => (codes * (SHOWN + BLANK) * 1000) / FRAMES_A_SECOND

/** Two squares in the top left corner, side by side: which frame of its code, and which code. Their grey values. */
export const SQUARE = 32
const NOTHING = 16
const BASE = 40
const FRAME_STEP = 6
const CODE_STEP = 20

/** What the corner says, from the luma of the middles of both squares; nothing for a frame without a code. */
export function readCorner(first: number, second: number): { frame: number; code: number } | undefined {
  if (first < (NOTHING + BASE) / 2) return undefined
  return { frame: Math.round((first - BASE) / FRAME_STEP), code: Math.round((second - BASE) / CODE_STEP) }
}

/** Each code as large as it fits, which is kind to readers that make the picture smaller first. */
export function writeFilm(path: string, texts: readonly string[]): void {
  const frames = texts.flatMap((text, code) => {
    const { size } = encode(text, { ecc: 'L', border: 0, boostEcc: false })
    const module = Math.floor(660 / size)
    const [shown, blank] = qrFrames([text], { seconds: 0, module, ecc: 'L' })
    if (!shown || !blank) throw new Error('a code and a blank')
    return [
      ...Array.from({ length: SHOWN }, (_, frame) =>
        withCorner(shown, BASE + frame * FRAME_STEP, BASE + code * CODE_STEP),
      ),
      ...Array.from({ length: BLANK }, () => withCorner(blank, NOTHING, NOTHING)),
    ]
  })
  writeY4m(path, frames, FRAMES_A_SECOND)
}

function withCorner({ luma, ...size }: Frame, first: number, second: number): Frame {
  const copy = luma.slice()
  for (let y = 0; y < SQUARE; y++) {
    copy.fill(first, y * size.width, y * size.width + SQUARE)
    copy.fill(second, y * size.width + SQUARE, y * size.width + 2 * SQUARE)
  }
  return { ...size, luma: copy }
}
