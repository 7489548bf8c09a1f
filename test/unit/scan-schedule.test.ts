// Which eye tries what.
import { describe, expect, test } from 'vitest'
import { patientRound, quickTask, stillTasks } from '../../src/gate/scan/schedule.ts'
import { stages } from '../../src/gate/scan/stages.ts'

const every = stages.map((_, place) => place)
const sorted = (order: readonly number[]): number[] => order.toSorted((one, other) => one - other)

describe('the schedule', () => {
  test('looks at each frame by the first stage alone', () => {
    expect(quickTask).toEqual({ order: [0], patience: 0 })
  })
  test('gives a still every stage once, to one eye or to both', () => {
    const [alone] = stillTasks(1, 150)
    const [quick, patient] = stillTasks(2, 150)
    expect(sorted(alone.order)).toEqual(every)
    expect(quick.order[0]).toBe(0)
    expect(sorted([...quick.order, ...(patient?.order ?? [])])).toEqual(every)
    expect([alone, quick, patient].map((task) => task?.patience)).toEqual([150, 150, 150])
  })
  test('goes through all but the first in turn, where the last frame left off', () => {
    const round = patientRound()
    const seen: number[] = []
    for (let frame = 0; frame < 5; frame++) {
      const { order } = round.next()
      expect(sorted(order)).toEqual(every.slice(1))
      seen.push(...order.slice(0, 1))
      round.took(order[0], false)
    }
    expect(sorted(seen)).toEqual(every.slice(1))
  })
  test('begins with what has just read a code', () => {
    const round = patientRound()
    const [, , third] = round.next().order
    round.took(third, true)
    expect(round.next().order[0]).toBe(third)
  })
})
