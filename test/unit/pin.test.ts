// The PIN: what opens it, what waits, and what is left of it after a reload.
import { beforeEach, describe, expect, test, vi } from 'vitest'
import {
  asPin,
  isPin,
  ITERATIONS,
  openLock,
  waitAfter,
  type PinRecord,
  type PinStore,
} from '../../src/gate/device/pin.ts'

// A hash is slow on purpose, and there may be two cores for everything.
vi.setConfig({ testTimeout: 60_000 })

let kept: PinRecord | undefined
let uptime = 0
const store: PinStore = {
  readPin: () => Promise.resolve(kept),
  writePin(record) {
    kept = record
    return Promise.resolve()
  },
}
/** The page, opened anew. */
const open = () => {
  uptime = 0
  return openLock(store, () => uptime)
}

beforeEach(() => {
  kept = undefined
})

describe('a PIN', () => {
  test('opens what it locks, and nothing else does', async () => {
    const lock = await open()
    expect(lock.read()).toEqual({ isSet: false, isOpen: false, failures: 0 })
    await lock.set('4711')
    expect(lock.read()).toMatchObject({ isSet: true, isOpen: true })
    lock.close()
    expect(await lock.open('4712')).toBe('wrong')
    expect(lock.read()).toEqual({ isSet: true, isOpen: false, failures: 1 })
    expect(await lock.open('4711')).toBe('right')
    expect(lock.read()).toEqual({ isSet: true, isOpen: true, failures: 0 })
    await lock.remove()
    expect([kept, lock.read().isSet]).toEqual([undefined, false])
  })

  test('is kept as a slow hash with a salt of its own', async () => {
    await (await open()).set('4711')
    const first = kept
    await (await open()).set('4711')
    expect(first).toMatchObject({ iterations: ITERATIONS, failures: 0 })
    expect(ITERATIONS).toBeGreaterThanOrEqual(600_000)
    expect([first?.salt.length, first?.hash.length]).toEqual([16, 32])
    expect(kept?.hash).not.toEqual(first?.hash)
  })

  test('after three wrong tries is not even tried until the wait is over, also on a page opened anew', async () => {
    await (await open()).set('4711')
    const lock = await open()
    for (const pin of ['0000', '1111', '2222']) expect(await lock.open(pin)).toBe('wrong')
    expect(lock.wait()).toBe(30)
    expect(await lock.open('4711')).toBe('wait')
    const again = await open()
    expect([again.wait(), again.read().failures]).toEqual([30, 3])
    expect(await again.open('4711')).toBe('wait')
    uptime = 30
    expect(await again.open('3333')).toBe('wrong')
    expect(again.wait()).toBe(60)
    uptime = 90
    expect(await again.open('4711')).toBe('right')
    expect([again.wait(), kept?.failures]).toEqual([0, 0])
  })

  test('counts a try before it is known to be wrong', async () => {
    await (await open()).set('4711')
    const lock = await open()
    const trying = lock.open('0000')
    await Promise.resolve()
    expect(kept?.failures).toBe(1)
    expect(await lock.open('4711')).toBe('wait')
    expect(await trying).toBe('wrong')
  })
})

test('waits grow up to a quarter of an hour', () => {
  expect([0, 1, 2, 3, 4, 5, 8, 9, 60].map(waitAfter)).toEqual([0, 0, 0, 30, 60, 120, 900, 900, 900])
})

test('a PIN has 4 to 12 digits', () => {
  expect(['4711', '000000000000'].every(isPin)).toBe(true)
  expect(['', '471', '0000000000000', '47a1', '４７１１', ' 4711'].some(isPin)).toBe(false)
})

test('a record of another shape is none', () => {
  for (const record of [undefined, 7, {}, { salt: 'a', iterations: 1, hash: 'b', failures: 0 }])
    expect(asPin(record)).toBeUndefined()
})
