import { expect, test } from 'vitest'
import { AWAY, newTexts } from '../../src/gate/scan/watch.ts'

test('a text is new once while it stays in view', () => {
  const inView = newTexts(AWAY)
  expect([0, 100, 2_000, 3_900, 5_900].map((time) => inView.isNew('a', time))).toEqual([
    true,
    false,
    false,
    false,
    false,
  ])
})
test('a text is new again after it was away', () => {
  const inView = newTexts(AWAY)
  expect(inView.isNew('a', 0)).toBe(true)
  expect(inView.isNew('a', AWAY)).toBe(false)
  expect(inView.isNew('a', 2 * AWAY + 1)).toBe(true)
})
test('two texts that take turns are new once each', () => {
  const inView = newTexts(AWAY)
  expect(['a', 'b', 'a', 'b'].map((text, index) => inView.isNew(text, index * 500))).toEqual([true, true, false, false])
})
test('everything is new after it was forgotten', () => {
  const inView = newTexts(AWAY)
  inView.isNew('a', 0)
  inView.clear()
  expect(inView.isNew('a', 1)).toBe(true)
})
