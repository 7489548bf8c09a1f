// A page with nothing but src/gate/scan on it: what it finds out goes into the document, where a test can read it.
import '../../../../src/browser/trusted-types.ts'
import { listCameras, openCamera } from '../../../../src/gate/scan/camera.ts'
import { listenToHandedIn, openImage, type Handed } from '../../../../src/gate/scan/image.ts'
import { openReader, type Reader } from '../../../../src/gate/scan/reader.ts'
import { watch } from '../../../../src/gate/scan/watch.ts'
import { listenToWedge } from '../../../../src/gate/scan/wedge.ts'

const { dataset } = document.documentElement
const list = document.querySelector('ol')
const video = document.querySelector('video')
const input = document.querySelector('input')
if (!list || !video || !input) throw new Error('the page is not whole')

function say(from: string, text: string): void {
  const item = document.createElement('li')
  item.textContent = text
  item.dataset['from'] = from
  list?.append(item)
}

async function take(reader: Reader, handed: Handed): Promise<void> {
  if (handed.kind === 'text') say('text', handed.text)
  else if (handed.kind === 'image') say('image', (await reader.readImage(handed.image)) ?? 'no code')
  else say('image', handed.kind)
}

listenToWedge(document, ({ text }) => say('wedge', text))
document.addEventListener('keydown', ({ key }) => say('key', key))
document.querySelector('button')?.addEventListener('click', () => say('key', 'button'))

const preferred = new URLSearchParams(location.search).get('camera') ?? undefined
const [reader, opened] = await Promise.all([openReader(() => (dataset['crashed'] = 'yes')), openCamera(preferred)])
dataset['reader'] = reader.kind
dataset['camera'] = opened.ok ? 'open' : opened.fault
listenToHandedIn(
  document,
  (handed) => void take(reader, handed),
  (over) => (dataset['hover'] = String(over)),
)
input.addEventListener('change', () => {
  const file = input.files?.[0]
  if (file) void openImage(file).then((handed) => take(reader, handed))
})
if (opened.ok) {
  const { camera } = opened
  video.srcObject = camera.stream
  await video.play()
  dataset['size'] = `${video.videoWidth}x${video.videoHeight}`
  dataset['cameras'] = String((await listCameras()).length)
  dataset['device'] = camera.deviceId
  dataset['facing'] = String(camera.facing)
  dataset['torch'] = String(await camera.setTorch(true))
  if (camera.zoom) await camera.setZoom(camera.zoom.max + 1)
  camera.onEnded(() => (dataset['camera'] = 'ended'))
  watch(video, reader, (text) => say('camera', text))
}
dataset['ready'] = 'yes'
