// The issuer's interface over HTTP, as far as gates use it: its keys, the trust list and the status lists, for any origin.
// Errors are problem details (RFC 9457). docs/profile.md, section 8.
import { Hono, type Context } from 'hono'
import { cors } from 'hono/cors'
import { etag } from 'hono/etag'
import type { JWK } from 'jose'

/** What is published, asked for at each request, so that a list that was renewed is served at once. */
export interface Published {
  keys(): Promise<readonly JWK[]>
  trustList(): Promise<string | undefined>
  /** @param name the last part of the list's URI */
  statusList(name: string): Promise<string | undefined>
}

/** `GET /.well-known/jwks.json`, `/trust.jwt`, `/status/N`. */
export function issuerInterface(published: Published): Hono {
  const api = new Hono()
  for (const path of ['/.well-known/jwks.json', '/trust.jwt', '/status/*']) {
    api.use(path, async (c, next) => {
      await next()
      c.header('Cache-Control', 'no-cache')
      c.header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'")
      c.header('X-Content-Type-Options', 'nosniff')
    })
    api.use(path, cors({ origin: '*' }))
    api.use(path, etag())
  }
  api.get('/.well-known/jwks.json', async (c) =>
    c.body(JSON.stringify({ keys: await published.keys() }), 200, { 'Content-Type': 'application/jwk-set+json' }),
  )
  api.get('/trust.jwt', async (c) => jwt(c, 'application/jwt', await published.trustList()))
  api.get('/status/:name', async (c) =>
    jwt(c, 'application/statuslist+jwt', await published.statusList(c.req.param('name'))),
  )
  return api
}

function jwt(c: Context, type: string, jws: string | undefined): Response {
  return jws === undefined
    ? problem(c, 404, 'Not found', 'There is no such list here.')
    : c.body(jws, 200, { 'Content-Type': type })
}

/** An error as problem details. */
export function problem(c: Context, status: 404 | 500, title: string, detail: string): Response {
  const body = JSON.stringify({ type: 'about:blank', title, status, detail })
  return c.body(body, status, { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' })
}
