// Vectors are the contract (test/vectors/*.json): a config, the lists that a device received in order, a time and a code,
// and the one verdict that must follow. The same files run in Node and in a browser.
import { expect, test } from 'vitest'
import { openBelief, openConfig } from '../src/core/belief.ts'
import { hasExactly, isCount, isFields, isText, type Fields } from '../src/core/compact.ts'
import { openTrustList, succession, type TrustList } from '../src/core/trust-list.ts'
import { doubts, misreads, refusals, type Verdict } from '../src/core/verdict.ts'
import { verify } from '../src/core/verify.ts'
import { inflate } from '../src/inflate.ts'

export interface Vector {
  /** The flaw, or what is good about it, in words. */
  readonly about: string
  /** The device's `config.json`. */
  readonly config: Fields
  /** Trust lists in the order in which they were offered, as compact JWS. */
  readonly trust: readonly string[]
  readonly statusLists: readonly string[]
  /** A time that has certainly passed (the build's own); 0 when absent. */
  readonly floor?: number
  readonly now: number
  /** The code's text, or for a huge one what it repeats and how often. */
  readonly code: string | { readonly repeat: string; readonly times: number }
  readonly expect: Expected
}

/** A verdict as far as the contract names it. */
export type Expected =
  | { readonly kind: 'verified'; readonly status: number }
  | { readonly kind: string; readonly reason: string }

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')

const reasons: Readonly<Record<string, readonly string[]>> = {
  refused: refusals,
  unsure: doubts,
  unreadable: misreads,
}

function readExpected(value: unknown): Expected {
  if (!isFields(value)) throw new TypeError('expect is no object')
  const { kind, status, reason } = value
  if (kind === 'verified') {
    if (hasExactly(value, ['kind', 'status']) && (status === 0 || status === 1 || status === 2)) return { kind, status }
  } else if (isText(kind) && isText(reason) && hasExactly(value, ['kind', 'reason'])) {
    if (Object.hasOwn(reasons, kind) && reasons[kind]?.includes(reason)) return { kind, reason }
  }
  throw new TypeError(`expect is outside the closed set: ${JSON.stringify(value)}`)
}

function readCode(value: unknown): Vector['code'] {
  if (typeof value === 'string') return value
  if (isFields(value) && hasExactly(value, ['repeat', 'times'])) {
    const { repeat, times } = value
    if (isText(repeat) && isCount(times)) return { repeat, times }
  }
  throw new TypeError('code is neither a text nor {repeat, times}')
}

/** Reads a vector's file. Throws on a member that is missing, unknown or of another type: a typo must not pass for a test. */
export function readVector(json: string): Vector {
  const fields: unknown = JSON.parse(json)
  if (!isFields(fields)) throw new TypeError('not an object')
  const required = ['about', 'config', 'trust', 'statusLists', 'now', 'code', 'expect']
  if (!hasExactly(fields, required, ['floor'])) throw new TypeError(`members: ${Object.keys(fields).join(', ')}`)
  const { about, config, trust, statusLists, floor, now } = fields
  if (!isText(about) || !isFields(config) || !isTexts(trust) || !isTexts(statusLists) || !isCount(now)) {
    throw new TypeError('a member has the wrong type')
  }
  if (floor !== undefined && !isCount(floor)) throw new TypeError('floor is no time')
  return {
    about,
    config,
    trust,
    statusLists,
    ...(floor === undefined ? {} : { floor }),
    now,
    code: readCode(fields['code']),
    expect: readExpected(fields['expect']),
  }
}

/** What a device with a vector's past says to its code. */
export async function judge({ config, trust, statusLists, floor = 0, now, code }: Vector): Promise<Verdict> {
  const opened = await openConfig(JSON.stringify(config))
  if (!opened.ok) throw new TypeError(`config: ${opened.fault}`)
  let held: TrustList | undefined
  for (const jws of trust) {
    const next = await openTrustList(jws, opened.value.roots, opened.value.minSeq)
    if (next.ok && succession(held, next.value) === 'newer') held = next.value
  }
  const { belief } = await openBelief({ trustList: held?.jws, statusLists }, opened.value, inflate, floor)
  return verify(typeof code === 'string' ? code : code.repeat.repeat(code.times), belief, now)
}

export const project = (verdict: Verdict): Expected =>
  verdict.kind === 'verified'
    ? { kind: verdict.kind, status: verdict.status }
    : { kind: verdict.kind, reason: verdict.reason }

/** One test a file. `files` maps a path to the file's text. */
export function testVectors(files: Readonly<Record<string, string>>): void {
  const paths = Object.keys(files)
  test('the vectors are there', () => expect(paths.length).toBeGreaterThanOrEqual(150))
  test.each(paths)('%s', async (path) => {
    const vector = readVector(files[path] ?? '')
    expect(project(await judge(vector)), vector.about).toEqual(vector.expect)
  })
}
