// A ticket office on the night train: a site that knows nothing of the issuer but its
// address. It sells a berth to whoever is fully vaccinated, and keeps nothing.
import { Hono } from 'hono'
import { html } from 'hono/html'
import { createRemoteJWKSet, customFetch } from 'jose'
import { readFile } from 'node:fs/promises'
import { isFields, isText } from '../../core/compact.ts'
import type { Answer } from '../../host/listen.ts'
import type { Entity } from '../../issuer/service/entity.ts'
import { statusIn } from './answer.ts'

const ID = 'rail-booking'

/** As the issuer has it on its list. */
export const bookingEntity = (origin: string): Entity => ({ id: ID, name: 'Example Rail', origins: [origin] })

export interface BookingSite {
  /** The issuer's URL. */
  readonly issuer: string
  /** How it asks the issuer for its keys. */
  readonly ask: Answer | typeof fetch
}

const WORDS = {
  2: 'Your berth is booked.',
  1: 'A berth is for the fully vaccinated. Take a seat in the day coach, or book again after your last dose.',
  0: 'A berth is for the fully vaccinated. You are welcome with a negative test: show it at the counter.',
} as const satisfies Record<0 | 1 | 2, string>

export async function bookingSite({ issuer, ask }: BookingSite): Promise<Answer> {
  const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', issuer), {
    [customFetch]: async (url, options) => ask(new Request(url, options)),
  })
  const [css, js] = await Promise.all(
    ['booking.css', 'booking.js'].map((name) => readFile(new URL(name, import.meta.url), 'utf8')),
  )
  const policy =
    `default-src 'none'; script-src 'self' ${issuer}; style-src 'self'; img-src data:; connect-src 'self'; frame-src ${issuer}; ` +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  const site = new Hono()
  site.use(async (c, next) => {
    await next()
    c.header('Content-Security-Policy', policy)
    c.header('X-Content-Type-Options', 'nosniff')
    c.header('Referrer-Policy', 'no-referrer')
    c.header('Cache-Control', 'no-store')
  })
  site.get('/', (c) => c.html(page(issuer)))
  site.get('/booking.css', (c) => c.body(css ?? '', 200, { 'Content-Type': 'text/css; charset=utf-8' }))
  site.get('/booking.js', (c) => c.body(js ?? '', 200, { 'Content-Type': 'text/javascript; charset=utf-8' }))
  site.post('/book', async (c) => {
    const body: unknown = await c.req.json().catch(() => undefined)
    const token = isFields(body) && isText(body['token']) ? body['token'] : ''
    const status = await statusIn(token, { issuer, audience: ID }, keys)
    return status === undefined
      ? c.json({ booked: false, words: 'That answer is not sound. Please try again.' }, 422)
      : c.json({ booked: status === 2, words: WORDS[status] })
  })
  return site.fetch
}

const page = (issuer: string): ReturnType<typeof html> =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Night train · Example Rail</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/booking.css" />
        <script type="module" src="${issuer}/embed.js"></script>
        <script type="module" src="/booking.js"></script>
      </head>
      <body>
        <main>
          <h1>Night train to the coast</h1>
          <p>One berth, 24 December, 21:40. Before it is yours, the health authority must tell us your status.</p>
          <kyc-vs verifier="${ID}" purpose="A berth on the night train"></kyc-vs>
          <p class="outcome" role="status" data-outcome></p>
        </main>
      </body>
    </html>`
