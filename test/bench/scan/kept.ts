// What readers that do not change made of a corpus that does not change is measured once, and kept in .cache/bench-scan:
// all of it takes an hour.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { workshop } from './install.ts'
import { isPeer, type Name } from './names.ts'
import type { Outcome } from './page.ts'

export interface Kept {
  /** The outcome of a peer for one still or clip, if it was measured before. */
  of(what: string, name: Name): Outcome | undefined
  keep(what: string, outcomes: readonly Outcome[]): void
}

/**
 * @param seed of the corpus
 * @param afresh forget what was kept
 */
export function openKept(seed: number, afresh: boolean): Kept {
  const hash = createHash('sha256')
  for (const name of ['corpus.ts', 'picture.ts', 'random.ts', 'tokens.ts', 'package-lock.json']) {
    hash.update(readFileSync(join(import.meta.dirname, name)))
  }
  const path = join(workshop, `kept-${hash.digest('hex').slice(0, 12)}-${seed}.ndjson`)
  const all = new Map<string, Outcome>()
  for (const line of afresh ? [] : linesOf(path)) {
    const { what, outcome }: { what: string; outcome: Outcome } = JSON.parse(line)
    all.set(`${what} ${outcome.name}`, outcome)
  }
  const write = (lines: string, flag: 'a' | 'w'): void => writeFileSync(path, lines, { flag })
  if (afresh) write('', 'w')
  return {
    of: (what, name) => (isPeer(name) ? all.get(`${what} ${name}`) : undefined),
    keep(what, outcomes) {
      const peers = outcomes.filter(({ name }) => isPeer(name))
      write(peers.map((outcome) => `${JSON.stringify({ what, outcome })}\n`).join(''), 'a')
    },
  }
}

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').filter(Boolean)
  } catch {
    return []
  }
}
