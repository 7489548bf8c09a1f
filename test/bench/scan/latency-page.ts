// Readers that are not ours before the camera, as somebody would put them into a page: each text is verified as the gate
// does it, and the verdict written. bench:latency's own probe runs beside them (test/bench/latency.ts).
import { Html5Qrcode } from 'html5-qrcode'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import zxingUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { openBelief, openConfig } from '../../../src/core/belief.ts'
import { verify } from '../../../src/core/verify.ts'
import { inflate } from '../../../src/inflate.ts'

type Say = (text: string) => void

export type PeerName = keyof typeof peers

/** What a gate would hold, and the film's texts: which of them it is, is all that the probe wants to know. */
export interface Held {
  readonly config: string
  readonly trustList: string
  readonly statusList: string
  readonly now: number
  readonly texts: readonly string[]
}

const output = document.querySelector('output')
if (!output) throw new Error('the page is not whole')

async function openVideo(): Promise<HTMLVideoElement> {
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  video.srcObject = await navigator.mediaDevices.getUserMedia({
    video: { width: { ideal: 1280 }, height: { ideal: 720 } },
  })
  document.querySelector('#view')?.append(video)
  await video.play()
  return video
}

async function html5Qrcode(say: Say): Promise<void> {
  await new Html5Qrcode('view').start({ facingMode: 'environment' }, { fps: 10 }, (text) => say(text), undefined)
}

/** zxing-wasm in the place of the browser's own detector, which html5-qrcode prefers. */
function putInDetector(): void {
  prepareZXingModule({ overrides: { locateFile: () => zxingUrl } })
  class Detector {
    static readonly getSupportedFormats = async (): Promise<string[]> => ['qr_code']
    readonly #canvas = document.createElement('canvas')
    readonly #context = this.#canvas.getContext('2d', { willReadFrequently: true })
    async detect(source: HTMLCanvasElement): Promise<{ rawValue: string; format: string }[]> {
      this.#canvas.width = source.width
      this.#canvas.height = source.height
      this.#context?.drawImage(source, 0, 0)
      const image = this.#context?.getImageData(0, 0, source.width, source.height)
      const found = image ? await readBarcodes(image, { formats: ['QRCodeModel2'], maxNumberOfSymbols: 1 }) : []
      return found.map(({ text }) => ({ rawValue: text, format: 'qr_code' }))
    }
  }
  Object.assign(globalThis, { BarcodeDetector: Detector })
}

async function plainLoop(say: Say): Promise<void> {
  const video = await openVideo()
  const worker = new Worker(new URL('./plain.worker.ts', import.meta.url), { type: 'module' })
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  const look = (): void => {
    canvas.width = video.videoWidth
    canvas.height = video.videoHeight
    context?.drawImage(video, 0, 0)
    const image = context?.getImageData(0, 0, canvas.width, canvas.height)
    if (image) worker.postMessage(image, [image.data.buffer])
  }
  worker.addEventListener('message', ({ data }: MessageEvent<string | undefined>) => {
    if (data !== undefined) say(data)
    video.requestVideoFrameCallback(look)
  })
  video.requestVideoFrameCallback(look)
}

const peers = {
  'html5-qrcode, fps 10': html5Qrcode,
  async 'html5-qrcode with zxing-wasm'(say: Say) {
    putInDetector()
    await html5Qrcode(say)
  },
  'a plain loop with zxing-wasm': plainLoop,
}

async function start(name: PeerName, held: Held): Promise<void> {
  const config = await openConfig(held.config)
  if (!config.ok) throw new Error(config.fault)
  const { belief } = await openBelief(
    { trustList: held.trustList, statusLists: [held.statusList] },
    config.value,
    inflate,
    0,
  )
  let last = ''
  await peers[name]((text) => {
    if (text === last) return
    last = text
    void (async () => {
      const { kind } = await verify(text, belief, held.now)
      if (!output) return
      output.textContent = kind
      output.dataset['verdict'] = kind
      output.dataset['code'] = String(held.texts.indexOf(text))
    })()
  })
}

declare global {
  var startPeer: typeof start
}
globalThis.startPeer = start
