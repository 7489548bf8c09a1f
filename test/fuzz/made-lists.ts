// Lists made of parts, and what must come of them: worked out from how they were made, without the core.
import * as fc from 'fast-check'
import type { Config } from '../../src/core/belief.ts'
import { keepEntries, openStatusList } from '../../src/core/status-list.ts'
import { openTrustList, succession, type Succession, type TrustList } from '../../src/core/trust-list.ts'
import { verify, type Belief } from '../../src/core/verify.ts'
import { inflate } from '../../src/inflate.ts'
import { makeRoot, type Json, type Signer } from '../vectors/forge.ts'
import {
  bearer,
  DAY,
  entry,
  issuerEd25519,
  issuerKey,
  now,
  otherIssuer,
  otherKey,
  packed,
  root,
  statusUri,
  trustClaims,
  trustList,
} from '../vectors/good.ts'
import { areRight, part, posing, signature, stated, stranger, write, type Part } from './parts.ts'
import { must, target, type Target } from './target.ts'

const nextRoot = makeRoot('ES256')
const thief = makeRoot('ES256')
const nine = Array.from({ length: 9 }, () => nextRoot.jwk)
const minSeq = 7

const link = fc.record({
  signer: part<Signer>([root], [posing(root), posing(root, nextRoot), nextRoot, issuerKey]),
  alg: stated,
  typ: part(['root-link+jwt'], ['JWT', 'trust-list+jwt']),
  header: part<Json>([{}], [{ crit: ['iat'] }, { jwk: root.jwk }]),
  signature,
  iat: part<unknown>([0, now], [-1, 'now', undefined]),
  roots: part<unknown>(
    [[nextRoot.jwk], [thief.jwk, nextRoot.jwk]],
    [[], [thief.jwk], nine, [nextRoot.jwk, {}], nextRoot.jwk],
  ),
  more: part<Json>([{}], [{ exp: now }]),
})
const list = fc.record({
  alg: stated,
  typ: part(['trust-list+jwt'], ['JWT', 'statuslist+jwt']),
  header: part<Json>([{}], [{ crit: ['exp'] }, { b64: true }]),
  signature,
  life: part([1, 30 * DAY], [0, -1, 30 * DAY + 1]),
  seq: part<unknown>([minSeq, minSeq + 1], [minSeq - 1, 0, -1, '7', 7.5]),
  claims: part<Json>([{}], [{ iss: '' }, { iat: 'now' }, { exp: undefined }, { issuers: {} }, { root_links: 'none' }]),
})
type Links = typeof link extends fc.Arbitrary<infer It> ? It : never

/** What is wrong with the end of a signature's base64url is no fault of a list: it says the same. */
const holds = ({ value }: Part<(text: string) => string>): boolean =>
  Buffer.from(value('Q'.repeat(86)), 'base64url').equals(Buffer.from('Q'.repeat(86), 'base64url'))

function writeLink({ signer, alg, typ, header, signature: sign, iat, roots, more }: Links): string {
  const { kid, alg: own } = signer.value
  const says = { ...(iat.value === undefined ? {} : { iat: iat.value }), roots: roots.value, ...more.value }
  return write({ alg: alg.value(own), typ: typ.value, kid, ...header.value }, says, signer.value, sign.value).text
}

interface MadeList {
  readonly signer: Part<Signer>
  readonly link: Links
  readonly list: typeof list extends fc.Arbitrary<infer It> ? It : never
}
const madeList: fc.Arbitrary<MadeList> = fc.record({
  signer: part<Signer>([root, nextRoot], [posing(root), posing(nextRoot), stranger, issuerKey]),
  link,
  list,
})

function writeList({ signer, link: chain, list: it }: MadeList): string {
  const { kid, alg } = signer.value
  const iat = now - DAY
  const linked = { root_links: [writeLink(chain)], ...it.claims.value }
  const says = trustClaims({ iat, exp: iat + it.life.value, seq: it.seq.value, ...linked })
  return write(
    { alg: it.alg.value(alg), typ: it.typ.value, kid, ...it.header.value },
    says,
    signer.value,
    it.signature.value,
  ).text
}

/** Everything but how the end of a signature is written, which says the same. */
const isRight = ({
  signature: sign,
  ...parts
}: Readonly<Record<string, Part<unknown>>> & Pick<Links, 'signature'>): boolean => areRight(parts) && holds(sign)

/** A root signs for itself; another one must have been named by it. */
const isLawful = ({ signer, link: chain, list: it }: MadeList): boolean =>
  signer.right && isRight(it) && (signer.value === root || isRight(chain))

const successor = fc.record({
  held: fc.constantFrom(root, nextRoot),
  next: fc.constantFrom(root, nextRoot),
  seq: fc.nat(2),
  changed: fc.boolean(),
})
const goodLink = write(
  { alg: root.alg, typ: 'root-link+jwt', kid: root.kid },
  { iat: now, roots: [nextRoot.jwk] },
  root,
  (text) => text,
).text

const madeStatus = fc.record({
  signer: part<Signer>([issuerKey, issuerEd25519], [posing(issuerKey), otherKey, posing(issuerKey, root)]),
  alg: stated,
  kid: fc.boolean(),
  typ: part(['statuslist+jwt'], ['JWT', 'vs+jwt']),
  header: part<Json>([{}], [{ crit: ['exp'] }]),
  signature,
  claims: part<Json>(
    [{}],
    [{ sub: `${statusUri}0` }, { sub: `${otherIssuer}/status/1` }, { iat: undefined }, { iat: '1' }],
  ),
  exp: part<unknown>([undefined, now + 1, now + DAY], [now, now - 1, String(now + DAY)]),
  bits: part<unknown>([1, 2, 4, 8], [3, 0, 16, '1', null]),
  bytes: fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(255) }), {
    minLength: 1,
    maxLength: 6,
  }),
  idx: fc.nat(50),
})
const codes = Array.from({ length: 51 }, (_, idx) => bearer(entry(idx)))

/** The bits of an entry, in the order of the list: least significant first. */
function bitsAt(bytes: readonly number[], bits: number, idx: number): string {
  const all = bytes.map((byte) => byte.toString(2).padStart(8, '0').split('').toReversed().join('')).join('')
  return all.slice(idx * bits, (idx + 1) * bits)
}

async function openLinked(gate: Config, by: Signer, seq: number, exp: number): Promise<TrustList> {
  const opened = await openTrustList(trustList({ seq, exp, root_links: [goodLink] }, {}, by), gate.roots)
  if (!opened.ok) throw new Error(opened.fault)
  return opened.value
}

export function madeLists(gate: Config, belief: Belief, trust: TrustList): Target[] {
  return [
    target('a trust list made of parts', 5, madeList, async (it) => {
      const jws = writeList(it)
      const opened = await openTrustList(jws, gate.roots, minSeq)
      must(opened.ok === isLawful(it), `${opened.ok ? 'opened' : opened.fault}, lawful: ${isLawful(it)}: ${jws}`)
    }),
    target('a trust list after another', 1, successor, async ({ held, next, seq, changed }) => {
      const before = await openLinked(gate, held, 1, now + DAY)
      const after = seq === 1 && !changed && held === next ? before : await openLinked(gate, next, seq, now + 2 * DAY)
      const expected = ((): Succession => {
        if (held === nextRoot && next === root) return 'retired-root'
        if (seq !== 1) return seq > 1 ? 'newer' : 'rolled-back'
        return before === after ? 'same' : 'forked'
      })()
      must(succession(before, after) === expected, `${succession(before, after)} instead of ${expected}`)
    }),
    target('a status list made of parts', 5, madeStatus, async ({ signer, kid, bytes, idx, bits, exp, ...parts }) => {
      const { alg, typ, header, claims, signature: sign } = parts
      const named = kid ? { kid: signer.value.kid } : {}
      const jws = write(
        { alg: alg.value(signer.value.alg), typ: typ.value, ...named, ...header.value },
        {
          sub: statusUri,
          iat: now - 600,
          ...(exp.value === undefined ? {} : { exp: exp.value }),
          status_list: packed(Uint8Array.from(bytes), bits.value),
          ...claims.value,
        },
        signer.value,
        sign.value,
      ).text
      const opened = await openStatusList(jws, trust)
      const lists = opened.ok ? new Map([[opened.value.uri, opened.value]]) : new Map()
      const verdict = await verify(
        codes[idx] ?? '',
        { ...belief, statusLists: lists, entries: keepEntries(inflate) },
        now,
      )
      const entryBits = bitsAt(bytes, Number(bits.value), idx)
      const lawful = isRight({ ...parts, signer, exp, bits }) && /^0+$/.test(entryBits)
      must((verdict.kind === 'verified') === lawful, `${JSON.stringify(verdict)}, lawful: ${lawful}, ${idx}: ${jws}`)
    }),
  ]
}
