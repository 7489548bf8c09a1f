// The nine codes of the demo, each scanned from a fake camera with both readers, and each opened as a picture.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { people, type Expected } from '../../src/demo/people.ts'
import { startDemo, type Demo } from '../../src/demo/start.ts'
import { openStage, verdictOf, visit, type Stage } from '../support/gate-page.ts'

let stage: Stage
let demo: Demo
let state = ''

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'kycvs-demo-'))
  demo = await startDemo({ port: 0, state, gateDir: 'dist/gate' })
  stage = await openStage()
})

afterAll(async () => {
  await stage.close()
  await demo.stop()
  await rm(state, { recursive: true })
})

const outcomes = people.map(({ id, expect: expected }): [string, object] => [id, shownAs(expected)])

function shownAs(verdict: Expected): object {
  switch (verdict.kind) {
    case 'verified':
      return { verdict: 'verified', status: `${verdict.status}`, tone: ['red', 'amber', 'green'][verdict.status] }
    case 'refused':
      return { verdict: 'refused', reason: verdict.reason, tone: 'dark' }
    case 'unsure':
      return { verdict: 'unsure', reason: verdict.reason, tone: 'grey' }
    case 'unreadable':
      return { verdict: 'unreadable', reason: verdict.reason }
  }
}

const ask = (file: string): Promise<Response> => fetch(`${demo.origin}/demo/people/${file}`)

test('there are nine, and the page names the same', async () => {
  const listed: unknown = await (await fetch(`${demo.origin}/demo/people.json`)).json()
  expect(listed).toEqual(people.map(({ id, name, expect: expected }) => ({ id, name, expect: expected })))
  expect(people).toHaveLength(9)
})

describe.each([
  ['fast', []],
  ['compatible', ['WebAssembly']],
])('by camera, with the %s reader', (reader, without) => {
  test.each(outcomes)('%s', async (id, shown) => {
    stage.film(await (await ask(`${id}.txt`)).text())
    const page = await visit(stage, `${demo.origin}/gate/`, { without })
    expect(await verdictOf(page)).toEqual(shown)
    expect(await page.locator('.scan').getAttribute('data-reader')).toBe(reader)
    // A verdict is a screen of its own; a code that is none of ours leaves the scan screen up.
    expect(await page.locator('[data-screen="scan"]').count()).toBe(id === 'link' ? 1 : 0)
  })
})

describe('as a picture', () => {
  test.each(outcomes)('%s', async (id, shown) => {
    stage.film()
    const png = Buffer.from(await (await ask(`${id}.png`)).arrayBuffer())
    const page = await visit(stage, `${demo.origin}/gate/`)
    await page.getByLabel('A picture of a code').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: png })
    expect(await verdictOf(page)).toEqual(shown)
  })
})
