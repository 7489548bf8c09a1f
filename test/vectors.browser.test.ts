import { expect, test } from 'vitest'
import { testVectors } from './vectors.run.ts'

test('this is a browser', () => expect(navigator.userAgent).toContain('Chrome'))

testVectors(import.meta.glob<string>('./vectors/*.json', { eager: true, query: '?raw', import: 'default' }))
