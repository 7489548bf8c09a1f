import { expect, test } from 'vitest'
import { readVector, testVectors } from '../vectors.run.ts'

const files = import.meta.glob<string>('../vectors/*.json', { eager: true, query: '?raw', import: 'default' })

testVectors(files)

const [sample = '{}'] = Object.values(files)
const { expect: verdict, ...rest } = readVector(sample)
const flawed: [string, object][] = [
  ['an unknown member', { ...rest, expect: verdict, comment: '' }],
  ['a member missing', rest],
  ['an unknown kind', { ...rest, expect: { kind: 'accepted', status: 2 } }],
  ['an unknown status', { ...rest, expect: { kind: 'verified', status: 3 } }],
  ['an unknown reason', { ...rest, expect: { kind: 'refused', reason: 'forged' } }],
  ['a reason of another kind', { ...rest, expect: { kind: 'unsure', reason: 'expired' } }],
  ['a reason beside a status', { ...rest, expect: { kind: 'verified', status: 2, reason: 'expired' } }],
  ['a code of another type', { ...rest, expect: verdict, code: 7 }],
]
test.each(flawed)('a vector with %s fails the run', (_, vector) => {
  expect(() => readVector(JSON.stringify(vector))).toThrow(TypeError)
})
