// What is in dist/gate: everything that the app needs is stored on the device at the first visit, and it is small.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { measure, type Part } from '../bench/measure.ts'
import { tags } from '../support/catalogues.ts'

const dir = 'dist/gate'
const files = readdirSync(dir, { recursive: true, encoding: 'utf8' })
  .filter((name) => statSync(join(dir, name)).isFile())
  .map((name) => relative(dir, join(dir, name)).replaceAll('\\', '/'))

const gzip = (parts: readonly Part[]): number => parts.reduce((sum, part) => sum + part.gzip, 0)

test('every file of the app is precached, the reader’s wasm, the compatible reader and config.json included', () => {
  const { precached } = measure(dir)
  expect(precached.map(({ name }) => name).toSorted()).toEqual(
    // The worker itself is the browser's to keep.
    files.filter((name) => name !== 'sw.js').toSorted(),
  )
  for (const part of [/zxing_reader.*\.wasm$/, /compatible.*\.js$/, /reader\.worker.*\.js$/, /^config\.json$/]) {
    expect(precached.filter(({ name }) => part.test(name))).toHaveLength(1)
  }
})

test('sizes are within their budget', () => {
  const { beforeUsable, precached } = measure(dir)
  expect(gzip(beforeUsable)).toBeLessThanOrEqual(95_000)
  expect(gzip(precached)).toBeLessThanOrEqual(1_000_000)
})

test('each language but English is a file of its own, and small', () => {
  const languages = measure(dir).later.filter(({ name }) => /^assets\/\w+\.all-/.test(name))
  expect(languages).toHaveLength(tags.length - 1)
  for (const { gzip: size } of languages) expect(size).toBeLessThanOrEqual(16_000)
})

test('the page has no script or style of its own, and names no other origin', () => {
  const html = readFileSync(join(dir, 'index.html'), 'utf8')
  expect(html).not.toMatch(/<style|<script(?![^>]*src=)|style=|https?:\/\//)
})
