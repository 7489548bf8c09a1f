// The fuzzing that `npm run fuzz` does for long, for a moment; and that it finds what is there to be found.
import * as fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { fuzz } from '../fuzz/fuzz.ts'
import { faults, fuzzWith } from '../fuzz/planted.ts'
import { openTargets } from '../fuzz/targets.ts'

vi.setConfig({ testTimeout: 60_000 })

test('nothing throws, and nothing is falsely verified', async () => {
  const { executions, findings } = await fuzz(await openTargets(), 2000, 1)
  expect(findings).toEqual([])
  expect([...executions.values()].every((count) => count > 0)).toBe(true)
})

test('a fault is found, told once with its seed, and made smaller', async () => {
  const inputs = fc.nat(1000).map((n) =>
    Object.assign(() => (n > 700 ? Promise.reject(new Error('too much')) : Promise.resolve()), {
      [fc.toStringMethod]: () => String(n),
    }),
  )
  const { findings } = await fuzz([{ name: 'a number', weight: 1, inputs }], 30_000, 5)
  expect(findings).toMatchObject([{ target: 'a number', seed: 5, words: expect.stringMatching(/too much[^]*\[701\]/) }])
})

// `npm run fuzz -- --planted` does it with all of them.
const some = new Set([
  'any base64url',
  'expired',
  'audience',
  'revoked',
  'KB-JWT: signature',
  'a root link’s signature',
  'roll-back',
])
test.each(faults.filter(({ name }) => some.has(name)))('with a fault in the core, finds it: $name', async (fault) => {
  expect(await fuzzWith(fault, 20_000, 12_345)).toBeDefined()
})
