// The compatible reader: html5-qrcode's own decoder, pure JavaScript, for browsers where WebAssembly is off (iOS Lockdown
// Mode, managed devices) or module workers are missing. Only the decoder: the library's scanner draws the video at the
// size of its element, too small for our codes on a phone. A chunk of its own, loaded when needed.
import { Html5QrcodeShim } from 'html5-qrcode/esm/code-decoder'
import { BaseLoggger, Html5QrcodeSupportedFormats } from 'html5-qrcode/esm/core'
import { pixelsOf, sizeOf, type View } from './frames.ts'
import { writeLuma } from './pictures.ts'
import type { Reader } from './reader.ts'
import { ACROSS, DOWN } from './scene.ts'

/** No more looks than one in this time, in milliseconds: a look holds up the page. */
const LOOK_INTERVAL = 100
/** Long sides to which a picture is brought, besides its own: the decoder finds large codes better when they are smaller. */
const SMALLER = [1600, 800]
/**
 * Sizes of a frame, in turn, until a code is read. At any one size the decoder fails on some codes for as long as they
 * are held still: of 600 perfect ones it missed 92 at the video's own size. Five, so that no rhythm of a hand or a screen
 * meets the same size each time.
 */
const FRAME_SCALES = [1, 0.9, 0.625, 0.78, 0.7]

type Source = { readonly image: View | ImageBitmap; readonly width: number; readonly height: number }

/** Throws where the browser gives no canvas: then nothing can be read. */
export function openCompatibleReader(): Reader {
  const decoder = new Html5QrcodeShim([Html5QrcodeSupportedFormats.QR_CODE], false, false, new BaseLoggger(false))
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('no canvas')
  let nextLook = 0
  let missed = 0

  const decode = async (source: Source, invert: boolean): Promise<string | undefined> => {
    canvas.width = source.width
    canvas.height = source.height
    context.drawImage(source.image, 0, 0, source.width, source.height)
    if (invert) {
      // The difference to white; `context.filter` would be shorter, but Safari has had it only since version 18.
      context.globalCompositeOperation = 'difference'
      context.fillStyle = 'white'
      context.fillRect(0, 0, source.width, source.height)
    }
    try {
      return (await decoder.decodeAsync(canvas)).text.trim() || undefined
    } catch {
      // A frame without a code is an exception to the library, and most frames are.
      return undefined
    }
  }

  return {
    kind: 'compatible',
    async readFrame(view) {
      await until(nextLook)
      const [width, height] = sizeOf(view)
      if (width === 0 || ('readyState' in view && view.readyState < view.HAVE_CURRENT_DATA)) return undefined
      const began = performance.now()
      // A code that was read stays readable the same way; otherwise dark mode has every second frame.
      const scale = FRAME_SCALES[Math.floor(missed / 2) % FRAME_SCALES.length] ?? 1
      const text = await decode(scaled(view, width, height, scale), missed % 2 === 1)
      const ended = performance.now()
      // At least as long for the page as for the look, on slow devices.
      nextLook = Math.max(began + LOOK_INTERVAL, ended + (ended - began))
      if (text === undefined) missed += 1
      return text
    },
    // Its look ends when all has been tried.
    onLate() {},
    async glance(video) {
      if (video.readyState < video.HAVE_CURRENT_DATA || video.videoWidth === 0) return undefined
      const luma = new Uint8Array(ACROSS * DOWN)
      writeLuma(new Uint8Array(pixelsOf(video, ACROSS, DOWN).rgba), 0, luma)
      return luma
    },
    async readImage(image) {
      try {
        for (const source of sizesOf(image)) {
          const text = (await decode(source, false)) ?? (await decode(source, true))
          if (text !== undefined) return text
          await until(0)
        }
        return undefined
      } finally {
        image.close()
      }
    },
    stop() {},
  }
}

/** Lets the page do its work, and waits for the time to come if it has not. */
const until = (time: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, time - performance.now())))

function sizesOf(image: ImageBitmap | VideoFrame): Source[] {
  const [width, height] = 'displayWidth' in image ? sizeOf(image) : [image.width, image.height]
  const scales = SMALLER.map((side) => side / Math.max(width, height)).filter((scale) => scale < 1)
  return [1, ...scales].map((scale) => scaled(image, width, height, scale))
}

const scaled = (image: Source['image'], width: number, height: number, scale: number): Source => ({
  image,
  width: Math.max(1, Math.round(width * scale)),
  height: Math.max(1, Math.round(height * scale)),
})
