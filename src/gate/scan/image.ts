// Codes that are handed in: a picture or a text that is dropped on the page or pasted into it, and a picture file.
import { isForWriting } from './wedge.ts'

export type Handed = { kind: 'text'; text: string } | { kind: 'image'; image: ImageBitmap } | { kind: 'not-an-image' }

const BYTES = 30 * 1024 * 1024
/** The longest side of a picture that is read, in pixels. */
const SIDE = 4096
/** An SVG has no pixels of its own: its longest side becomes this long. */
const SVG_SIDE = 2048
/** How long after the last sign of a drag it counts as gone: browsers give one every 350 ms while it lasts. */
const HOVER = 700

/**
 * Takes what is dropped or pasted anywhere on the document, text fields' own text excepted. Gives its own stop.
 * @param onHover whether something that could be dropped is being dragged over the document
 */
export function listenToHandedIn(
  target: Document,
  onHanded: (handed: Handed) => void,
  onHover: (over: boolean) => void,
): () => void {
  let hover: ReturnType<typeof setTimeout> | undefined
  let stopped = false

  const endHover = (): void => {
    if (hover === undefined) return
    clearTimeout(hover)
    hover = undefined
    onHover(false)
  }
  // Entering and leaving are told of every element in between, and not in every browser alike; this is told steadily.
  const dragOver = (event: DragEvent): void => {
    if (!event.dataTransfer || isOwnText(event, event.dataTransfer)) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
    if (hover === undefined) onHover(true)
    clearTimeout(hover)
    hover = setTimeout(endHover, HOVER)
  }
  const take = async (event: Event, data: DataTransfer | null): Promise<void> => {
    if (!data || isOwnText(event, data)) return
    const [file] = [...data.files].toSorted((one, other) => Number(isPicture(other)) - Number(isPicture(one)))
    const text = (data.getData('text/plain') || data.getData('text/uri-list')).trim()
    if (!file && text === '') return
    event.preventDefault()
    const handed = file ? await openImage(file) : ({ kind: 'text', text } satisfies Handed)
    if (!stopped) onHanded(handed)
    else if (handed.kind === 'image') handed.image.close()
  }
  const drop = (event: DragEvent): void => {
    endHover()
    void take(event, event.dataTransfer)
  }
  const paste = (event: ClipboardEvent): void => void take(event, event.clipboardData)

  target.addEventListener('dragover', dragOver)
  target.addEventListener('drop', drop)
  target.addEventListener('paste', paste)
  return () => {
    stopped = true
    endHover()
    target.removeEventListener('dragover', dragOver)
    target.removeEventListener('drop', drop)
    target.removeEventListener('paste', paste)
  }
}

const isPicture = (file: Blob): boolean => file.type.startsWith('image/')

/** Text on its way into a text field. */
const isOwnText = (event: Event, data: DataTransfer): boolean =>
  !data.types.includes('Files') && isForWriting(event.target)

/**
 * Opens a picture file, an SVG too, on white and no larger than what can be read. Never throws: what is too big, broken
 * or something else is `not-an-image`.
 */
export async function openImage(file: Blob): Promise<Handed> {
  // A file of a kind that the system does not know has an empty type, and may still be a picture.
  if (file.size === 0 || file.size > BYTES || !(isPicture(file) || file.type === '')) return { kind: 'not-an-image' }
  try {
    const image = file.type === 'image/svg+xml' ? await openSvg(file) : await openPixels(file)
    return { kind: 'image', image }
  } catch {
    return { kind: 'not-an-image' }
  }
}

async function openPixels(file: Blob): Promise<ImageBitmap> {
  const image = await createImageBitmap(file)
  const scale = Math.min(1, SIDE / Math.max(image.width, image.height))
  try {
    return await onWhite(image, image.width * scale, image.height * scale)
  } finally {
    image.close()
  }
}

/** As an image element, in which an SVG runs no scripts and loads nothing. */
async function openSvg(file: Blob): Promise<ImageBitmap> {
  const url = URL.createObjectURL(file)
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    // Nought where the file does not say: then it is drawn as a square.
    const { naturalWidth: width, naturalHeight: height } = image
    const scale = width && height ? SVG_SIDE / Math.max(width, height) : 0
    return await onWhite(image, width * scale || SVG_SIDE, height * scale || SVG_SIDE)
  } finally {
    URL.revokeObjectURL(url)
  }
}

/** A picture with transparent paper is black all over to a reader. */
async function onWhite(source: CanvasImageSource, width: number, height: number): Promise<ImageBitmap> {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width))
  canvas.height = Math.max(1, Math.round(height))
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) throw new Error('no canvas')
  context.fillStyle = 'white'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(source, 0, 0, canvas.width, canvas.height)
  return createImageBitmap(canvas)
}
