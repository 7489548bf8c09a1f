// A picture file as pixels. Loaded with the first picture that is handed in.

/** The longest side of a picture that is read, in pixels. */
const SIDE = 4096
/** An SVG has no pixels of its own: its longest side becomes this long. */
const SVG_SIDE = 2048

/** A picture, an SVG too, on white and no larger than what can be read. Rejects where there is none. */
export const openPicture = (file: Blob): Promise<ImageBitmap> =>
  file.type === 'image/svg+xml' ? openSvg(file) : openPixels(file)

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
