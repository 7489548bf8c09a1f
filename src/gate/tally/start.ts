// The ledger of a page: over the database, on the device's own clocks, for as long as the page lives. Loaded beside the
// scan screen, which does not wait for it.
import { openLedger, type Ledger } from './ledger.ts'
import { keepTally, type SwapTally } from './records.ts'

/** How often to look at the clocks, in milliseconds. */
const LOOK_EVERY = 20_000

/** @param keysMade when the trust list was made, in seconds, or nothing where there is none */
export function startLedger(swap: SwapTally | undefined, keysMade: () => number | undefined): Ledger {
  const clocks = { wall: () => Date.now(), steady: () => performance.now() }
  const ledger = openLedger(keepTally(swap), clocks, keysMade)
  const lookWhenSeen = (): void => {
    if (document.visibilityState === 'visible') void ledger.look()
  }
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void ledger.look()
    else void ledger.leave()
  })
  setInterval(lookWhenSeen, LOOK_EVERY)
  lookWhenSeen()
  return ledger
}
