// Drawn shapes: each outcome has its own outline, so that none depends on colour.
import type { ReactElement } from 'react'

/** Paths on a 48 by 48 grid, drawn with a stroke in the colour of the text. */
const shapes = {
  tick: 'M24 4a20 20 0 1 1 0 40a20 20 0 0 1 0-40M14 25l7 7l14-15',
  half: 'M24 4a20 20 0 1 1 0 40a20 20 0 0 1 0-40M24 4v40',
  bar: 'M16 4h16l12 12v16l-12 12h-16l-12-12v-16zM14 24h20',
  cross: 'M8 8l32 32M40 8l-32 32',
  question: 'M24 4l20 20l-20 20l-20-20zM19 20a5 5 0 1 1 7 5c-2 1-2 2-2 4M24 33v.5',
  torch: 'M18 4h12v6l-3 6v26h-6V16l-3-6zM24 22v4',
  focus: 'M6 16V6h10M32 6h10v10M42 32v10H32M16 42H6V32M24 18a6 6 0 1 1 0 12a6 6 0 0 1 0-12',
  flip: 'M8 20a16 16 0 0 1 30-4M40 28a16 16 0 0 1-30 4M38 6v10H28M10 42V32h10',
  picture: 'M6 8h36v32H6zM6 34l11-11l8 8l6-6l11 11M32 17v.5',
  text: 'M10 6h28v36H10zM17 16h14M17 24h14M17 32h8',
  menu: 'M8 14h32M8 24h32M8 34h32',
  back: 'M30 8L14 24l16 16',
  key: 'M16 18a9 9 0 1 0 0 12h12l4 4l4-4l4 4l4-8l-2-8zM11 24v.5',
  gear: 'M24 16a8 8 0 1 0 0 16a8 8 0 0 0 0-16M24 4v6M24 38v6M4 24h6M38 24h6M10 10l4 4M34 34l4 4M38 10l-4 4M14 34l-4 4',
  ready: 'M24 4l16 6v12c0 11-7 18-16 22C15 40 8 33 8 22V10zM16 23l6 6l11-11',
  chart: 'M8 42V26h8v16M20 42V8h8v34M32 42V18h8v24M4 42h40',
  forward: 'M18 8l16 16l-16 16',
  again: 'M40 24a16 16 0 1 1-5-11M36 4v10H26',
} as const

export type IconName = keyof typeof shapes

export function Icon({ name }: { name: IconName }): ReactElement {
  return (
    <svg className="icon" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <path d={shapes[name]} />
      {name === 'half' && <path d="M24 4a20 20 0 0 1 0 40z" fill="currentColor" />}
    </svg>
  )
}
