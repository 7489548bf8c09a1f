// Which of a device's cameras to scan with. What a camera can do decides: look away from the screen, focus by itself, light,
// focus near. Labels are worded and ordered differently by maker, browser and language, so they never overrule that. They
// only say what is no lens at all, which way a camera looks where nothing else does, and which of equals to try first.

/** Capabilities as browsers give them; those of W3C MediaStream Image Capture are not in TypeScript's DOM. */
export interface CameraCapabilities extends MediaTrackCapabilities {
  readonly focusMode?: readonly string[]
  /** In metres. Safari gives the nearest only, and gives it before a camera is opened. */
  readonly focusDistance?: { readonly min?: number; readonly max?: number }
  /** A flag in the browsers of today, a list of the possible values in the standard. */
  readonly torch?: boolean | readonly boolean[]
  readonly zoom?: { readonly min?: number; readonly max?: number; readonly step?: number }
}

export interface Lens {
  readonly deviceId: string
  readonly facing: 'environment' | 'user' | undefined
  /** False for what is listed among cameras and sees no code: infrared, depth, a desk seen from above, other programs. */
  readonly sees: boolean
  /** Nothing where the browser does not say. */
  readonly focusesItself: boolean | undefined
  readonly hasTorch: boolean
  /** The nearest that it can focus, in metres. */
  readonly nearest: number | undefined
  readonly pixels: number
  /** Of equals, the lower is tried first. */
  readonly turn: number
}

export interface Described {
  readonly deviceId: string
  /** Empty before the person has allowed a camera. */
  readonly label: string
  readonly capabilities: CameraCapabilities
}

/** A browser that does not say may be told from its label, in English at least. */
const facings = { back: 'environment', rear: 'environment', front: 'user' } as const
const noLens = /\b(ir|infrared|depth|desk view|virtual|obs|snap camera|manycam)\b/i
/** Two or three lenses as one camera, which changes over by itself when a code comes near. */
const several = /\b(triple|dual)\b/i

export function lensOf({ deviceId, label, capabilities }: Described): Lens {
  const { facingMode, focusMode, focusDistance, torch, width, height } = capabilities
  const [, side] = /\b(back|rear|front)\b/i.exec(label) ?? []
  const said = facingMode?.find((mode) => mode === 'environment' || mode === 'user')
  const word = side?.toLowerCase()
  const worded = word === 'back' || word === 'rear' || word === 'front' ? facings[word] : undefined
  // Android numbers the main camera of each side before the others: "camera2 0, facing back".
  const [, number] = /\bcamera2? (\d+)\b/i.exec(label) ?? []
  return {
    deviceId,
    facing: said === 'environment' || said === 'user' ? said : worded,
    sees: !noLens.test(label),
    focusesItself: focusMode && focusMode.length > 0 ? focusMode.includes('continuous') : undefined,
    hasTorch: [torch].flat().includes(true),
    nearest: focusDistance?.min || undefined,
    pixels: (width?.max ?? 0) * (height?.max ?? 0),
    turn: several.test(label) ? -1 : number === undefined ? Infinity : Number(number),
  }
}

/** Good enough to look at no other camera: opening one takes a third of a second. */
export const suffices = ({ facing, sees, focusesItself, hasTorch }: Lens): boolean =>
  facing !== 'user' && sees && focusesItself === true && hasTorch

/** The best for codes at arm's length. Among equals the first stays, so put the browser's own choice first. */
export function chooseLens(lenses: readonly Lens[]): Lens | undefined {
  return lenses.reduce<Lens | undefined>((best, lens) => (best && !isBetter(lens, best) ? best : lens), undefined)
}

/**
 * Looks for the best lens, opening as few cameras as it can.
 * @param first the one that the browser chose, open
 * @param listed all that the device has, as far as they are known while they are closed
 * @param tells whether this browser says of an open camera how it focuses
 * @param open opens a camera and says what it is; nothing if it does not open
 */
export async function findLens(
  first: Lens,
  listed: readonly Lens[],
  tells: boolean,
  open: (deviceId: string) => Promise<Lens | undefined>,
): Promise<Lens> {
  let best = first
  for (const { deviceId } of worthOpening(first, listed, tells)) {
    const lens = await open(deviceId)
    if (lens && isBetter(lens, best)) best = lens
    if (suffices(best)) break
  }
  return best
}

/** The cameras that may be better than the first, in the order to try. */
export function worthOpening(first: Lens, listed: readonly Lens[], tells: boolean): readonly Lens[] {
  if (suffices(first)) return []
  const others = listed
    .filter(({ deviceId, sees }) => sees && deviceId !== first.deviceId)
    .toSorted((one, other) => one.turn - other.turn || 0)
  const rear = others.filter(({ facing }) => facing === 'environment')
  if (!first.sees) return rear.length > 0 ? rear : others
  if (first.facing !== 'environment') return rear
  const known = rear.filter((lens) => lens.focusesItself !== undefined || lens.nearest !== undefined)
  if (known.length === 0) return tells ? rear : []
  const best = chooseLens([first, ...known])
  return best && best !== first ? [best] : []
}

const byFacing = { environment: 2, unsaid: 1, user: 0 }

/** What matters most comes first. */
const merits: readonly ((lens: Lens) => number)[] = [
  ({ sees }) => Number(sees),
  ({ facing }) => byFacing[facing ?? 'unsaid'],
  ({ focusesItself }) => (focusesItself === undefined ? 1 : focusesItself ? 2 : 0),
  ({ hasTorch }) => Number(hasTorch),
]
/** Less than this makes no difference to whoever holds a code, in metres. */
const NEARER = 0.05

function isBetter(one: Lens, other: Lens): boolean {
  for (const merit of merits) {
    if (merit(one) !== merit(other)) return merit(one) > merit(other)
  }
  // Where continuous focus is known, the nearest is a wide lens, which sees codes at half the size.
  if (one.focusesItself === undefined && one.nearest && other.nearest) {
    if (Math.abs(one.nearest - other.nearest) > NEARER) return one.nearest < other.nearest
  }
  return one.pixels > other.pixels
}
