// Real tokens, the same each time: signed with Ed25519, whose signatures leave nothing to chance, with keys from the seed.
import { createPrivateKey } from 'node:crypto'
import { base64url, CompactSign, importJWK, type JWK } from 'jose'
import { sdHash } from '../../../src/core/live.ts'
import type { Status } from '../../../src/core/verdict.ts'
import { publicJwk, signToken, type PrivateJwk, type TokenClaims } from '../../../src/issuer/sign.ts'
import { randomFrom, type Random } from './random.ts'

const now = 1_790_000_000
const day = 86_400

/** Bearer tokens, tokens with all that paper has, and live presentations: 250 to 850 characters. */
export async function makeTokens(seed: number, count: number): Promise<string[]> {
  const random = randomFrom(seed)
  const key = seededKey(random)
  const holder = seededKey(random)
  const texts: string[] = []
  for (let index = 0; index < count; index++) {
    const iss = `https://kycvs${'.health'.repeat(random.whole(0, 2))}.example`
    const claims = { iss, iat: now + index, exp: now + index + day, vs: random.pick<Status>([0, 1, 2]) } as const
    const status = { status_list: { idx: random.whole(0, 99_999), uri: `${iss}/status/7` } }
    const kind = index % 3
    if (kind === 0) texts.push(await signToken(claims, key))
    else if (kind === 1) texts.push(await signToken({ ...claims, n: 'A.N.', status }, key))
    else texts.push(await presentation({ ...claims, status, cnf: { jwk: bare(holder) } }, key, holder, random))
  }
  return texts
}

async function presentation(claims: TokenClaims, key: PrivateJwk, holder: PrivateJwk, random: Random): Promise<string> {
  const token = await signToken(claims, key)
  const nonce = base64url.encode(bytesFrom(random, 12))
  const payload = { iat: now, aud: 'vs-gate', nonce, sd_hash: await sdHash(token) }
  const bound = await new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ alg: holder.alg, typ: 'kb+jwt' })
    .sign(await importJWK(holder, holder.alg))
  return `${token}~${bound}`
}

function bare(key: PrivateJwk): JWK {
  const { kty, crv, x } = publicJwk(key)
  if (kty === undefined || crv === undefined || x === undefined) throw new Error('an Ed25519 key has these')
  return { kty, crv, x }
}

function bytesFrom(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random.whole(0, 255))
}

/** PKCS #8 of an Ed25519 key is this and its 32 bytes (RFC 8410). */
const prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

function seededKey(random: Random): PrivateJwk {
  const der = Buffer.concat([prefix, bytesFrom(random, 32)])
  const jwk = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ format: 'jwk' })
  const { kty = '', crv = '', x = '', d = '' } = jwk
  return { kty, crv, x, d, alg: 'Ed25519', kid: 'bench123' }
}
