// How many of each of the five outcomes.
import { isCount, isFields } from '../../core/compact.ts'
import { outcomes, type Outcome } from '../session/settings.ts'

export type Counts = Readonly<Record<Outcome, number>>

export interface HourCounts {
  /** As its label. */
  readonly hour: string
  readonly counts: Counts
}

export const noCounts: Counts = { full: 0, partly: 0, none: 0, refused: 0, unsure: 0 }

export const oneMore = (counts: Counts, outcome: Outcome): Counts => ({ ...counts, [outcome]: counts[outcome] + 1 })

export const totalOf = (counts: Counts): number => outcomes.reduce((total, outcome) => total + counts[outcome], 0)

export function sumOf(hours: readonly { readonly counts: Counts }[]): Counts {
  const sum = (outcome: Outcome): number => hours.reduce((total, { counts }) => total + counts[outcome], 0)
  return { full: sum('full'), partly: sum('partly'), none: sum('none'), refused: sum('refused'), unsure: sum('unsure') }
}

/** Counts as they were kept, or nothing: a number that is damaged is no number. */
export function asCounts(record: unknown): Counts | undefined {
  if (!isFields(record)) return undefined
  const { full, partly, none, refused, unsure } = record
  if (![full, partly, none, refused, unsure].every(isCount)) return undefined
  const [a, b, c, d, e] = [full, partly, none, refused, unsure].map(Number)
  return { full: a ?? 0, partly: b ?? 0, none: c ?? 0, refused: d ?? 0, unsure: e ?? 0 }
}
