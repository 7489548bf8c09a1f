// An issuer's service as a process of its own, to be killed. Arguments: the database, as JSON. Its SMS go out by HTTP to
// GATEWAY; it prints its origin when it can be asked.
import type { DatabaseLocation } from '../../src/issuer/service/database.ts'
import { toGateway } from '../../src/issuer/service/delivery.ts'
import { oneKey } from '../../src/issuer/service/keys.ts'
import { keySigner } from '../../src/issuer/service/signer.ts'
import { startIssuer } from '../../src/issuer/service/start.ts'
import { readPrivateKey } from '../../src/issuer/key-file.ts'
import { ISS, NO_LIMITS, PEPPER } from './issuer.ts'

const [, , location = '', gateway = '', jwk = ''] = process.argv
const database: DatabaseLocation = JSON.parse(location)
const key = await readPrivateKey(jwk)
if (!key) throw new Error('the third argument is a private key')
const issuer = await startIssuer({
  listen: { port: 0 },
  issuer: ISS,
  name: 'Example Health Authority',
  database,
  pepper: PEPPER,
  keys: oneKey(keySigner(key)),
  deliver: toGateway({ url: gateway }),
  limits: NO_LIMITS,
  log: { write: () => {} },
})
process.stdout.write(`${issuer.origin}\n`)
