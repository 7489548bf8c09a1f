// What bench:verify measures with: trust lists of many sizes, a status list, and tokens that hold.
import { createECDH } from 'node:crypto'
import type { Algorithm } from '../../src/core/keys.ts'
import { DAY } from '../../src/core/trust-list.ts'
import {
  makeKey,
  publicJwk,
  signStatusList,
  signToken,
  signTrustList,
  type IssuerEntry,
  type PrivateJwk,
} from '../../src/issuer/sign.ts'
import type { Material, Subject } from './rounds.ts'

/** Codes in a block: some milliseconds, short enough for whatever disturbs a block to disturb its neighbour too. */
export const BLOCK = 32

const now = 1_790_000_000
const iss = 'https://kycvs.example'
const uri = `${iss}/status/7`

/** Issuers times keys of each. */
const sizes = [
  [1, 1],
  [100, 10],
  [1000, 100],
] as const

export async function makeMaterial(): Promise<Material> {
  const root = await makeKey('ES256', 'root')
  const es256 = await makeKey('ES256', 'issuer')
  const ed25519 = await makeKey('Ed25519', 'issuer')
  const sign = (issuers: readonly IssuerEntry[]): Promise<string> =>
    signTrustList({ iss: 'https://trust.example', iat: now, exp: now + 30 * DAY, seq: 1, issuers }, root)
  const entry = { iss, name: 'Example Health Authority', status_lists: [uri] }
  return {
    config: JSON.stringify({ trustList: '/trust.jwt', roots: [publicJwk(root)] }),
    now,
    trustList: await sign([{ ...entry, keys: [publicJwk(es256), publicJwk(ed25519)] }]),
    statusList: await signStatusList({ uri, iat: now, exp: now + DAY, size: 2 ** 17, revoked: [BLOCK] }, es256),
    subjects: [
      await subject('ES256', es256, false),
      await subject('ES256', es256, true),
      await subject('Ed25519', ed25519, false),
      await subject('Ed25519', ed25519, true),
    ],
    sizes: await Promise.all(
      sizes.map(async ([issuers, each]) => ({
        keys: issuers * each,
        trustList: await sign([
          ...strangers(issuers >> 1, each),
          { ...entry, keys: [publicJwk(es256), ...strangeKeys(each - 1)] },
          ...strangers(issuers - (issuers >> 1) - 1, each, 'other'),
        ]),
      })),
    ),
  }
}

async function subject(alg: Algorithm, key: PrivateJwk, revocable: boolean): Promise<Subject> {
  const tokens = Array.from({ length: BLOCK }, (_, idx) => {
    const claims = { iss, iat: now - idx, exp: now + DAY / 2, vs: 2, n: 'A.N.' } as const
    return signToken(revocable ? { ...claims, status: { status_list: { idx, uri } } } : claims, key)
  })
  const name = `${alg} bearer${revocable ? ' with status list' : ''}`
  return { name, iss, kid: key.kid, tokens: await Promise.all(tokens) }
}

function strangers(count: number, keys: number, name = 'issuer'): IssuerEntry[] {
  return Array.from({ length: count }, (_, index) => ({
    iss: `https://${name}-${index}.example`,
    name: `${name} ${index}`,
    keys: strangeKeys(keys),
    status_lists: [],
  }))
}

/** Sound public keys that sign nothing here. By ECDH, since that gives a point without a key object for each. */
function strangeKeys(count: number): IssuerEntry['keys'] {
  return Array.from({ length: count }, (_, index) => {
    const point = createECDH('prime256v1').generateKeys()
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'))
    return { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '', kid: `key-${index}`, alg: 'ES256', use: 'sig' }
  })
}
