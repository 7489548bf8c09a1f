// Properties of what opens a config, a trust list and a status list, over texts that nobody thought of.
import * as fc from 'fast-check'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { openConfig } from '../../src/core/belief.ts'
import { inflateList, openStatusList } from '../../src/core/status-list.ts'
import type { Root } from '../../src/core/roots.ts'
import { openTrustList, type TrustList } from '../../src/core/trust-list.ts'
import { inflate } from '../../src/inflate.ts'
import { anyJson, anyText } from '../support/arbitraries.ts'
import { bearer, config, statusList, trustClaims, trustList, trustListOf } from '../vectors/good.ts'

// Thousands of signatures take their time on a machine that is busy.
vi.setConfig({ testTimeout: 60_000 })

let trust: TrustList
let roots: readonly Root[]

beforeAll(async () => {
  const opened = await openConfig(JSON.stringify(config()))
  if (!opened.ok) throw new Error(opened.fault)
  roots = opened.value.roots
  const list = await openTrustList(trustList(), roots)
  if (!list.ok) throw new Error(list.fault)
  trust = list.value
})

describe('what is opened never throws', () => {
  const text = fc.oneof(anyText, anyJson, fc.constantFrom(bearer(), trustList(), statusList()))
  const someList = fc
    .dictionary(fc.constantFrom(...Object.keys(trustClaims())), fc.jsonValue())
    .map((change) => JSON.stringify(trustClaims(change)))
  const someIssuers = fc
    .array(fc.dictionary(fc.constantFrom('iss', 'name', 'keys', 'status_lists', 'min_iat'), fc.jsonValue()))
    .map((issuers) => JSON.stringify(trustClaims({ issuers })))

  test('a config', () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(
          text,
          fc
            .dictionary(
              fc.constantFrom('operator', 'gate', 'audience', 'trustList', 'roots', 'policies'),
              fc.jsonValue(),
            )
            .map((change) => JSON.stringify(config(change))),
        ),
        async (json) => {
          expect(await openConfig(json)).toHaveProperty('ok')
        },
      ),
    ))

  test('a trust list, signed by a root or not', () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(
          text,
          fc.oneof(anyJson, someList, someIssuers).map((p) => trustListOf(p)),
        ),
        async (jws) => {
          expect(await openTrustList(jws, roots)).toHaveProperty('ok')
        },
      ),
      { numRuns: 500 },
    ))

  test('a status list, signed by an issuer or not', () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(
          text,
          fc
            .dictionary(fc.constantFrom('sub', 'iat', 'exp', 'status_list'), fc.jsonValue())
            .map((change) => statusList(change)),
          fc
            .record({ bits: fc.constantFrom(1, 2, 3, 8), lst: fc.oneof(fc.string(), fc.base64String()) })
            .map((status_list) => statusList({ status_list })),
        ),
        async (jws) => {
          const list = await openStatusList(jws, trust)
          expect(list).toHaveProperty('ok')
          if (list.ok) await inflateList(list.value, inflate)
        },
      ),
      { numRuns: 500 },
    ))
})
