// The issuer's service, put together: database, register, OTPs, keys, lists, API. The only file here that knows everyone.
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { sql } from 'drizzle-orm'
import type { DestinationStream } from 'pino'
import { DAY } from '../../core/trust-list.ts'
import { issuerInterface } from '../interface.ts'
import type { PrivateJwk, TokenClaims } from '../sign.ts'
import { issueToken } from '../token.ts'
import { issuerApi } from './api.ts'
import { apiDocs } from './api-docs.ts'
import { confirmation } from './confirm.ts'
import { consentsOf } from './consents.ts'
import { openDatabase, type Database, type DatabaseLocation, type Sql } from './database.ts'
import type { Deliver } from './delivery.ts'
import { entitiesOf, type Entities } from './entities.ts'
import { guard } from './guard.ts'
import { startKeeper } from './keeper.ts'
import { keyedHash } from './keyed-hash.ts'
import type { Keys } from './keys.ts'
import { logTo } from './log.ts'
import { startMetrics } from './metrics.ts'
import { OTP_LIMITS, otps, type OtpLimits } from './otp.ts'
import { issuerEntry, ownTrustList } from './own-trust-list.ts'
import { operations } from './operations.ts'
import { published } from './published.ts'
import { purge, RETENTION_DAYS } from './purge.ts'
import { outbox } from './outbox.ts'
import { ownRegister, type Register } from './register.ts'
import { serveAt, type ListenAt } from './server.ts'
import { statusIndices } from './status-indices.ts'
import { LIST_LIFE, statusListsOf } from './status-lists.ts'

export interface IssuerOptions {
  /** Where to listen. Without it no port is opened, and `app` is served by whoever asked for it. */
  readonly listen?: ListenAt
  /** The issuer's URL, its `iss`. Without it, `http://localhost` with the port: for a demo or a test. */
  readonly issuer?: string | undefined
  /** As a trust list names it. */
  readonly name: string
  /** One that is open already stays so when the service stops. */
  readonly database: DatabaseLocation | Database
  /** At least 32 secret bytes, the same for every process and import. */
  readonly pepper: Uint8Array
  readonly keys: Keys
  readonly deliver: Deliver
  /** The root's key, where the trust list is this service's own work. */
  readonly root?: PrivateJwk | undefined
  /** Another register than the one in the database. */
  readonly register?: (database: Sql) => Register
  readonly limits?: Partial<OtpLimits>
  /** The header to which a trusted proxy appends the client's address. */
  readonly addressHeader?: string | undefined
  /** How long records of consents are kept after their tokens ran out. */
  readonly retentionDays?: number
  /** How long a status list lasts once it is signed, in seconds. */
  readonly statusListLife?: number
  /** Milliseconds from a withdrawal to the list that says so. */
  readonly resignAfter?: number
  /** Where logs go; standard output unless stated. */
  readonly log?: DestinationStream
  /** Further routes of the same origin, such as the page of the people. They set their own headers. */
  readonly extraRoutes?: (issuer: { readonly iss: string; readonly entities: Entities }) => Hono
}

export interface Issuer {
  /** Where it can be reached on this machine, or its URL's origin when it opened no port. */
  readonly origin: string
  readonly app: Hono
  /** Ends what is under way, deliveries included, then closes the database. */
  readonly stop: () => Promise<void>
}

const MINUTE_MS = 60_000
const clock = (): number => Math.floor(Date.now() / 1000)

/** Starts the service. Rejects when the database, the port or the key is of no use. */
export async function startIssuer(options: IssuerOptions): Promise<Issuer> {
  const { listen, issuer } = options
  if (!listen) {
    if (issuer === undefined) throw new Error('an issuer that opens no port must be told its URL')
    const service = await openService(options, issuer)
    return { origin: new URL(issuer).origin, app: service.app, stop: service.close }
  }
  let opened: Service | undefined
  const serving = await serveAt(listen, async (port) => {
    opened = await openService(options, issuer ?? `http://localhost:${port}`)
    const { app } = opened
    return (request, bindings) => app.fetch(request, bindings)
  })
  if (!opened) throw new Error('a port was opened, and nothing answers on it')
  const service = opened
  const stop = async (): Promise<void> => {
    await serving.stop()
    await service.close()
  }
  return { origin: `http://localhost:${serving.port}`, app: service.app, stop }
}

interface Service {
  readonly app: Hono
  readonly close: () => Promise<void>
}

async function openService(options: IssuerOptions, url: string): Promise<Service> {
  const iss = url.replace(/\/+$/, '')
  await proveKey(options.keys, iss)
  const given = options.database
  const isOpen = typeof given === 'object' && 'sql' in given
  const database = isOpen ? given : await openDatabase(given)
  const close = async (): Promise<void> => {
    if (!isOpen) await database.close()
  }
  try {
    const service = await serviceOver(database.sql, options, iss)
    return {
      app: service.app,
      close: async () => {
        await service.close()
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function serviceOver(query: Sql, options: IssuerOptions, iss: string): Promise<Service> {
  const { keys, name, pepper, root, retentionDays = RETENTION_DAYS, statusListLife = LIST_LIFE } = options
  const log = logTo(options.log)
  const metrics = startMetrics()
  const hash = keyedHash(pepper)
  const entities = entitiesOf(query)
  const lists = statusListsOf(query, { issuer: iss, keys, life: statusListLife })
  const trust = root && ownTrustList(query, root, (now) => issuerEntry({ iss, name }, keys, lists, now))
  const keepLists = async (): Promise<boolean> => {
    await lists.prepare(clock())
    const all = await lists.signDue(clock())
    await trust?.renew(clock())
    return all
  }
  await keepLists()
  const indices = statusIndices(query, async () => void (await keepLists()))
  const register = (options.register ?? ownRegister)(query)
  const guesses = otps(query, hash, { ...OTP_LIMITS, ...options.limits })
  const confirm = confirmation({
    database: query,
    otps: guesses,
    register,
    indices,
    keys,
    iss,
    uriOf: (list) => lists.uriOf(list),
  })
  const keeper = startKeeper(
    [
      { name: 'lists', every: MINUTE_MS, run: keepLists },
      {
        name: 'purge',
        every: 60 * MINUTE_MS,
        run: async () => {
          const purged = await purge(query, retentionDays)
          if (purged) log.event('purged', purged)
          return true
        },
      },
    ],
    options.resignAfter ?? 1000,
    log,
    metrics,
  )
  const post = outbox(options.deliver, log, metrics)

  const app = new Hono()
  const own = new URL(iss).origin
  guard(app, {
    tls: iss.startsWith('https:'),
    log,
    metrics,
    mayAsk: async (origin) => origin === own || entities.hasOrigin(origin),
  })
  const ready = async (): Promise<unknown> => {
    await query.execute(sql`select 1`)
    return keys.signer(clock())
  }
  app.route('/', operations(ready, metrics))
  const api = issuerApi({
    host: new URL(iss).hostname,
    hash,
    register,
    entities,
    otps: guesses,
    confirm,
    consents: consentsOf(query),
    metrics,
    send: post.send,
    onRevoked: () => keeper.nudge(),
    addressHeader: options.addressHeader,
  })
  api.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: `${name}: KYC-VS`, version: '1', description: 'Vaccination status by consent, signed.' },
    servers: [{ url: iss }],
  })
  app.route('/', api)
  app.route('/', apiDocs())
  for (const path of ['/status/*', '/trust.jwt', '/.well-known/jwks.json']) {
    app.use(path, async (c, next) => {
      await next()
      c.header('Cross-Origin-Resource-Policy', 'cross-origin')
    })
  }
  app.use('/status/*', compress({ contentTypeFilter: /^application\/statuslist\+jwt$/ }))
  app.route('/', issuerInterface(published(keys, lists, trust)))
  if (options.extraRoutes) app.route('/', options.extraRoutes({ iss, entities }))

  const close = async (): Promise<void> => {
    await keeper.stop()
    await post.settled()
  }
  return { app, close }
}

/** Signs what the service will sign, and reads it as a gate would, so that a key or a URL of no use is found at the start. */
async function proveKey(keys: Keys, iss: string): Promise<void> {
  const now = clock()
  const signer = await keys.signer(now)
  const status = { status_list: { idx: 0, uri: `${iss}/status/1` } }
  const claims: TokenClaims = { iss, iat: now, exp: now + DAY, vs: 0, aud: 'x'.repeat(63), n: 'W.W.W.W.', status }
  const issued = await issueToken(claims, signer)
  if (!issued.ok) throw new Error(`the issuer's key or URL is of no use: ${issued.fault}`)
}
