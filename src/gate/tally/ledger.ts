// The tally as it is kept while the gate is open: counts as they come, and two clocks watched for what a shift must know.
import { createStore, type Readable } from '../../browser/store.ts'
import type { Outcome } from '../session/settings.ts'
import { sumOf, totalOf } from './counts.ts'
import { looked, type Look, type Quiet } from './shift.ts'
import { counted, ended, nothingCounted, shiftOn, started, upTo, type Tally } from './tally.ts'

/** Timers that come later than this were stopped: the gate was not running. */
const STOPPED_MS = 120_000
/** A clock that is off by more than this was moved. */
const MOVED_MS = 60_000

/** In milliseconds. */
export interface Clocks {
  /** Since 1970 UTC, as the device is set. */
  readonly wall: () => number
  /** Since some moment, and nobody sets it. It may stand still while the device sleeps. */
  readonly steady: () => number
}

type Change = (tally: Tally) => Tally

export interface Kept {
  /** False where what is kept is gone with the page. */
  readonly keeps: boolean
  /** Keeps what `change` makes of the tally, in one step: two tabs that count at once lose nothing. */
  changeTally(change: Change): Promise<Tally>
}

export interface LedgerState {
  readonly tally: Tally
  /** False when the last write failed, or nothing is kept here: what is counted then lasts as long as the page. */
  readonly kept: boolean
}

export interface Ledger extends Readable<LedgerState> {
  count(outcome: Outcome): Promise<void>
  startShift(): Promise<void>
  endShift(): Promise<void>
  /** Forgets all counts and shifts. */
  reset(): Promise<void>
  /** Looks at the clocks. */
  look(): Promise<void>
  /** The gate goes out of sight: what passes until the next look is not time that it was open. */
  leave(): Promise<void>
}

/** @param keysMade when the trust list was made, in seconds, or nothing where there is none */
export function openLedger(kept: Kept, clocks: Clocks, keysMade: () => number | undefined): Ledger {
  const state = createStore<LedgerState>({ tally: nothingCounted, kept: kept.keeps })
  let away = true
  let lastLook = clocks.steady()
  let between = clocks.wall() - lastLook
  let quiet: Quiet = { minutes: 0, counted: 0 }
  /** What a disk that failed has not taken yet. */
  let waiting: readonly Change[] = []
  let last = Promise.resolve()

  const now = (): number => Math.floor(clocks.wall() / 1000)

  /** One change after another, each on what the disk holds by then: another tab may have counted too. */
  function change(apply: Change, waits = true): Promise<void> {
    last = keep(last, now(), apply, waits)
    return last
  }

  async function keep(before: Promise<void>, at: number, apply: Change, waits: boolean): Promise<void> {
    await before
    const all = [...waiting, apply]
    const of = (changes: readonly Change[], tally: Tally): Tally =>
      changes.reduce((so, one) => upTo(one(so), at), upTo(tally, at))
    try {
      state.write({ tally: await kept.changeTally((tally) => of(all, tally)), kept: kept.keeps })
      waiting = []
    } catch {
      state.write({ tally: of([apply], state.read().tally), kept: false })
      if (waits) waiting = all
    }
  }

  function look(): Look {
    const [wall, steady] = [clocks.wall(), clocks.steady()]
    const wasAway = away || steady - lastLook > STOPPED_MS
    const off = wall - steady - between
    // Ahead, after it was away: the device slept, and the steady clock with it.
    const moved = off < -MOVED_MS || (off > MOVED_MS && !wasAway) ? Math.round(off / 60_000) : 0
    if (moved !== 0 || wasAway) between = wall - steady
    away = false
    lastLook = steady
    const made = keysMade()
    const at = Math.floor(wall / 1000)
    const keysAge = made === undefined ? undefined : Math.max(0, Math.floor((at - made) / 3600))
    return { at, away: wasAway, moved, keysAge }
  }

  /** May be applied twice, to what the disk holds and to what memory does: the quiet minutes count once. */
  function withLook(seen: Look): Change {
    let before: Quiet | undefined
    return (tally) => {
      before ??= quiet
      const shift = shiftOn(tally, seen.at)
      if (!shift) return tally
      const [after, stillQuiet] = looked(shift, seen, before)
      quiet = stillQuiet
      return { ...tally, shifts: tally.shifts.map((one) => (one === shift ? after : one)) }
    }
  }

  /** A look is not made up for: the next one finds the same minutes. */
  const lookNow = (): Promise<void> => change(withLook(look()), false)

  return {
    read: state.read,
    subscribe: state.subscribe,
    count(outcome) {
      const at = now()
      return change((tally) => counted(tally, at, outcome))
    },
    async startShift() {
      const at = now()
      await change((tally) => started(tally, at))
      const shift = shiftOn(state.read().tally, at)
      quiet = { minutes: 0, counted: totalOf(sumOf(shift?.hours ?? [])) }
      await lookNow()
    },
    async endShift() {
      await lookNow()
      const at = now()
      await change((tally) => ended(tally, at))
    },
    reset: () => change(() => nothingCounted),
    look: lookNow,
    leave() {
      const leaving = lookNow()
      away = true
      return leaving
    },
  }
}
