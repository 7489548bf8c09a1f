// Codes made of parts, for gates that hold this or that. What must come of one is worked out here from how it was made, by the
// profile and without the core: it is verified exactly where every part is right and every bound is kept.
import * as fc from 'fast-check'
import { verify } from '../../src/core/verify.ts'
import type { Json, Signer } from '../vectors/forge.ts'
import {
  claims,
  DAY,
  entry,
  holder,
  issuerEd25519,
  issuerKey,
  kbClaims,
  now,
  otherIssuer,
  otherKey,
  root,
  sdHash,
} from '../vectors/good.ts'
import { openGrounds, type Ground } from './grounds.ts'
import { areRight, part, posing, signature, stated, stranger, write, writing, type Part } from './parts.ts'
import { must, target, type Target } from './target.ts'

const typOf = (live: boolean): string => (live ? 'vs+sd-jwt' : 'vs+jwt')

const token = fc.record({
  signer: part<Signer>([issuerKey, issuerEd25519], [posing(issuerKey), posing(issuerKey, root), otherKey]),
  alg: stated,
  typ: part<(live: boolean) => string>([typOf], [(live) => typOf(!live), () => 'JWT', () => 'statuslist+jwt']),
  header: part<Json>([{}], [{ crit: ['exp'] }, { jwk: stranger.jwk }, { b64: true }, { kid: undefined }]),
  signature,
  claims: part<Json>([{}], [{ name: 'A' }, { iss: otherIssuer }, { iss: 'http://kycvs.example' }, { vs: undefined }]),
  cnf: part<(live: boolean) => Json>(
    [(live) => (live ? { cnf: { jwk: holder.jwk } } : {})],
    [(live) => (live ? {} : { cnf: { jwk: holder.jwk } })],
  ),
  times: part<(time: number) => unknown>([(time) => time], [String, (time) => time + 0.5, (time) => -time]),
  vs: part<unknown>([0, 1, 2], [3, -1, 1.5, '2', true, null]),
  n: part<unknown>([undefined, 'A. B.', 'Ä'], ['', 'ABCDEFGHI', '<b>', 'A\u202EB', 1]),
})
const kb = fc.record({
  signer: part<Signer>([holder], [stranger, issuerKey]),
  alg: stated,
  typ: part(['kb+jwt'], ['JWT', 'vs+jwt']),
  header: part<Json>([{}], [{ kid: 'holder' }]),
  signature,
  claims: part<Json>([{}], [{ exp: now + 60 }, { nonce: undefined }, { iat: undefined }, { aud: undefined }]),
  iat: part<unknown>([now - 60, now - 10, now + 30], [now - 61, now + 31, now - 10.5, String(now)]),
  nonce: part<unknown>(['12345678', 'b1946ac92492d234'], ['1234567', '', 12_345_678, null]),
  hashed: part<(jws: string) => string>(
    [(jws) => `${jws}~`],
    [(jws) => jws, (jws) => `${jws}~~`, (jws) => `${jws.slice(1)}~`],
  ),
})
/** How a token and a KB-JWT are put together, for a live token and for one on paper. */
const shown = part<(live: boolean, jws: string, kbJwt: string) => string>(
  [(live, jws, kbJwt) => (live ? `${jws}~${kbJwt}` : jws)],
  [
    (live, jws, kbJwt) => (live ? jws : `${jws}~${kbJwt}`),
    (_, jws) => `${jws}~`,
    (_, jws, kbJwt) => `${jws}~${kbJwt}~`,
    (_, jws, kbJwt) => `${jws}~~${kbJwt}`,
    (_, jws, kbJwt) => kbJwt + jws,
  ],
)

const usually = <T>(value: T, ...others: readonly fc.Arbitrary<T>[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 8 * others.length, arbitrary: fc.constant(value) },
    ...others.map((arbitrary) => ({ weight: 1, arbitrary })),
  )
const around = (time: number): fc.Arbitrary<number> => fc.integer({ min: time - 2, max: time + 2 })

const made = fc.record({
  live: fc.boolean(),
  token,
  kb,
  shown,
  writing: fc.tuple(writing, writing, writing, writing),
  iat: usually(now - 3600, around(now + 60), around(now - DAY)),
  /** Seconds that the token lives longer than it may, or where it ends. */
  end: usually<{ over: number } | { at: number }>(
    { over: 0 },
    fc.integer({ min: -2, max: 2 }).map((over) => ({ over })),
    around(now - 60).map((at) => ({ at })),
    around(now - 3600).map((at) => ({ at })),
  ),
  nbf: usually<number | undefined>(undefined, around(now + 60)),
  aud: usually<unknown>(undefined, fc.constantFrom('example-mall', 'Example-mall', '', 1)),
  kbAud: usually<unknown>('vs-gate', fc.constantFrom('north-entrance', 'south', '', null)),
  idx: usually<unknown>(undefined, fc.constantFrom(0, 7), fc.constantFrom(0, 7), fc.constantFrom(3, 8, -1, '0', 0.5)),
  address: fc.constantFrom('', '', 'https://gate.example/#'),
})
type Made = typeof made extends fc.Arbitrary<infer It> ? It : never

const given = (name: string, value: unknown): Json => (value === undefined ? {} : { [name]: value })
const longest = ({ live, idx }: Made): number => (idx === undefined ? DAY : live ? 7 * DAY : 28 * DAY)
const endOf = (it: Made): number => ('at' in it.end ? it.end.at : it.iat + longest(it) + it.end.over)

function makeCode(it: Made): { code: string; canonical: boolean } {
  const { signer, alg, typ, header, times, vs, n } = it.token
  const jws = write(
    { alg: alg.value(signer.value.alg), typ: typ.value(it.live), kid: signer.value.kid, ...header.value },
    claims({
      iat: times.value(it.iat),
      exp: endOf(it),
      vs: vs.value,
      ...given('nbf', it.nbf),
      ...given('aud', it.aud),
      ...given('n', n.value),
      ...(it.idx === undefined ? {} : entry(it.idx)),
      ...it.token.cnf.value(it.live),
      ...it.token.claims.value,
    }),
    signer.value,
    it.token.signature.value,
    [it.writing[0], it.writing[1]],
  )
  const kbJwt = write(
    { alg: it.kb.alg.value(it.kb.signer.value.alg), typ: it.kb.typ.value, ...it.kb.header.value },
    {
      ...kbClaims('', { iat: it.kb.iat.value, aud: it.kbAud, nonce: it.kb.nonce.value }),
      sd_hash: sdHash(it.kb.hashed.value(jws.text)),
      ...it.kb.claims.value,
    },
    it.kb.signer.value,
    it.kb.signature.value,
    [it.writing[2], it.writing[3]],
  )
  return {
    code: it.address + it.shown.value(it.live, jws.text, kbJwt.text),
    canonical: jws.canonical && (!it.live || kbJwt.canonical),
  }
}

/** Profile, sections 1, 2, 4 and 5. */
function isLawful(it: Made, canonical: boolean, ground: Ground): boolean {
  const { iat, nbf = 0, aud, kbAud, idx } = it
  const exp = endOf(it)
  const parts: readonly Readonly<Record<string, Part<unknown>>>[] = [it.token, { shown: it.shown }]
  return (
    ground.judges &&
    canonical &&
    [...parts, ...(it.live ? [it.kb] : [])].every(areRight) &&
    exp > iat &&
    exp - iat <= longest(it) &&
    exp > now - 60 &&
    Math.max(iat, nbf) <= now + 60 &&
    iat >= Math.max(ground.key.nbf, ground.minIat) &&
    iat <= ground.key.exp &&
    (aud === undefined || (aud !== '' && aud === ground.audience)) &&
    (!it.live || kbAud === 'vs-gate' || kbAud === ground.gate) &&
    (idx === undefined || (ground.hasStatus && (idx === 0 || idx === 7)))
  )
}

export async function madeCodes(): Promise<Target> {
  const grounds = await openGrounds()
  return target('a code made of parts', 24, fc.tuple(fc.constantFrom(...grounds.keys()), made), async ([at, it]) => {
    // The other issuer's own: two wrongs make a right.
    if (it.token.signer.value === otherKey && it.token.claims.value['iss'] === otherIssuer) return
    const ground = grounds[at]
    if (!ground) throw new Error('no such ground')
    const { code, canonical } = makeCode(it)
    const verdict = await verify(code, ground.belief, now)
    const lawful = isLawful(it, canonical, ground)
    must(
      (verdict.kind === 'verified') === lawful,
      `${JSON.stringify(verdict)}, lawful: ${lawful}, ground ${at}: ${code}`,
    )
    if (verdict.kind !== 'verified') return
    const says = verdict.status === it.token.vs.value && verdict.initials === it.token.n.value
    must(says && verdict.live === it.live && verdict.expiresAt === endOf(it), `says something else: ${code}`)
  })
}
