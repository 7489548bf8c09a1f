// The beginning of a long shift (`npm run soak`): every outcome, handed in and by camera, and each verdict the right one.
import { expect, test } from 'vitest'
import { workAShift } from '../soak/shift.ts'

test('hundreds of codes in one tab, each judged rightly', async () => {
  const { answers, byCamera, wrong, faults, samples } = await workAShift({ codes: 160, every: 80, filmed: 1 })
  expect([wrong, faults]).toEqual([[], []])
  // With the warm-up.
  expect(samples.map(({ codes }) => codes)).toEqual([0, 80, 160])
  expect(byCamera).toBeGreaterThanOrEqual(3)
  expect(answers).toMatchObject({
    'verified 2 green': 90,
    'verified 1 amber': 30,
    'verified 0 red': 30,
    'refused expired dark': 30,
    'refused revoked dark': 30,
    'unsure unknown-key grey': 30,
  })
})
