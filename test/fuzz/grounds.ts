// What gates hold, each at one side of a boundary, and what of it a code is measured by.
import { openBelief, openConfig } from '../../src/core/belief.ts'
import type { Belief } from '../../src/core/verify.ts'
import { inflate } from '../../src/inflate.ts'
import type { Json } from '../vectors/forge.ts'
import {
  config,
  issuerEd25519,
  issuerEntry,
  issuerKey,
  listedKey,
  now,
  otherEntry,
  otherKey,
  statusList,
  statusUri,
  trustList,
} from '../vectors/good.ts'
import { posing } from './parts.ts'

interface Rules {
  /** The gate decides at all. */
  readonly judges: boolean
  /** It holds a list that codes can be looked up in. */
  readonly hasStatus: boolean
  readonly key: { readonly nbf: number; readonly exp: number }
  readonly minIat: number
  readonly audience: string | undefined
  readonly gate: string | undefined
}
export interface Ground extends Rules {
  readonly belief: Belief
}

interface Plan extends Partial<Rules> {
  readonly trust?: Json
  readonly floor?: number
  readonly lists?: readonly string[]
  readonly config?: Json
}
const keyed = (nbf: number, exp: number, hasStatus = true): Plan => ({ key: { nbf, exp }, hasStatus })
const ever = 2 ** 52

const plans: readonly Plan[] = [
  {},
  {},
  {},
  {},
  {},
  { trust: { exp: now + 1 } },
  { trust: { exp: now }, judges: false },
  { floor: now + 300 },
  { floor: now + 301, judges: false },
  { trust: { iat: now + 301 }, judges: false },
  { lists: [statusList({ iat: now + 300 })] },
  { lists: [statusList({ iat: now + 301 })], judges: false },
  keyed(now - 3600, ever),
  keyed(now - 3599, ever),
  // A list is signed by a key in its time, too, and this one is from ten minutes ago.
  keyed(0, now - 3600, false),
  keyed(0, now - 3601, false),
  { minIat: now - 3600 },
  { minIat: now - 3599 },
  { lists: [statusList({ exp: now + 1 })] },
  { lists: [statusList({ exp: now })], hasStatus: false },
  { lists: [], hasStatus: false },
  { lists: [statusList({}, {}, posing(issuerKey))], hasStatus: false },
  // Another issuer names the same list, and signs it.
  {
    trust: { issuers: [issuerEntry(), { ...otherEntry(), status_lists: [statusUri] }] },
    lists: [statusList({}, {}, otherKey)],
    hasStatus: false,
  },
  { config: { audience: undefined, gate: undefined }, audience: undefined, gate: undefined },
]

export const openGrounds = (): Promise<readonly Ground[]> => Promise.all(plans.map(openGround))

async function openGround({ trust, lists, floor = 0, config: change, ...rules }: Plan): Promise<Ground> {
  const keys = [issuerKey, issuerEd25519].map((key) => listedKey(key, rules.key))
  const issuers = [issuerEntry({ keys, min_iat: rules.minIat }), otherEntry()]
  const gate = await openConfig(JSON.stringify(config(change)))
  if (!gate.ok) throw new Error(gate.fault)
  const held = { trustList: trustList({ issuers, ...trust }), statusLists: lists ?? [statusList()] }
  const { belief } = await openBelief(held, gate.value, inflate, floor)
  const usual = { judges: true, hasStatus: true, key: { nbf: 0, exp: ever }, minIat: 0 }
  return { ...usual, audience: 'example-mall', gate: 'north-entrance', ...rules, belief }
}
