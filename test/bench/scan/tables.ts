// From outcomes to tables.
import { fixed, type Table } from '../figures.ts'
import type { Clip, Shot } from './corpus.ts'
import { kinds } from './corpus.ts'
import { isPeer, type Name } from './names.ts'
import type { Outcome } from './page.ts'

export interface Looked<One> {
  readonly one: One
  readonly outcomes: readonly Outcome[]
}

export const isRead = ({ read }: Outcome): boolean => read === 'nearest' || read === 'other'
const ofPeers = (outcomes: readonly Outcome[]): readonly Outcome[] => outcomes.filter(({ name }) => isPeer(name))

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN
}

const positive = ({ one }: Looked<Shot>): boolean => one.kind !== 'negative'

export function stillTable(names: readonly Name[], looked: readonly Looked<Shot>[]): Table {
  const codes = looked.filter(positive)
  const rows = names.map((name) => {
    const mine = (from: readonly Looked<Shot>[]): Outcome[] =>
      from.flatMap(({ outcomes }) => outcomes.filter((outcome) => outcome.name === name))
    const times = mine(looked).map(({ time }) => time)
    const reads = mine(codes).filter(isRead)
    return [
      name,
      fixed(reads.length),
      fixed(mine(looked).filter(({ read }) => read === 'wrong').length),
      fixed(reads.filter(({ read }) => read === 'other').length),
      fixed(quantile(times, 0.5), 1),
      fixed(quantile(times, 0.95), 1),
      fixed(
        quantile(
          reads.map(({ time }) => time),
          0.5,
        ),
        1,
      ),
    ]
  })
  const union = codes.filter(({ outcomes }) => ofPeers(outcomes).some(isRead)).length
  return [
    [
      `${codes.length} stills with a code, ${looked.length - codes.length} without`,
      'read',
      'wrong',
      'not the nearest',
      'median ms',
      'p95 ms',
      'median ms of those read',
    ],
    ...rows,
    ['any peer', fixed(union), '', '', '', '', ''],
  ]
}

export function kindTable(names: readonly Name[], looked: readonly Looked<Shot>[]): Table {
  return [
    ['read, by what is wrong with them', ...names, 'any peer', 'all'],
    ...kinds
      .filter((kind) => kind !== 'negative')
      .map((kind) => {
        const these = looked.filter(({ one }) => one.kind === kind)
        const count = (test: (outcomes: readonly Outcome[]) => boolean): string =>
          fixed(these.filter(({ outcomes }) => test(outcomes)).length)
        return [
          kind,
          ...names.map((name) => count((outcomes) => outcomes.some((one) => one.name === name && isRead(one)))),
          count((outcomes) => ofPeers(outcomes).some(isRead)),
          fixed(these.length),
        ]
      }),
  ]
}

/** Stills that some peer reads and ours does not, and the other way round. */
export function missedTable(looked: readonly Looked<Shot>[]): Table {
  const rows = looked.flatMap(({ one, outcomes }, index) => {
    const ours = outcomes.some((outcome) => outcome.name === 'ours' && isRead(outcome))
    const peers = ofPeers(outcomes).filter(isRead)
    if (ours || peers.length === 0) return []
    return [
      [`${index}`, one.kind, `${fixed(one.codes[0]?.module ?? 0, 1)} px`, peers.map(({ name }) => name).join(' ')],
    ]
  })
  return [['missed by ours', 'kind', 'module', 'read by'], ...rows]
}

export function clipTable(names: readonly Name[], looked: readonly Looked<Clip>[]): Table {
  return [
    [`${looked.length} clips of 15 frames`, 'read', 'within 10 frames', 'within 3', 'wrong', 'median frame'],
    ...names.map((name) => {
      const mine = looked.flatMap(({ outcomes }) => outcomes.filter((outcome) => outcome.name === name))
      const frames = mine.filter(isRead).map(({ frame = Number.NaN }) => frame)
      const within = (limit: number): string => fixed(frames.filter((frame) => frame <= limit).length)
      return [
        name,
        fixed(frames.length),
        within(10),
        within(3),
        fixed(mine.filter(({ read }) => read === 'wrong').length),
        fixed(quantile(frames, 0.5)),
      ]
    }),
    [
      'any peer',
      fixed(looked.filter(({ outcomes }) => ofPeers(outcomes).some(isRead)).length),
      fixed(
        looked.filter(({ outcomes }) => ofPeers(outcomes).some((one) => isRead(one) && (one.frame ?? 99) <= 10)).length,
      ),
      fixed(
        looked.filter(({ outcomes }) => ofPeers(outcomes).some((one) => isRead(one) && (one.frame ?? 99) <= 3)).length,
      ),
      '',
      '',
    ],
  ]
}
