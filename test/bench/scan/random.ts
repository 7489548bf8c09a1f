// Chance from a seed (mulberry32): the same numbers on every machine.

export interface Random {
  /** From 0, up to and without 1. */
  next(): number
  between(low: number, high: number): number
  /** A whole number, both ends included. */
  whole(low: number, high: number): number
  pick<Value>(values: readonly [Value, ...Value[]]): Value
  /** Around 0, with a standard deviation of 1. */
  normal(): number
}

export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (low: number, high: number): number => low + next() * (high - low)
  return {
    next,
    between,
    whole: (low, high) => Math.floor(between(low, high + 1)),
    pick: (values) => values[Math.floor(next() * values.length)] ?? values[0],
    // Three are near enough to a normal distribution for a camera's noise.
    normal: () => (next() + next() + next() - 1.5) * 2,
  }
}
