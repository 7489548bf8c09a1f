// An issuer's service as a process of its own, to be stopped or killed. Arguments: the database, as JSON; the URL of the
// gateway that its SMS go to; its key. It prints its origin when it can be asked. After SIGUSR2 it kills itself at its next
// signature, which in a confirm comes when the consent is on disk and the answer is not yet made.
import type { DatabaseLocation } from '../../src/issuer/service/database.ts'
import { toGateway } from '../../src/issuer/service/delivery.ts'
import { oneKey, type Keys } from '../../src/issuer/service/keys.ts'
import { keySigner } from '../../src/issuer/service/signer.ts'
import { startIssuer } from '../../src/issuer/service/start.ts'
import { readPrivateKey } from '../../src/issuer/key-file.ts'
import { ISS, NO_LIMITS, PEPPER } from './issuer.ts'

const [, , location = '', gateway = '', jwk = ''] = process.argv
const database: DatabaseLocation = JSON.parse(location)
const key = await readPrivateKey(jwk)
if (!key) throw new Error('the third argument is a private key')
const own = oneKey(keySigner(key))
let dies = false
process.on('SIGUSR2', () => (dies = true))
const keys: Keys = {
  ...own,
  signer: (now) => {
    if (dies) process.kill(process.pid, 'SIGKILL')
    return own.signer(now)
  },
}
const issuer = await startIssuer({
  listen: { port: 0 },
  issuer: ISS,
  name: 'Example Health Authority',
  database,
  pepper: PEPPER,
  keys,
  deliver: toGateway({ url: gateway }),
  limits: NO_LIMITS,
  log: { write: () => {} },
})
process.once('SIGTERM', () => void issuer.stop())
process.stdout.write(`${issuer.origin}\n`)
