// Codes that are handed in: a picture or a text that is dropped on the page or pasted into it, and a picture file.
import { isForWriting } from './writing.ts'

export type Handed = { kind: 'text'; text: string } | { kind: 'image'; image: ImageBitmap } | { kind: 'not-an-image' }

const BYTES = 30 * 1024 * 1024
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
    const { openPicture } = await import('./picture-file.ts')
    return { kind: 'image', image: await openPicture(file) }
  } catch {
    return { kind: 'not-an-image' }
  }
}
