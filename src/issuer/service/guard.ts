// What stands around every route: logs and figures, strict headers, CORS for registered origins alone, a cap on bodies.
import type { Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { problem, type ProblemName } from './problems.ts'

export const BODY_BYTES = 16 * 1024

/** Set before a route runs, which may set its own. An API's answer is no page: nothing may run in it, and nothing may frame it. */
const HEADERS = Object.entries({
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
})

/** Where the issuer's URL is https: only, for localhost is everybody's. */
const ALWAYS_TLS: readonly [string, string] = ['Strict-Transport-Security', 'max-age=31536000']

export interface Guard {
  readonly tls: boolean
  readonly log: Log
  readonly metrics: Metrics
  /** Whether pages of an origin may ask. */
  readonly mayAsk: (origin: string) => Promise<boolean>
}

/** Must be called before routes are added. */
export function guard(app: Hono, { tls, log, metrics, mayAsk }: Guard): void {
  const headers = tls ? [...HEADERS, ALWAYS_TLS] : HEADERS
  app.use(async (c, next) => {
    const started = performance.now()
    for (const [name, value] of headers) c.header(name, value)
    await next()
    // What was asked for is an address that anybody may make up; only the pattern that it met is told.
    const entry = { method: c.req.method, route: routePath(c, -1), status: c.res.status }
    const ms = performance.now() - started
    log.request({ ...entry, ms })
    metrics.request(entry, ms / 1000)
  })

  const allow = cors({
    origin: (origin) => origin,
    allowMethods: ['POST'],
    allowHeaders: ['Content-Type'],
    exposeHeaders: ['Retry-After'],
    maxAge: 600,
  })
  app.use('/kyc-vs/*', async (c, next) => {
    const origin = c.req.header('Origin')
    if (origin !== undefined && (await mayAsk(origin))) return allow(c, next)
    c.header('Vary', 'Origin')
    return c.req.method === 'OPTIONS' ? c.body(null, 204) : next()
  })
  const counted = bodyLimit({ maxSize: BODY_BYTES, onError: (c) => problem(c, 'too-large') })
  app.use('/kyc-vs/*', async (c, next) => {
    // A length that is stated is what comes: so says Node's parser. To look at the body would cost a third of the request.
    const length = c.req.header('Content-Length')
    if (length === undefined || c.req.header('Transfer-Encoding') !== undefined) return counted(c, next)
    return Number(length) > BODY_BYTES ? problem(c, 'too-large') : next()
  })

  app.notFound((c) => problem(c, 'not-found'))
  app.onError((error, c) => {
    const known = error instanceof HTTPException ? BY_STATUS[error.status] : undefined
    if (known !== undefined) return problem(c, known)
    return failed(c, error, log, metrics)
  })
}

/** What the framework finds wrong with a request. */
const BY_STATUS: Readonly<Record<number, ProblemName>> = {
  400: 'bad-json',
  413: 'too-large',
  415: 'media-type',
}

function failed(c: Context, error: Error, log: Log, metrics: Metrics): Response {
  log.failure('request', error)
  metrics.failure('request')
  return problem(c, 'internal')
}
