// How zxing is asked, and which of the codes that it finds is taken.
import {
  BINARIZERS,
  CHARACTER_SETS,
  EAN_ADD_ON_SYMBOLS,
  encodeFormats,
  TEXT_MODES,
  type ZXingPosition,
  type ZXingReaderModule,
  type ZXingReaderOptions,
} from 'zxing-wasm/reader'
import type { Ask } from './stages.ts'

const options: ZXingReaderOptions = {
  // The name "QRCode" would take in micro and rectangular codes.
  formats: encodeFormats(['QRCodeModel2']),
  tryHarder: true,
  tryRotate: true,
  tryInvert: true,
  tryDownscale: true,
  downscaleThreshold: 500,
  downscaleFactor: 3,
  tryDenoise: false,
  isPure: false,
  binarizer: BINARIZERS.indexOf('LocalAverage'),
  textMode: TEXT_MODES.indexOf('Plain'),
  characterSet: CHARACTER_SETS.indexOf('Unknown'),
  // More than one, so that the one that is aimed at can be chosen.
  maxNumberOfSymbols: 8,
  returnErrors: false,
  // These mean something for linear codes only.
  minLineCount: 2,
  validateOptionalChecksum: false,
  eanAddOnSymbol: EAN_ADD_ON_SYMBOLS.indexOf('Ignore'),
  tryCode39ExtendedMode: false,
}
/** For a code that was drawn by us: it lies straight, and fills its picture. */
const drawnOptions: ZXingReaderOptions = {
  ...options,
  tryHarder: false,
  tryRotate: false,
  tryInvert: false,
  tryDownscale: false,
  maxNumberOfSymbols: 1,
}
const optionsFor = ({ binarizer, drawn }: Ask): ZXingReaderOptions => ({
  ...(drawn ? drawnOptions : options),
  binarizer: BINARIZERS.indexOf(binarizer),
})

/** A picture in zxing's memory, a byte a pixel. */
export interface Luma {
  readonly pointer: number
  readonly width: number
  readonly height: number
}

/** The text of the code that is nearest to the centre. */
export function readNearest(module: ZXingReaderModule, { pointer, width, height }: Luma, ask: Ask): string | undefined {
  const found = module.readBarcodesFromPixmap(pointer, width, height, optionsFor(ask))
  let nearest = Infinity
  let text: string | undefined
  for (let index = 0; index < found.size(); index++) {
    const code = found.get(index)
    if (!code?.isValid) continue
    const distance = distanceTo(width / 2, height / 2, code.position)
    const trimmed = code.text.trim()
    if (trimmed === '' || distance >= nearest) continue
    nearest = distance
    text = trimmed
  }
  // Its type does not say so, but a vector of embind is freed by hand.
  if ('delete' in found && typeof found.delete === 'function') found.delete()
  return text
}

function distanceTo(x: number, y: number, { topLeft, topRight, bottomLeft, bottomRight }: ZXingPosition): number {
  const sumX = topLeft.x + topRight.x + bottomLeft.x + bottomRight.x
  const sumY = topLeft.y + topRight.y + bottomLeft.y + bottomRight.y
  return Math.hypot(sumX / 4 - x, sumY / 4 - y)
}
