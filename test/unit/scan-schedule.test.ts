// Which eye tries what.
import { describe, expect, test } from 'vitest'
import { patientRound, quickTask, stillTasks } from '../../src/gate/scan/schedule.ts'
import { stages } from '../../src/gate/scan/stages.ts'

const every = stages.map((_, place) => place)
const sorted = (order: readonly number[]): number[] => order.toSorted((one, other) => one - other)

describe('the schedule', () => {
  test('looks at each frame by the first stage, and begins others only where that took little time', () => {
    expect(quickTask.order[0]).toBe(0)
    expect(quickTask.patience).toBeLessThan(1000 / 60)
  })
  test('gives a still every stage once, to one eye or to both', () => {
    const [alone] = stillTasks(1, 150)
    const [quick, patient] = stillTasks(2, 150)
    expect(sorted(alone.order)).toEqual(every)
    expect(quick.order[0]).toBe(0)
    expect(sorted([...quick.order, ...(patient?.order ?? [])])).toEqual(every)
    expect([alone, quick, patient].map((task) => task?.patience)).toEqual([150, 150, 150])
  })
  test('begins each frame where the last one left off, so that whatever reads comes first in some frame', () => {
    const round = patientRound()
    const ways = round.next().order
    const seen: (number | undefined)[] = []
    for (const _ of ways) {
      const { order } = round.next()
      expect(sorted(order)).toEqual(sorted(ways))
      seen.push(order[0])
      round.took(order[0], false)
    }
    expect(new Set(seen)).toEqual(new Set(ways))
  })
  test('looks everywhere every so many frames, and tries every stage at some time', () => {
    const round = patientRound()
    const orders = Array.from({ length: 16 }, () => round.next().order)
    expect(orders.filter((order) => order.length === 1)).toHaveLength(2)
    expect(new Set([...quickTask.order, ...orders.flat()])).toEqual(new Set(every))
  })
  test('begins with what has just read a code', () => {
    const round = patientRound()
    const [, , third] = round.next().order
    round.took(third, true)
    expect(round.next().order[0]).toBe(third)
  })
})
