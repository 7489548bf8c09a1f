// A code that comes again, told from all others, for as long as it is to be remembered and no longer.
import { beforeEach, describe, expect, test } from 'vitest'
import { rememberCodes, type ReplayMemory } from '../../src/gate/session/replay.ts'
import { split } from '../vectors/forge.ts'
import { bearer, live, present } from '../vectors/good.ts'

let uptime = 0
let memory: ReplayMemory

beforeEach(() => {
  uptime = 1000
  memory = rememberCodes(() => uptime)
})

describe('a code that comes again', () => {
  const code = bearer()

  test('is known for so many minutes since it came last', async () => {
    expect(await memory.seen(code, 10)).toBeUndefined()
    uptime += 180
    expect(await memory.seen(code, 10)).toBe(180)
    uptime += 599
    expect(await memory.seen(code, 10)).toBe(599)
    uptime += 600
    expect(await memory.seen(code, 10)).toBeUndefined()
  })

  test('is known by an address, and under another signature', async () => {
    await memory.seen(code, 10)
    const [head, payload] = split(code)
    expect(await memory.seen(`https://gate.example/#${code}`, 10)).toBe(0)
    expect(await memory.seen(`${head}.${payload}.${split(bearer({ vs: 0 }))[2]}`, 10)).toBe(0)
    expect(await memory.seen(bearer({ vs: 1 }), 10)).toBeUndefined()
  })

  test('is known by its token when it is a live one, whose presentation is new each time', async () => {
    const token = live()
    await memory.seen(present(token), 10)
    expect(await memory.seen(present(token, { nonce: 'another-nonce' }), 10)).toBe(0)
  })
})

describe('nothing is kept', () => {
  test('after its time', async () => {
    await memory.seen(bearer(), 10)
    uptime += 300
    await memory.seen(bearer({ vs: 1 }), 10)
    uptime += 300
    memory.purge(10)
    expect(memory.size()).toBe(1)
    memory.purge(2)
    expect(memory.size()).toBe(0)
  })

  test('where nobody wants it, and what was kept goes', async () => {
    await memory.seen(bearer(), 10)
    memory.purge(0)
    expect(memory.size()).toBe(0)
    expect(await memory.seen(bearer(), 0)).toBeUndefined()
    expect(memory.size()).toBe(0)
  })

  test('of what is no token', async () => {
    expect(await memory.seen('hello', 10)).toBeUndefined()
    expect(memory.size()).toBe(0)
  })
})
