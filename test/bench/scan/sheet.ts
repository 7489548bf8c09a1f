// A contact sheet: what the corpus looks like, and what of it is read. A row a kind, with some of each that were read by all,
// by ours alone, by some peer alone, and by nobody, as far as there are any.
import { kinds, type Kind, type Shot } from './corpus.ts'
import { isPeer } from './names.ts'
import { picture } from './picture.ts'
import { isRead, type Looked } from './tables.ts'

const COLUMNS = 6
/** Of each, before the row is filled with what everybody reads. */
const MOST = { nobody: 1, 'a peer alone': 1, 'ours alone': 2 } as const

type Readers = 'both' | keyof typeof MOST

export interface SheetRow {
  readonly kind: Kind
  readonly label: string
  readonly cells: readonly { readonly shot: Shot; readonly readers: Readers }[]
}

export function sheetRows(looked: readonly Looked<Shot>[]): SheetRow[] {
  return kinds
    .filter((kind) => kind !== 'negative')
    .map((kind) => {
      const all = looked
        .filter(({ one }) => one.kind === kind)
        .map((seen) => ({ shot: seen.one, readers: readersOf(seen) }))
      const of = (readers: Readers, most: number) => all.filter((cell) => cell.readers === readers).slice(0, most)
      const rare = [
        ...of('ours alone', MOST['ours alone']),
        ...of('a peer alone', MOST['a peer alone']),
        ...of('nobody', MOST.nobody),
      ]
      const read = all.filter(({ readers }) => readers === 'both' || readers === 'ours alone').length
      const cells = [...of('both', COLUMNS - rare.length), ...rare]
      return { kind, label: `${kind}: ${read} of ${all.length}`, cells }
    })
}

function readersOf({ outcomes }: Looked<Shot>): Readers {
  const ours = outcomes.some((outcome) => outcome.name === 'ours' && isRead(outcome))
  const peer = outcomes.some((outcome) => isPeer(outcome.name) && isRead(outcome))
  return ours ? (peer ? 'both' : 'ours alone') : peer ? 'a peer alone' : 'nobody'
}

const SIDE = 112
const CAPTION = 16
const LABEL = 110
const GAP = 6
const colours: Readonly<Record<Readers, string>> = {
  both: '#28a046',
  'ours alone': '#1e6ee6',
  'a peer alone': '#d22828',
  nobody: '#707070',
}

/** Draws it, in a page. A data URL of WebP. */
export function drawSheet(rows: readonly SheetRow[]): string {
  const sheet = document.createElement('canvas')
  sheet.width = LABEL + COLUMNS * (SIDE + GAP)
  sheet.height = rows.length * (SIDE + CAPTION + GAP)
  const context = sheet.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.fillStyle = 'white'
  context.fillRect(0, 0, sheet.width, sheet.height)
  context.imageSmoothingQuality = 'high'
  context.font = '12px sans-serif'
  for (const [row, { label, cells }] of rows.entries()) {
    const top = row * (SIDE + CAPTION + GAP)
    context.fillStyle = 'black'
    context.fillText(label, 4, top + SIDE / 2, LABEL - 8)
    for (const [column, { shot, readers }] of cells.entries()) {
      const left = LABEL + column * (SIDE + GAP)
      // Around the code, for at this size the whole frame would show nothing.
      const [code] = shot.codes
      const side = Math.min(shot.height, (code?.module ?? 4) * 125)
      const [x, y] = [(code?.x ?? 0) - side / 2, (code?.y ?? 0) - side / 2]
      context.drawImage(framed(shot), x, y, side, side, left, top, SIDE, SIDE)
      context.fillStyle = colours[readers]
      context.fillRect(left, top + SIDE, SIDE, CAPTION)
      context.fillStyle = 'white'
      context.fillText(readers, left + 4, top + SIDE + 12)
    }
  }
  return sheet.toDataURL('image/webp', 0.25)
}

function framed(shot: Shot): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = shot.width
  canvas.height = shot.height
  const image = new ImageData(shot.width, shot.height)
  const words = new Uint32Array(image.data.buffer)
  for (const [at, value] of picture(shot).entries()) words[at] = 0xff000000 | (value * 0x010101)
  canvas.getContext('2d')?.putImageData(image, 0, 0)
  return canvas
}
