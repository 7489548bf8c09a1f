// Module worker: pictures in, texts out. zxing-cpp compiled to WebAssembly, given the luma plane of a camera's frame, so
// that a frame is copied once, straight into zxing's own memory. Starts to compile as soon as it is loaded.
/// <reference types="emscripten" />
/* oxlint-disable no-underscore-dangle -- Emscripten's own names begin with one */
import { prepareZXingModule, type ZXingReaderModule } from 'zxing-wasm/reader'
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { closeRows, writeLuma, type Answer, type Look, type Picture, type RedAt } from './pictures.ts'
import type { Plane } from './plane.ts'
import { dotsOf } from './scene.ts'
import type { Task } from './schedule.ts'
import { readBy, type Decode, type Found } from './stages.ts'
import { readNearest, type Luma } from './zxing.ts'

const answer = (message: Answer): void => postMessage(message)
const canvas = typeof OffscreenCanvas === 'function' ? new OffscreenCanvas(1, 1) : undefined
const context = canvas?.getContext('2d', { willReadFrequently: true, alpha: false }) ?? undefined
let packed = new Uint8Array()

const zxing = prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true })
zxing.then(
  () => answer({ kind: 'ready', bitmaps: context !== undefined }),
  () => answer({ kind: 'failed' }),
)

// One look after another: they share zxing's memory.
let turn: Promise<void> = Promise.resolve()
addEventListener('message', ({ data }: MessageEvent<Look>) => {
  turn = turn.then(() => look(data))
})

async function look({ id, picture, task }: Look): Promise<void> {
  try {
    const module = await zxing
    const luma = await lumaOf(picture, module)
    // The camera has few of these to give: it wants this one back.
    close(picture)
    const found = luma && task && readFrom(luma, module, task)
    const dots = luma && !task ? dotsOf(viewOf(luma, module).pixels, luma.width, luma.height) : undefined
    answer({ kind: 'seen', id, ...(found ?? { text: undefined, last: undefined }), dots })
  } catch {
    // What WebAssembly throws leaves its memory in an unknown state.
    answer({ kind: 'failed' })
  } finally {
    close(picture)
  }
}

function readFrom(luma: Luma, module: ZXingReaderModule, { order, patience }: Task): Found {
  const whole = planeOf(luma, module)
  return readBy(order, whole, decoder(module, luma, whole), patience)
}

function close(picture: Picture): void {
  if ('close' in picture) picture.close()
}

const viewOf = ({ pointer: start, width, height }: Luma, module: ZXingReaderModule): Plane => ({
  pixels: module.HEAPU8.subarray(start, start + width * height),
  width,
  height,
})

let copied = new Uint8Array()

/**
 * The picture for whoever works on its pixels. They are copied out of zxing's memory when they are first asked for, since
 * that memory may move whenever zxing reads; most pictures are never asked for theirs.
 */
function planeOf(luma: Luma, module: ZXingReaderModule): Plane {
  const { width, height } = luma
  let isCopied = false
  return {
    width,
    height,
    get pixels() {
      if (isCopied) return copied
      if (copied.length !== width * height) copied = new Uint8Array(width * height)
      copied.set(viewOf(luma, module).pixels)
      isCopied = true
      return copied
    },
  }
}

/** zxing, for the whole picture where it already is, and for others in a second piece of its memory. */
function decoder(module: ZXingReaderModule, luma: Luma, whole: Plane): Decode {
  return (plane, ask) => {
    if (plane === whole) return readNearest(module, luma, ask)
    const { width, height } = plane
    const target = second.room(width * height, module)
    target.set(plane.pixels.subarray(0, width * height))
    return readNearest(module, { pointer: second.pointer(), width, height }, ask)
  }
}

/** A piece of zxing's memory, kept for the next picture of the same size or a smaller one. */
function piece() {
  let start = 0
  let capacity = 0
  return {
    pointer: () => start,
    room(bytes: number, module: ZXingReaderModule): Uint8Array {
      if (bytes > capacity) {
        module._free(start)
        capacity = 0
        start = module._malloc(bytes)
        if (start === 0) throw new Error('no memory')
        capacity = bytes
      }
      // Taken anew each time, for the memory may have moved as it grew.
      return module.HEAPU8.subarray(start, start + bytes)
    },
  }
}
const first = piece()
const second = piece()

/** Nothing when the browser would not give the pixels. */
async function lumaOf(picture: Picture, module: ZXingReaderModule): Promise<Luma | undefined> {
  if ('rgba' in picture) {
    const { width, height, rgba } = picture
    writeLuma(new Uint8Array(rgba), 0, first.room(width * height, module))
    return { pointer: first.pointer(), width, height }
  }
  if ('copyTo' in picture) return (await lumaOfFrame(picture, module)) ?? lumaOfDrawn(picture, module)
  return lumaOfDrawn(picture, module)
}

// Formats that begin with a plane of luma, a byte a pixel; and where red stands in those that are packed.
const planar: ReadonlySet<VideoPixelFormat> = new Set(['NV12', 'I420', 'I420A', 'I422', 'I444'])
const redAt: Partial<Record<VideoPixelFormat, RedAt>> = { RGBA: 0, RGBX: 0, BGRA: 2, BGRX: 2 }

async function lumaOfFrame(frame: VideoFrame, module: ZXingReaderModule): Promise<Luma | undefined> {
  const { format, visibleRect } = frame
  if (!format || !visibleRect) return undefined
  const { width, height } = visibleRect
  const red = redAt[format]
  try {
    const size = frame.allocationSize()
    if (planar.has(format)) {
      const [luma] = await frame.copyTo(first.room(size, module))
      if (!luma) return undefined
      const start = first.pointer()
      closeRows(module.HEAPU8.subarray(start + luma.offset, start + size), luma.stride, width, height)
      return { pointer: start + luma.offset, width, height }
    }
    if (red === undefined) return undefined
    if (packed.length !== size) packed = new Uint8Array(size)
    const [plane] = await frame.copyTo(packed)
    if (!plane) return undefined
    closeRows(packed, plane.stride, width * 4, height)
    writeLuma(packed, red, first.room(width * height, module))
    return { pointer: first.pointer(), width, height }
  } catch {
    return undefined
  }
}

function lumaOfDrawn(picture: VideoFrame | ImageBitmap, module: ZXingReaderModule): Luma | undefined {
  if (!canvas || !context) return undefined
  const [width, height] =
    'copyTo' in picture ? [picture.displayWidth, picture.displayHeight] : [picture.width, picture.height]
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  try {
    context.drawImage(picture, 0, 0)
    writeLuma(context.getImageData(0, 0, width, height).data, 0, first.room(width * height, module))
    return { pointer: first.pointer(), width, height }
  } catch {
    return undefined
  }
}
