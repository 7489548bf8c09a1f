// The work that no request waits for: lists made ahead and signed again, the trust list, old rows deleted. Every process does
// it; locks in the database see to it that no two do the same at once.
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'

export interface Work {
  readonly name: string
  /** In milliseconds. */
  readonly every: number
  /** @returns false when it should be tried again soon, for another process was at it */
  readonly run: () => Promise<boolean>
}

export interface Keeper {
  /** Does the first work soon: many calls within a moment are one. */
  nudge(): void
  /** Waits for what is under way. */
  stop(): Promise<void>
}

/**
 * @param works done in turn, never two at a time; the first is what `nudge` asks for
 * @param debounce milliseconds from a nudge to the work
 */
export function startKeeper(works: readonly [Work, ...Work[]], debounce: number, log: Log, metrics: Metrics): Keeper {
  let turn = Promise.resolve()
  let stopped = false
  let nudged: NodeJS.Timeout | undefined

  const attempt = async ({ name, run }: Work): Promise<void> => {
    if (stopped) return
    try {
      if (!(await run())) nudge()
    } catch (error) {
      log.failure(name, error)
      metrics.failure(name)
    }
  }
  const enqueue = (work: Work): void => {
    turn = turn.then(() => attempt(work))
  }
  const nudge = (): void => {
    if (stopped) return
    nudged ??= setTimeout(() => {
      nudged = undefined
      enqueue(works[0])
    }, debounce)
  }
  const timers = works.map((work) => setInterval(() => enqueue(work), work.every))
  return {
    nudge,
    stop: async () => {
      stopped = true
      for (const timer of timers) clearInterval(timer)
      clearTimeout(nudged)
      await turn
    },
  }
}
