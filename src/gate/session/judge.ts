// From a code's text to a verdict on the screen. The text lives in this call, and nowhere after it; what is remembered of a
// verified one is in replay.ts.
import type { Readable } from '../../browser/store.ts'
import { verify } from '../../core/verify.ts'
import type { Doubt, Verdict } from '../../core/verdict.ts'
import type { Keyring } from '../trust/keyring.ts'
import type { ReplayMemory } from './replay.ts'
import { takesCodes, type Session, type SessionEvent } from './session.ts'

/** How long a bearer waits for newer keys, and how long before the network is asked again for a code's sake. */
const PATIENCE_MS = 4000
const ASK_AGAIN_MS = 60_000

/** The doubts that newer keys or lists may settle. */
const curable = new Set<Doubt>(['no-keys', 'stale-keys', 'unknown-key', 'no-status-list'])
const isCurable = (verdict: Verdict): boolean => verdict.kind === 'unsure' && curable.has(verdict.reason)

export function createJudge(
  session: Readable<Session>,
  dispatch: (event: SessionEvent) => void,
  opening: Promise<Keyring>,
  memory: ReplayMemory,
  replayMinutes: () => number,
  clock: () => number,
): (text: string) => Promise<void> {
  let lastAsked = Number.NEGATIVE_INFINITY

  /** A key that is unknown is asked for once, by itself: not again for every code of a stranger's. */
  async function askForKeys(keyring: Keyring): Promise<boolean> {
    if (!navigator.onLine || performance.now() - lastAsked < ASK_AGAIN_MS) return false
    lastAsked = performance.now()
    dispatch({ type: 'fetching' })
    await Promise.race([keyring.refresh(), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))])
    return true
  }

  return async (text) => {
    if (!takesCodes(session.read())) return
    dispatch({ type: 'code' })
    try {
      const keyring = await opening
      let verdict = await verify(text, keyring.read().belief, clock())
      if (isCurable(verdict) && (await askForKeys(keyring)))
        verdict = await verify(text, keyring.read().belief, clock())
      const seenAgo = verdict.kind === 'verified' ? await memory.seen(text, replayMinutes()) : undefined
      dispatch({ type: 'judged', verdict, seenAgo })
    } finally {
      // Only after a bug: without a verdict the gate goes back to scanning.
      if (session.read().view.at === 'judging') dispatch({ type: 'return' })
    }
  }
}
