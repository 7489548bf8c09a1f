// `npm run fuzz [-- --runs N --seed S]`: structure-aware fuzzing of everything that takes what a stranger made. Runs in rounds,
// each with a seed of its own, so that a finding can be had again alone and made smaller.
import * as fc from 'fast-check'
import type { Target } from './target.ts'

/** Executions of a round, over all targets. */
const ROUND = 10_000
/** How many are under way at a time: signatures are checked on other threads. */
const ABREAST = 32

export interface Finding {
  readonly target: string
  /** To be given as `--seed`, with `--runs` as many as one round has. */
  readonly seed: number
  readonly words: string
}

export interface Fuzzed {
  readonly executions: ReadonlyMap<string, number>
  readonly findings: readonly Finding[]
}

/** Runs until there were so many executions. A target that was found at fault is left alone from then on. */
export async function fuzz(
  targets: readonly Target[],
  runs: number,
  seed: number,
  tell: (done: number) => void = () => undefined,
): Promise<Fuzzed> {
  const executions = new Map<string, number>()
  const findings: Finding[] = []
  const whole = targets.reduce((sum, { weight }) => sum + weight, 0)
  let done = 0
  for (let round = 0; done < runs && findings.length < targets.length; round += 1) {
    const size = Math.min(ROUND, runs - done)
    for (const target of targets) {
      if (findings.some((finding) => finding.target === target.name)) continue
      const share = Math.ceil((size * target.weight) / whole)
      const fault = await runRound(target, share, seed + round)
      if (fault !== undefined) findings.push({ target: target.name, seed: seed + round, words: fault })
      executions.set(target.name, (executions.get(target.name) ?? 0) + share)
      done += share
    }
    tell(done)
  }
  return { executions, findings }
}

async function runRound({ inputs }: Target, numRuns: number, seed: number): Promise<string | undefined> {
  // Sampled rather than checked: a check costs more than most executions. Only what fails is worth its while.
  try {
    const runs = fc.sample(inputs, { numRuns, seed })
    for (let at = 0; at < runs.length; at += ABREAST)
      await Promise.all(runs.slice(at, at + ABREAST).map((run) => run()))
    return undefined
  } catch (error) {
    const smaller = await fc.check(
      fc.asyncProperty(inputs, (run) => run()),
      { numRuns, seed },
    )
    const where = smaller.counterexample ? fc.stringify(smaller.counterexample) : '(not found again)'
    return `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\nsmallest: ${where}`
  }
}
