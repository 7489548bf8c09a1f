// Drawn shapes: each outcome has its own outline, so that none depends on colour.
import type { ReactElement, ReactNode } from 'react'

/** Paths on a 48 by 48 grid, drawn with a stroke in the colour of the text. */
export const shapes = {
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
  globe: 'M24 4a20 20 0 1 1 0 40a20 20 0 0 1 0-40M4 24h40M24 4c-11 12-11 28 0 40M24 4c11 12 11 28 0 40',
  menu: 'M8 14h32M8 24h32M8 34h32',
} as const

export type IconName = keyof typeof shapes

export function Icon({ name }: { name: IconName }): ReactElement {
  return (
    <Drawing path={shapes[name]}>{name === 'half' && <path d="M24 4a20 20 0 0 1 0 40z" fill="currentColor" />}</Drawing>
  )
}

/** @param points along the line of text: it is turned round where that runs from right to left */
export function Drawing(drawing: { path: string; points?: boolean; children?: ReactNode }): ReactElement {
  const { path, points = false, children } = drawing
  return (
    <svg className="icon" data-points={points || undefined} viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <path d={path} />
      {children}
    </svg>
  )
}
