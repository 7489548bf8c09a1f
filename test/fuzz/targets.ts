// What is fuzzed, each with inputs that know the structure and with what must hold for every one: nothing throws, and nothing
// is verified but what an issuer of the list signed, unchanged, in its time, and not withdrawn.
import * as fc from 'fast-check'
import { openBelief, openConfig, type Config } from '../../src/core/belief.ts'
import { isFields, payloadOf } from '../../src/core/compact.ts'
import { inflateList, openStatusList } from '../../src/core/status-list.ts'
import { openTrustList, type TrustList } from '../../src/core/trust-list.ts'
import type { Verdict } from '../../src/core/verdict.ts'
import { verify, type Belief } from '../../src/core/verify.ts'
import { collectBursts } from '../../src/gate/scan/burst.ts'
import { inflate } from '../../src/inflate.ts'
import { anyJson, anyText, edit, edited, someClaims, someHeader } from '../support/arbitraries.ts'
import { compact, makeRoot, makeSigner, split, type Json } from '../vectors/forge.ts'
import {
  bearer,
  config,
  entry,
  header,
  issuerEntry,
  issuerKey,
  listedKey,
  live,
  now,
  otherEntry,
  present,
  root,
  statusList,
  trustClaims,
  trustList,
  trustListOf,
} from '../vectors/good.ts'
import { madeCodes } from './made-codes.ts'
import { madeLists } from './made-lists.ts'
import { must, target, type Target } from './target.ts'

const stranger = makeSigner('ES256')
const nextRoot = makeRoot('ES256')
const goodBearer = bearer({ n: 'A. B.', aud: 'example-mall', ...entry(0) })
const goodLive = present(live(entry(1)))
const revoked = bearer(entry(3))
const forged = bearer({}, {}, { ...stranger, kid: issuerKey.kid })
/** Everything that is verified at all, as it stands in a code. */
const good: ReadonlySet<string> = new Set([goodBearer, goodLive, bearer({ vs: 0 }), bearer({ vs: 1, n: 'Ä' })])
const goodCodes = [...good, `https://gate.example/#${goodBearer}`, `https://gate.example/x?y#${goodLive}`]

const link = compact({ alg: root.alg, typ: 'root-link+jwt', kid: root.kid }, { iat: now, roots: [nextRoot.jwk] }, root)
const rotated = trustList({ seq: 8, root_links: [link] }, {}, nextRoot)

/** Opens the good case once, and gives the targets over it. */
export async function openTargets(): Promise<readonly Target[]> {
  const opened = await openConfig(JSON.stringify(config()))
  if (!opened.ok) throw new Error(opened.fault)
  const gate = opened.value
  const held = { trustList: trustList(), statusLists: [statusList()] }
  const { belief } = await openBelief(held, gate, inflate, 0)
  for (const code of goodCodes) must((await verify(code, belief, now)).kind === 'verified', `${code} is good`)
  if (!belief.trust) throw new Error('no trust list')
  const made = [await madeCodes(), ...madeLists(gate, belief, belief.trust)]
  return [...made, ...codeTargets(belief), ...listTargets(gate, belief, belief.trust)]
}

const edits = fc.array(edit, { minLength: 1, maxLength: 4 })
const editedOne = (texts: readonly string[]): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom(...texts), edits).map(([text, changes]) => changes.reduce(edited, text))

/** A verdict on a code that nobody signed may be any but `verified`. */
async function judged(code: string, belief: Belief): Promise<Verdict> {
  const verdict = await verify(code, belief, now)
  const text = /^https:\/\/[^\s#]+#(.*)$/is.exec(code)?.[1] ?? code
  must(verdict.kind !== 'verified' || good.has(text), `falsely verified: ${code}`)
  return verdict
}

function codeTargets(belief: Belief): Target[] {
  const check = async (code: string): Promise<void> => void (await judged(code, belief))
  const segments = [...good, revoked, forged].flatMap((code) => code.split(/[.~]/))
  const shuffled = fc
    .array(fc.constantFrom(...segments, '', 'e30'), { minLength: 3, maxLength: 6 })
    .map(([a, b, c, ...more]) => `${a}.${b}.${c}${more.length > 0 ? `~${more.join('.')}` : ''}`)
  return [
    target('a code, changed', 36, editedOne([...goodCodes, revoked, forged]), check),
    target('any text as a code', 20, anyText, check),
    target('segments of codes, shuffled', 12, shuffled, check),
    target(
      'what the issuer’s key signs',
      2,
      fc.tuple(fc.oneof(someHeader, anyJson), fc.oneof(someClaims, anyJson)),
      (it) => isLawful(compact(it[0], it[1], issuerKey), belief),
    ),
    target('what the issuer’s key signs, under a good header', 2, someClaims, (payload) =>
      isLawful(compact(JSON.stringify(header(issuerKey)), payload, issuerKey), belief),
    ),
    target('the fragment of an address', 20, fc.oneof(anyText, editedOne(goodCodes)), (text) =>
      check(new URL(`https://gate.example/#${text}`).hash.slice(1)),
    ),
    target('what a scanner types', 3, keystrokes, (keys) => typed(keys, belief)),
  ]
}

const known: ReadonlySet<string> = new Set(['iss', 'iat', 'exp', 'nbf', 'vs', 'aud', 'n', 'status', 'cnf'])

/** Verified only where the rules of the profile hold, as they are written here once more, and otherwise. */
async function isLawful(code: string, belief: Belief): Promise<void> {
  const verdict = await verify(code, belief, now)
  if (verdict.kind !== 'verified') return
  const fields = payloadOf(code) ?? {}
  const { iss, iat, exp, nbf, vs, aud, n, status } = fields
  const [from, to, since] = [Number(iat), Number(exp), Number(nbf ?? 0)]
  const cap = status === undefined ? 86_400 : 28 * 86_400
  must(
    Object.keys(fields).every((name) => known.has(name)),
    `unknown member: ${code}`,
  )
  must(iss === 'https://kycvs.example' && fields['cnf'] === undefined, `not a bearer token of this issuer: ${code}`)
  must([iat, exp, nbf ?? 0].every(Number.isSafeInteger), `times: ${code}`)
  must(from <= now + 60 && since <= now + 60 && now < to + 60 && to > from && to - from <= cap, `life: ${code}`)
  must(vs === 0 || vs === 1 || vs === 2, `vs: ${code}`)
  must(vs === verdict.status && (aud === undefined || aud === 'example-mall'), `status or audience: ${code}`)
  must(n === undefined || (typeof n === 'string' && /^[\p{L}\p{M} .]{1,16}$/u.test(n)), `initials: ${code}`)
  if (status === undefined) return
  const list = isFields(status) ? status['status_list'] : undefined
  const idx = isFields(list) ? Number(list['idx']) : -1
  must(idx >= 0 && idx < 8 && idx !== 3, `revoked or out of range: ${code}`)
}

const special = ['Enter', 'Tab', 'Shift', 'Control', 'AltGraph', 'Backspace', ' ', 'é', 'ArrowLeft']
const stroke = fc.record({
  key: fc.oneof(fc.constantFrom(...special), fc.string({ minLength: 1, maxLength: 1 })),
  chord: fc.boolean(),
  repeat: fc.boolean(),
  pause: fc.constantFrom(0, 1, 8, 119, 120, 121, 600, 601, 5000),
})
/** A code typed whole, with other keys at some places of it; and keys of any kind before and after. */
const keystrokes = fc
  .tuple(
    fc.array(stroke, { maxLength: 5 }),
    fc.oneof(editedOne([goodBearer, goodLive]), fc.constantFrom(...goodCodes), fc.constant('')),
    fc.array(fc.tuple(fc.nat(700), stroke), { maxLength: 3 }),
    fc.array(stroke, { maxLength: 5 }),
  )
  .map(([before, code, among, after]) => {
    const keys = code.split('').map((key) => ({ key, chord: false, repeat: false, pause: 8 }))
    for (const [at, key] of among) keys.splice(at, 0, key)
    return [...before, ...keys, ...after]
  })

async function typed(
  keys: readonly { key: string; chord: boolean; repeat: boolean; pause: number }[],
  belief: Belief,
): Promise<void> {
  const bursts = collectBursts()
  let time = 0
  const texts: (string | undefined)[] = []
  for (const { pause, ...key } of keys) {
    time += pause
    texts.push(bursts.press({ ...key, code: '', shift: false, time }).burst?.text)
  }
  texts.push(bursts.pause(time + 10_000)?.text)
  for (const text of texts) if (text !== undefined) await judged(text, belief)
}

const signedPart = (jws: string): string => jws.slice(0, jws.lastIndexOf('.'))

function listTargets(gate: Config, belief: Belief, trust: TrustList): Target[] {
  const trustLists = [trustList(), trustList({ seq: 9 }), rotated]
  const signedTrust = new Set(trustLists.map(signedPart))
  const statusLists = [statusList(), statusList({ status_list: { bits: 2, lst: 'eNoDAAAAAAE' } })]
  const signedStatus = new Set(statusLists.map(signedPart))
  return [
    target('a trust list, changed', 12, editedOne(trustLists), async (jws) => {
      const { belief: led } = await openBelief({ trustList: jws, statusLists: [] }, gate, inflate, 0)
      if (led.trust) must(signedTrust.has(signedPart(jws)), `a changed list is believed: ${jws}`)
      must((await verify(forged, led, now)).kind !== 'verified', `a stranger is believed: ${jws}`)
    }),
    target('any text as a trust list', 12, fc.oneof(anyText, fc.constantFrom(goodBearer, link)), async (text) =>
      must(!(await openTrustList(text, gate.roots)).ok, `believed: ${text}`),
    ),
    target('what a root signs', 1, fc.oneof(anyJson, someTrustClaims), async (payload) => {
      const jws = trustListOf(payload)
      const { belief: led } = await openBelief({ trustList: jws, statusLists: [] }, gate, inflate, 0)
      must((await verify(forged, led, now)).kind !== 'verified', `a stranger is believed: ${jws}`)
      must((await verify(goodBearer, led, now)).kind !== 'unreadable', 'the form of a code is the code’s alone')
    }),
    target('links from root to root', 1, editedOne([link]), async (changed) => {
      const list = await openTrustList(trustList({ root_links: [changed] }, {}, nextRoot), gate.roots)
      must(!list.ok || signedPart(changed) === signedPart(link), `a changed link is followed: ${changed}`)
    }),
    target('a status list, changed', 4, editedOne(statusLists), async (jws) => {
      const list = await openStatusList(jws, trust)
      if (!list.ok) return
      must(signedStatus.has(signedPart(jws)), `a changed list is believed: ${jws}`)
      const statuses = { ...belief, statusLists: new Map([[list.value.uri, list.value]]) }
      must((await verify(revoked, statuses, now)).kind !== 'verified', `a withdrawn code is verified: ${jws}`)
    }),
    target('what the issuer signs as a status list', 1, someStatus, async (change) => {
      const status = await openStatusList(statusList(change), trust)
      if (status.ok) await inflateList(status.value, inflate)
    }),
    target('config.json', 2, fc.oneof(anyText, someConfig, editedOne([JSON.stringify(config())])), async (text) => {
      const opened = await openConfig(text)
      if (!opened.ok) return
      const { roots, trustList: address, minSeq } = opened.value
      must(roots.length > 0 && address !== '' && minSeq >= 0, `a config that is none: ${text}`)
    }),
  ]
}

const someKey = fc
  .dictionary(
    fc.constantFrom('kty', 'crv', 'x', 'y', 'kid', 'alg', 'use', 'd', 'nbf', 'exp', 'key_ops'),
    fc.jsonValue(),
  )
  .map((change) => listedKey(issuerKey, change))
const someIssuer = fc
  .tuple(
    fc.dictionary(fc.constantFrom('iss', 'name', 'keys', 'status_lists', 'min_iat'), fc.jsonValue()),
    fc.option(fc.array(fc.oneof(someKey, fc.jsonValue()), { maxLength: 3 })),
  )
  .map(([change, keys]) => issuerEntry({ ...(keys && { keys }), ...change }))
const someTrustClaims = fc
  .tuple(
    fc.dictionary(fc.constantFrom('iss', 'iat', 'exp', 'seq', 'issuers', 'root_links'), fc.jsonValue()),
    fc.array(fc.oneof(someIssuer, fc.constant(otherEntry()), fc.jsonValue()), { maxLength: 3 }),
  )
  .map(([change, issuers]) => JSON.stringify(trustClaims({ issuers, ...change })))
const someStatus: fc.Arbitrary<Json> = fc.oneof(
  fc.dictionary(fc.constantFrom('sub', 'iat', 'exp', 'status_list'), fc.jsonValue()),
  fc
    .record({
      bits: fc.constantFrom(1, 2, 3, 4, 8, '1', null),
      lst: fc.oneof(fc.string(), fc.base64String(), editedOne([split(statusList())[1]])),
    })
    .map((status_list) => ({ status_list })),
)
const someConfig = fc
  .dictionary(
    fc.constantFrom('operator', 'gate', 'audience', 'trustList', 'roots', 'minSeq', '__proto__'),
    fc.oneof(fc.jsonValue(), fc.array(fc.oneof(fc.constant(root.jwk), someKey))),
  )
  .map((change) => JSON.stringify(config(change)))
