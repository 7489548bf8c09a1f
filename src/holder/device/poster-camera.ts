// Reads a gate's poster with the camera, where the browser itself can read a QR: no reader is shipped for this alone.
// https://wicg.github.io/shape-detection-api/

interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>
}
declare global {
  interface Window {
    readonly BarcodeDetector?: {
      new (options: { readonly formats: readonly string[] }): Detector
      getSupportedFormats(): Promise<readonly string[]>
    }
  }
}

/** Between two looks, in milliseconds. */
const LOOK_EVERY = 150

export type CameraState = 'off' | 'on' | 'denied'

/** Whether this browser can read a QR with its camera. */
export async function canReadPosters(): Promise<boolean> {
  try {
    const formats = await window.BarcodeDetector?.getSupportedFormats()
    return 'mediaDevices' in navigator && formats?.includes('qr_code') === true
  } catch {
    return false
  }
}

/** Shows the rear camera in `video` and gives each text that it reads, until the stop that it gives is called. */
export function readPosters(
  video: HTMLVideoElement,
  onText: (text: string) => void,
  onState: (state: CameraState) => void,
): () => void {
  let stopped = false
  let stream: MediaStream | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const look = async (detector: Detector): Promise<void> => {
    const codes = await detector.detect(video).catch(() => [])
    if (stopped) return
    for (const { rawValue } of codes) onText(rawValue)
    timer = setTimeout(() => void look(detector), LOOK_EVERY)
  }
  const start = async (): Promise<void> => {
    try {
      if (!window.BarcodeDetector) return
      const detector = new window.BarcodeDetector({ formats: ['qr_code'] })
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
      if (stopped) return stop()
      video.srcObject = stream
      await video.play()
      onState('on')
      await look(detector)
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
