// The real service (PGlite, register, OTPs, lists) with the built holder's page, as the tests of that page meet it. What is
// not real is the line between them: it keeps what is said, and can be made to answer in the service's place with what the
// service cannot be made to say at will, such as that it is down, or with a clock that is wrong.
import { Readable } from 'node:stream'
import type { JWK } from 'jose'
import { holderSite } from '../../src/host/holder.ts'
import { listen } from '../../src/host/listen.ts'
import { openDatabase } from '../../src/issuer/service/database.ts'
import { addEntity } from '../../src/issuer/service/entities.ts'
import { keyedHash } from '../../src/issuer/service/keyed-hash.ts'
import type { OtpLimits } from '../../src/issuer/service/otp.ts'
import { importRegister } from '../../src/issuer/service/register-import.ts'
import { makeKey, publicJwk } from '../../src/issuer/sign.ts'
import { SECONDS } from './authority.ts'
import { NO_LIMITS, otpIn, PEPPER, startTestIssuer } from './issuer.ts'

const REGISTER = `mobile,full_name,doses_received,doses_required
9876543210,Asha Nair,2,2
9876543210,Bilal Nair,1,2
+447700900123,Chloe Martin,0,2
9876543211,Devi Rao,2,2
9876543212,Esa Khan,2,2
`

export interface Message {
  readonly to: string
  readonly otp: string
}

/** What a gate is given to believe: a root, and what is published under it. */
export interface Published {
  readonly publicRoot: JWK
  trustList(): Promise<string>
  statusList(uri: string): Promise<string>
}

export interface HolderIssuer extends Published {
  readonly origin: string
  /** Where the page is. */
  readonly page: string
  readonly outbox: readonly Message[]
  /** The bodies of all calls, as received. */
  readonly received: readonly string[]
  readonly line: {
    /** How far its clock is from this machine's, in seconds. */
    clockAhead: number
    /** Answers the next call with this. */
    next: (() => Response) | undefined
  }
  /** Asks for an OTP from elsewhere. */
  askElsewhere(mobile: string, name: string): Promise<unknown>
  /** The line is sound again, and nothing was said yet. */
  reset(): void
  stop(): Promise<void>
}

export const problem = (status: number, type: string): Response =>
  new Response(JSON.stringify({ type: `urn:kyc-vs:problem:${type}`, title: type, status }), {
    status,
    headers: { 'Content-Type': 'application/problem+json' },
  })

/** Its limits are none that a test reaches, unless stated. */
export async function startHolderIssuer(limits: Partial<OtpLimits> = {}): Promise<HolderIssuer> {
  const root = await makeKey('ES256', 'root')
  const database = await openDatabase('memory')
  await importRegister(Readable.from([REGISTER]), database.sql, keyedHash(PEPPER), {
    onBadLine: (at, fault) => {
      throw new Error(`line ${at}: ${fault}`)
    },
  })
  const outbox: Message[] = []
  const received: string[] = []
  const line: HolderIssuer['line'] = { clockAhead: 0, next: undefined }
  let service: Awaited<ReturnType<typeof startTestIssuer>> | undefined

  const listening = await listen({ host: 'localhost', port: 0 }, async (port) => {
    const issuer = `http://localhost:${port}`
    await addEntity(database.sql, { id: 'rail-booking', name: 'Rail Booking', origins: [issuer] })
    service = await startTestIssuer(database, {
      issuer,
      root,
      limits: { ...NO_LIMITS, ...limits },
      deliver: async (message) => void outbox.push({ to: message.to, otp: otpIn(message) }),
      extraRoutes: ({ entities }) =>
        holderSite({ dir: 'dist/holder', originsOf: async (id) => (await entities.byId(id))?.origins ?? [] }),
    })
    const { app } = service.issuer
    return async (request) => {
      if (request.method !== 'POST') return app.fetch(request)
      received.push(await request.clone().text())
      const { next } = line
      line.next = undefined
      if (next) return next()
      const response = await app.fetch(request)
      response.headers.set('Date', new Date((SECONDS() + line.clockAhead) * 1000).toUTCString())
      return response
    }
  })
  if (!service) throw new Error('a port is open, and no service answers on it')
  const running = service
  const text = async (path: string): Promise<string> => (await running.get(path)).text()
  const origin = `http://localhost:${listening.port}`

  return {
    origin,
    page: `${origin}/me/`,
    outbox,
    received,
    line,
    publicRoot: publicJwk(root),
    trustList: () => text('/trust.jwt'),
    statusList: (uri) => text(new URL(uri).pathname),
    askElsewhere: (mobile, name) => running.ask(mobile, name),
    reset() {
      outbox.length = 0
      received.length = 0
      Object.assign(line, { clockAhead: 0, next: undefined })
    },
    async stop() {
      await listening.stop()
      await running.issuer.stop()
      await database.close()
    },
  }
}
