// The shapes of the menu's pages, loaded with them.
import type { ReactElement } from 'react'
import { Drawing, shapes } from './icons.tsx'

const pageShapes = {
  back: 'M30 8L14 24l16 16',
  key: 'M16 18a9 9 0 1 0 0 12h12l4 4l4-4l4 4l4-8l-2-8zM11 24v.5',
  gear: 'M24 16a8 8 0 1 0 0 16a8 8 0 0 0 0-16M24 4v6M24 38v6M4 24h6M38 24h6M10 10l4 4M34 34l4 4M38 10l-4 4M14 34l-4 4',
  ready: 'M24 4l16 6v12c0 11-7 18-16 22C15 40 8 33 8 22V10zM16 23l6 6l11-11',
  chart: 'M8 42V26h8v16M20 42V8h8v34M32 42V18h8v24M4 42h40',
  forward: 'M18 8l16 16l-16 16',
  question: shapes.question,
} as const

export type PageIconName = keyof typeof pageShapes

/** They point along the line of text: back is where it comes from. */
const pointing: ReadonlySet<PageIconName> = new Set(['back', 'forward'])

export const PageIcon = ({ name }: { name: PageIconName }): ReactElement => (
  <Drawing path={pageShapes[name]} points={pointing.has(name)} />
)
