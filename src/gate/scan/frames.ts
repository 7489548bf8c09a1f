// How a browser lets a picture be taken of a video or of an image, for a worker to read: the fewest copies first.
import type { Picture, Pixels } from './pictures.ts'

/** What shows a frame: a camera's video, or a frame that was taken already. */
export type View = HTMLVideoElement | VideoFrame
type Take = (view: View) => Promise<Picture>

// The camera's own buffer, with its luma plane; not copied at all until the worker does.
const takeFrame: Take = async (view) => new VideoFrame(view)
const takeBitmap: Take = (view) => createImageBitmap(view)
const takePixels: Take = async (view) => pixelsOf(view, ...sizeOf(view))

export const sizeOf = (view: View): readonly [width: number, height: number] =>
  'videoWidth' in view ? [view.videoWidth, view.videoHeight] : [view.displayWidth, view.displayHeight]

/** The same picture again. A VideoFrame's copy shares its pixels. */
export async function copyOf(picture: Picture): Promise<Picture> {
  if ('rgba' in picture) return { ...picture, rgba: picture.rgba.slice(0) }
  return 'clone' in picture ? picture.clone() : createImageBitmap(picture)
}

/** @param bitmaps whether the worker can draw an ImageBitmap */
export function waysToTake(bitmaps: boolean): readonly Take[] {
  return [
    ...(typeof VideoFrame === 'function' ? [takeFrame] : []),
    ...(bitmaps && typeof createImageBitmap === 'function' ? [takeBitmap] : []),
    takePixels,
  ]
}

let context: CanvasRenderingContext2D | undefined

/** Draws on the page's own canvas. Throws when the browser gives no canvas or no pixels. */
export function pixelsOf(source: CanvasImageSource, width: number, height: number): Pixels {
  context ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true }) ?? undefined
  if (!context) throw new Error('no canvas')
  if (context.canvas.width !== width) context.canvas.width = width
  if (context.canvas.height !== height) context.canvas.height = height
  context.drawImage(source, 0, 0, width, height)
  return { width, height, rgba: context.getImageData(0, 0, width, height).data.buffer }
}
