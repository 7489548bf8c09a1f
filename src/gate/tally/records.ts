// The tally as records of the database: one an hour, one a shift. What a disk gives back in another shape is left out.
import type { Writing } from '../trust/database.ts'
import { asCounts } from './counts.ts'
import type { Kept } from './ledger.ts'
import { isHour } from './local.ts'
import { asShift } from './shift.ts'
import { nothingCounted, type Tally } from './tally.ts'

type Swap = Writing<'tally' | 'shifts'>
/** Begins a write of the tally, which is given up whole when the page goes away. */
export type SwapTally = () => Promise<Swap>

/** @param swap nothing where the browser keeps nothing: the tally then lives as long as the page */
export function keepTally(swap: SwapTally | undefined): Kept {
  let inMemory = nothingCounted
  return {
    keeps: swap !== undefined,
    async changeTally(apply) {
      if (swap) return changeRecords(await swap(), apply)
      inMemory = apply(inMemory)
      return inMemory
    },
  }
}

async function readRecords(reading: Swap): Promise<Tally> {
  const [hours, shifts] = [reading.objectStore('tally'), reading.objectStore('shifts')]
  const [labels, counts, starts, records] = await Promise.all([
    hours.getAllKeys(),
    hours.getAll(),
    shifts.getAllKeys(),
    shifts.getAll(),
  ])
  return {
    hours: labels.flatMap((hour, index) => {
      const kept = asCounts(counts[index])
      return kept && isHour(hour) ? [{ hour, counts: kept }] : []
    }),
    shifts: starts.flatMap((start, index) => asShift(start, records[index]) ?? []),
  }
}

/** Writes what differs, and takes away what is in neither: damaged records too. */
async function changeRecords(swap: Swap, change: (tally: Tally) => Tally): Promise<Tally> {
  const before = await readRecords(swap)
  const after = change(before)
  const [hours, shifts] = [swap.objectStore('tally'), swap.objectStore('shifts')]
  const [labels, starts] = await Promise.all([hours.getAllKeys(), shifts.getAllKeys()])
  const [keptHours, keptShifts] = [
    new Set(after.hours.map(({ hour }) => hour)),
    new Set(after.shifts.map((s) => s.start)),
  ]
  const writes = [
    ...labels.filter((label) => !keptHours.has(label)).map((label) => hours.delete(label)),
    ...starts.filter((start) => !keptShifts.has(start)).map((start) => shifts.delete(start)),
    ...after.hours.filter((row) => !before.hours.includes(row)).map(({ hour, counts }) => hours.put(counts, hour)),
    ...after.shifts
      .filter((shift) => !before.shifts.includes(shift))
      .map(({ start, ...record }) => shifts.put(record, start)),
  ]
  swap.commit()
  await Promise.all([...writes, swap.done])
  return after
}
