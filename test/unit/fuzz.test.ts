// The fuzzing that `npm run fuzz` does for long, for a moment; and that it finds what is there to be found.
import * as fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { fuzz } from '../fuzz/fuzz.ts'
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
