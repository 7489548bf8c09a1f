import * as fc from 'fast-check'

/** Something of which one input in very many may show that it does not hold. */
export interface Target {
  readonly name: string
  /** Its part of all executions, relative to the others'. */
  readonly weight: number
  /** Inputs, and what is done with one; it throws what it finds. */
  readonly inputs: fc.Arbitrary<() => Promise<void>>
}

export function target<Input>(
  name: string,
  weight: number,
  inputs: fc.Arbitrary<Input>,
  holds: (input: Input) => Promise<void>,
): Target {
  const runs = inputs.map((input) =>
    Object.assign(() => holds(input), { [fc.toStringMethod]: () => fc.stringify(input) }),
  )
  return { name, weight, inputs: runs }
}

export function must(truth: boolean, what: string): void {
  if (!truth) throw new Error(what)
}
