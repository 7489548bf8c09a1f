// The adapter for a KMS that docs/issuer.md shows: it is this file's text, and it signs what a gate takes.
import { createLocalJWKSet, jwtVerify } from 'jose'
import { generateKeyPairSync, sign } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { openDatabase } from '../../src/issuer/service/database.ts'
import { oneKey } from '../../src/issuer/service/keys.ts'
import { signToken } from '../../src/issuer/sign.ts'
import { ISS, seed, startTestIssuer } from '../support/issuer.ts'
import { kmsSigner, type Kms } from '../support/kms-signer.ts'

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
/** Signs as a KMS does, in DER. */
const kms: Kms = {
  publicKey: async () => pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  sign: async (bytes) => sign('sha256', bytes, pair.privateKey),
}

test('the page shows the very adapter', async () => {
  const shown = await readFile(new URL('../../docs/issuer.md', import.meta.url), 'utf8')
  const adapter = await readFile(new URL('../support/kms-signer.ts', import.meta.url), 'utf8')
  expect(shown).toContain(adapter.replace('../../src/', './src/'))
})

test('a service signs with it', { timeout: 60_000 }, async () => {
  const database = await openDatabase('memory')
  await seed(database)
  const signer = await kmsSigner(kms)
  const service = await startTestIssuer(database, { keys: oneKey(signer) })
  const { body } = await service.post('/kyc-vs/confirm', await service.ask('9000000001', 'Asha Nair'))
  const jwks = createLocalJWKSet(await (await service.get('/.well-known/jwks.json')).json())
  const { payload, protectedHeader } = await jwtVerify(String(body['token']), jwks, { issuer: ISS })
  expect(protectedHeader).toEqual({ alg: 'ES256', typ: 'vs+jwt', kid: signer.kid })
  expect(payload).toMatchObject({ vs: 2 })
  // Often enough for an R or an S that begins with zeros: one in 128 has one.
  for (let iat = 1; iat <= 1000; iat++) {
    await jwtVerify(await signToken({ iss: ISS, iat, exp: 4e9, vs: 2 }, signer), jwks)
  }
  await service.issuer.stop()
  await database.close()
})

test('one that signs with another key than it shows is found out at the start', { timeout: 60_000 }, async () => {
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const signer = await kmsSigner({ ...kms, sign: async (bytes) => sign('sha256', bytes, other.privateKey) })
  await expect(startTestIssuer('memory', { keys: oneKey(signer) })).rejects.toThrow(/of no use: key/)
})
