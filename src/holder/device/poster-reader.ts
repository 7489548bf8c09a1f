// Reads a gate's poster, with the camera or from a photo of it. A small reader will do: a poster is large, near and still.

export type CameraState = 'starting' | 'on' | 'denied' | 'none'

/** Between two looks, in milliseconds. */
const LOOK_EVERY = 150
/** The longest side of what is looked at, in pixels: a camera's picture, and a photo at first sight and again. */
const CAMERA_SIDE = 800
const PHOTO_SIDES = [1000, 2000, 500]

/** How long one picture may be tried, in milliseconds: a cheap phone takes its time. */
const TRY_FOR = 150

/** What a QR in these pixels says. */
type Read = (pixels: ImageData) => string | undefined

async function loadReader(): Promise<Read> {
  const { default: decodeQR } = await import('qr/decode.js')
  return (pixels) => {
    try {
      return decodeQR(pixels, { timeLimit: TRY_FOR })
    } catch {
      // No code, or none that can be read.
      return undefined
    }
  }
}

/** The pixels of a picture, with its longest side at most `side`. */
function pixelsOf(
  picture: HTMLVideoElement | ImageBitmap,
  canvas: HTMLCanvasElement,
  side: number,
): ImageData | undefined {
  const [width, height] =
    'videoWidth' in picture ? [picture.videoWidth, picture.videoHeight] : [picture.width, picture.height]
  const brush = canvas.getContext('2d', { willReadFrequently: true })
  if (!brush || width === 0 || height === 0) return undefined
  const scale = Math.min(1, side / Math.max(width, height))
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return brush.getImageData(0, 0, canvas.width, canvas.height)
}

/** Shows the rear camera in `video` and gives each text that it reads, until the stop that it gives is called. */
export function watchForPosters(
  video: HTMLVideoElement,
  onText: (text: string) => void,
  onState: (state: CameraState) => void,
): () => void {
  let stopped = false
  let stream: MediaStream | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const start = async (): Promise<void> => {
    if (!('mediaDevices' in navigator)) return onState('none')
    try {
      const [read, opened] = await Promise.all([
        loadReader(),
        navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }),
      ])
      stream = opened
      if (stopped) return stop()
      video.srcObject = stream
      await video.play()
      onState('on')
      const canvas = document.createElement('canvas')
      const look = (): void => {
        const pixels = pixelsOf(video, canvas, CAMERA_SIDE)
        const text = pixels && read(pixels)
        if (text !== undefined) onText(text)
        if (!stopped) timer = setTimeout(look, LOOK_EVERY)
      }
      look()
    } catch {
      if (!stopped) onState('denied')
    }
  }
  const stop = (): void => {
    stopped = true
    clearTimeout(timer)
    for (const track of stream?.getTracks() ?? []) track.stop()
    video.srcObject = null
  }
  void start()
  return stop
}

/** The text of the QR in a photo; nothing when there is none, or when the file is no picture. */
export async function readPhoto(file: Blob): Promise<string | undefined> {
  try {
    const [read, picture] = await Promise.all([loadReader(), createImageBitmap(file)])
    const canvas = document.createElement('canvas')
    for (const side of PHOTO_SIDES) {
      const pixels = pixelsOf(picture, canvas, side)
      const text = pixels && read(pixels)
      if (text !== undefined) return text
    }
  } catch {
    // No picture: there is nothing to read in it.
  }
  return undefined
}
