import { useMemo, type ReactElement } from 'react'
import { encode } from 'uqr'

interface QrProps {
  readonly text: string
  /** L on a screen, M on paper. */
  readonly ecc: 'L' | 'M'
  readonly label: string
  /** The quiet zone, in modules: four, unless what is around it is white anyway. */
  readonly border?: number
}

/** A QR (ISO/IEC 18004), black on white whatever the page's colours, with its quiet zone. */
export function Qr({ text, ecc, label, border = 4 }: QrProps): ReactElement {
  const { side, path } = useMemo(() => drawn(text, ecc, border), [text, ecc, border])
  return (
    <svg className="qr" viewBox={`0 0 ${side} ${side}`} shapeRendering="crispEdges" role="img" aria-label={label}>
      <path fill="#fff" d={`M0 0h${side}v${side}H0z`} />
      <path fill="#000" d={path} />
    </svg>
  )
}

/** One rectangle for each run of dark modules. */
function drawn(text: string, ecc: QrProps['ecc'], border: number): { side: number; path: string } {
  const { data, size } = encode(text, { ecc, border, boostEcc: false })
  let path = ''
  for (const [y, row] of data.entries()) {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue
      const start = x
      while (row[x + 1]) x++
      path += `M${start} ${y}h${x - start + 1}v1H${start}z`
    }
  }
  return { side: size, path }
}
