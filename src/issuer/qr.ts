// A text as a QR code (ISO/IEC 18004): byte mode, four modules of quiet zone; as SVG, as PNG, or for a terminal.
// docs/profile.md, section 3.
import { PNG } from 'pngjs'
import { encode, renderUnicodeCompact } from 'uqr'

/** Error correction: L on a screen, M on paper. */
export type Correction = 'L' | 'M'

const QUIET_ZONE = 4
/** Pixels a module, in a PNG. */
const MODULE = 8

/** The longest text that fits a QR, in characters of ASCII (version 40). */
export const CAPACITY: Readonly<Record<Correction, number>> = { L: 2953, M: 2331 }

function modules(text: string, ecc: Correction): readonly (readonly boolean[])[] {
  return encode(text, { ecc, border: QUIET_ZONE }).data
}

/** An SVG that scales; it has a size of its own too, for what draws it outside a page. */
export function qrSvg(text: string, ecc: Correction): string {
  const rows = modules(text, ecc)
  const side = rows.length
  const pixels = side * MODULE
  const path = rows.map((row, y) => rowPath(row, y)).join('')
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${pixels}" height="${pixels}" viewBox="0 0 ${side} ${side}" ` +
    `shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path d="${path}"/></svg>\n`
  )
}

/** One rectangle for each run of dark modules. */
function rowPath(row: readonly boolean[], y: number): string {
  let path = ''
  for (let x = 0; x < row.length; x++) {
    if (!row[x]) continue
    const start = x
    while (row[x + 1]) x++
    path += `M${start} ${y}h${x - start + 1}v1H${start}z`
  }
  return path
}

export function qrPng(text: string, ecc: Correction): Buffer {
  const rows = modules(text, ecc)
  const side = rows.length * MODULE
  const png = new PNG({ width: side, height: side, colorType: 0 })
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const dark = rows[Math.floor(y / MODULE)]?.[Math.floor(x / MODULE)]
      png.data.writeUInt32BE(dark ? 0x000000ff : 0xffffffff, (y * side + x) * 4)
    }
  }
  return PNG.sync.write(png, { colorType: 0 })
}

/** For a terminal with light letters on a dark ground. */
export function qrTerminal(text: string): string {
  return `${renderUnicodeCompact(text, { ecc: 'L', border: 2 })}\n`
}
