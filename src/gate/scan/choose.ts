// Which of a phone's rear cameras to scan with. Labels tell nothing that can be relied on: their wording and their order
// differ by maker and by browser. What a camera can do decides: focus by itself, then light, then resolution.

/** Capabilities as browsers give them; those of W3C MediaStream Image Capture are not in TypeScript's DOM. */
export interface CameraCapabilities extends MediaTrackCapabilities {
  readonly focusMode?: readonly string[]
  /** A flag in the browsers of today, a list of the possible values in the standard. */
  readonly torch?: boolean | readonly boolean[]
  readonly zoom?: { readonly min?: number; readonly max?: number; readonly step?: number }
}

export interface Lens {
  readonly deviceId: string
  readonly focusesItself: boolean
  readonly hasTorch: boolean
  readonly pixels: number
}

export function lensOf(deviceId: string, { focusMode, torch, width, height }: CameraCapabilities): Lens {
  return {
    deviceId,
    focusesItself: focusMode?.includes('continuous') ?? false,
    hasTorch: [torch].flat().includes(true),
    pixels: (width?.max ?? 0) * (height?.max ?? 0),
  }
}

/** Good enough to look at no other camera: opening one takes a third of a second. */
export const suffices = ({ focusesItself, hasTorch }: Lens): boolean => focusesItself && hasTorch

/** The best for codes at arm's length. Among equals the first stays, so put the browser's own choice first. */
export function chooseLens(lenses: readonly Lens[]): Lens | undefined {
  return lenses.reduce<Lens | undefined>((best, lens) => (best && !isBetter(lens, best) ? best : lens), undefined)
}

function isBetter(one: Lens, other: Lens): boolean {
  if (one.focusesItself !== other.focusesItself) return one.focusesItself
  if (one.hasTorch !== other.hasTorch) return one.hasTorch
  return one.pixels > other.pixels
}
