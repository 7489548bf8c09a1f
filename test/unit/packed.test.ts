// What is written of a list is what comes back, to the character; what a disk makes of it otherwise is nothing.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { pack, unpack } from '../../src/gate/trust/packed.ts'
import { statusList, trustList } from '../vectors/good.ts'

test('a list takes a quarter less, and comes back as it was', () => {
  const jws = statusList({ filler: 'x'.repeat(4000) })
  const packed = pack(jws)
  if (typeof packed === 'string') throw new Error('it was not packed')
  const [, payload = ''] = jws.split('.')
  expect(packed.payload.length).toBe(Math.floor((payload.length * 3) / 4))
  expect(unpack(packed)).toBe(jws)
  expect(unpack(structuredClone(packed))).toBe(jws)
})

test('any text comes back as it was, packed or not', () => {
  const segment = fc.string({ unit: fc.constantFrom(...'ABab01-_='.split('')), maxLength: 9 })
  const text = fc.oneof(
    fc.string({ minLength: 1 }),
    fc.array(segment, { minLength: 1 }).map((s) => s.join('.') || '.'),
  )
  fc.assert(fc.property(text, (jws) => unpack(pack(jws)) === jws))
})

test('a record of another shape is no list', () => {
  for (const record of [undefined, 7, null, '', [], {}, { header: 'a', payload: 'b', signature: 'c' }])
    expect(unpack(record)).toBeUndefined()
  const list = trustList()
  expect(unpack(list)).toBe(list)
})
