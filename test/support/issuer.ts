// An issuer's service for a test: its OTPs land in a list, its people are known, and any database will do.
import { Readable } from 'node:stream'
import type { Database, DatabaseLocation } from '../../src/issuer/service/database.ts'
import type { Message } from '../../src/issuer/service/delivery.ts'
import { addEntity } from '../../src/issuer/service/entities.ts'
import type { Entity } from '../../src/issuer/service/entity.ts'
import { keyedHash } from '../../src/issuer/service/keyed-hash.ts'
import { oneKey } from '../../src/issuer/service/keys.ts'
import { importRegister } from '../../src/issuer/service/register-import.ts'
import { keySigner } from '../../src/issuer/service/signer.ts'
import { startIssuer, type Issuer, type IssuerOptions } from '../../src/issuer/service/start.ts'
import { makeKey } from '../../src/issuer/sign.ts'

export const ISS = 'https://kycvs.example'
export const PEPPER = Buffer.alloc(32, 7)

/** Limits that no test reaches unless it means to. */
export const NO_LIMITS = {
  resend: { most: 1_000_000, per: 30 },
  sends: { most: 1_000_000, per: 300 },
  perNumber: { most: 1_000_000, per: 60 },
  perAddress: { most: 1_000_000, per: 60 },
  perEntity: { most: 1_000_000, per: 60 },
  overall: { most: 1_000_000, per: 60 },
}

export interface TestIssuer {
  readonly issuer: Issuer
  readonly outbox: Message[]
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Reply>
  get(path: string): Promise<Response>
  /** Asks, and gives the transaction and its OTP. */
  ask(mobile: string, name: string, consent?: object): Promise<{ txn_id: string; otp: string }>
}

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly body: Record<string, unknown>
}

export async function startTestIssuer(
  database: DatabaseLocation | Database,
  options: Partial<IssuerOptions> = {},
): Promise<TestIssuer> {
  const outbox: Message[] = []
  const issuer = await startIssuer({
    issuer: ISS,
    name: 'Example Health Authority',
    database,
    pepper: PEPPER,
    keys: oneKey(keySigner(await makeKey('ES256', 'issuer'))),
    deliver: async (message) => void outbox.push(message),
    limits: NO_LIMITS,
    resignAfter: 20,
    log: { write: () => {} },
    ...options,
  })
  const post = async (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> => {
    const response = await issuer.app.request(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    return { status: response.status, headers: response.headers, body: await response.json() }
  }
  const ask = async (mobile: string, name: string, consent: object = {}): Promise<{ txn_id: string; otp: string }> => {
    const asked = { purpose: 'A test', share_initials: false, ...consent }
    const { status, body } = await post('/kyc-vs/otp', { mobile, full_name: name, consent: asked })
    const txn = String(body['txn_id'])
    if (status !== 200) throw new Error(`an OTP was not sent: ${JSON.stringify(body)}`)
    return { txn_id: txn, otp: otpIn(outbox.find(({ idempotencyKey }) => idempotencyKey === txn)) }
  }
  return { issuer, outbox, post, ask, get: async (path) => issuer.app.request(path) }
}

export const otpIn = (message: Message | undefined): string => /#(\d{6})$/.exec(message?.text ?? '')?.[1] ?? ''

/** An OTP that is not this one. */
export const notOtp = (otp: string): string => otp.replace(/.$/, (digit) => String((Number(digit) + 1) % 10))

/** People of the register, as a CSV has them. */
export const CSV = `mobile,full_name,doses_received,doses_required
+919000000001,Asha Nair,2,2
+919000000002,Bilal Haddad,1,2
+919000000003,Chloe Martin,0,2
+919000000001,Ravi Nair,0,2
`

/** Fills a database that a service is to run on. Gives the API keys of the entities. */
export async function seed(database: Database, entities: readonly Entity[] = []): Promise<string[]> {
  await importRegister(Readable.from([CSV]), database.sql, keyedHash(PEPPER), {
    onBadLine: (line, fault) => {
      throw new Error(`line ${line}: ${fault}`)
    },
  })
  const keys: string[] = []
  for (const entity of entities) keys.push((await addEntity(database.sql, entity)) ?? '')
  return keys
}
