// A keyed permutation of 0 … 2^20 − 1: a Feistel network of 4 rounds over two halves of 10 bits (Luby and Rackoff). It
// turns a counter into entries in an order that nobody can tell, without repeat and without a table of what was drawn.
import { createHmac } from 'node:crypto'

export const ENTRIES = 2 ** 20

const HALF = 10
const MASK = 2 ** HALF - 1
const ROUNDS = 4

/** The permutation of a key, as a function of the counter. */
export function permutation(key: Uint8Array): (counter: number) => number {
  const rounds = Array.from({ length: ROUNDS }, (_, round) => roundTable(key, round))
  return (counter) => {
    if (!Number.isInteger(counter) || counter < 0 || counter >= ENTRIES) throw new RangeError('a counter has 20 bits')
    let left = counter >> HALF
    let right = counter & MASK
    for (const table of rounds) [left, right] = [right, left ^ (table[right] ?? 0)]
    return (left << HALF) | right
  }
}

/** What one round adds, for each value of a half. */
function roundTable(key: Uint8Array, round: number): Uint16Array {
  return Uint16Array.from({ length: MASK + 1 }, (_, half) => {
    const input = Buffer.from([round, half >> 8, half & 0xff])
    return createHmac('sha256', key).update(input).digest().readUInt16BE(0) & MASK
  })
}
