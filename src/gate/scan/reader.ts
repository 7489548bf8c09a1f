// Reading QR codes. Two readers behind one interface: which of them it is matters to nobody but the size of the download
// and the patience of the person.
import { openFastReader } from './fast.ts'
import type { View } from './frames.ts'

export interface Reader {
  readonly kind: 'fast' | 'compatible'
  /**
   * One look at a frame: the text of a QR, trimmed, or nothing. Of several codes, the one nearest the centre. Never throws.
   * @param moving something moves in the picture: most likely a code is held up, and no effort is spared
   */
  readFrame(view: View, moving: boolean): Promise<string | undefined>
  /** Who is told of a text that was read after its frame's look had ended, before the next frame comes. The last one counts. */
  onLate(listener: (text: string) => void): void
  /** The dots of a frame (scene.ts), which cost next to nothing; nothing where they cannot be had. Never throws. */
  glance(video: HTMLVideoElement): Promise<Uint8Array | undefined>
  /**
   * The same for a picture, which it closes.
   * @param patience how long it may take, in milliseconds, where that can be chosen
   */
  readImage(image: ImageBitmap | VideoFrame, patience?: number): Promise<string | undefined>
  stop(): void
}

/**
 * The fast reader where WebAssembly and module workers start, else the compatible one. Call it while the camera opens:
 * it starts to load and compile at once.
 * @param onCrash the reader has died for good and reads nothing any more: stop it, and open another
 */
export async function openReader(onCrash: () => void = () => {}): Promise<Reader> {
  const able = typeof WebAssembly === 'object' && typeof Worker === 'function'
  const fast = able ? await openFastReader(onCrash) : undefined
  return fast ?? openCompatible()
}

/** The compatible reader, also where the fast one would start. */
export async function openCompatible(): Promise<Reader> {
  const { openCompatibleReader } = await import('./compatible.ts')
  return openCompatibleReader()
}
