// The holder's page at /me/, and the same page for others to embed: /embed.js defines <kyc-vs>, which frames /embed/.
// Only the registered origins of the entity that asks may frame it, and they stand in the page, as the only ones that it
// gives an answer to. (docs/embed.md)
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { html } from 'hono/html'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pageHeaders } from './headers.ts'
import { staticSite } from './static.ts'

export interface HolderSite {
  /** The folder of the built page. */
  readonly dir: string
  /** The registered origins of a verifying entity; none when there is no such entity. */
  readonly originsOf: (verifier: string) => Promise<readonly string[]>
}

export function holderSite({ dir, originsOf }: HolderSite): Hono {
  const site = new Hono()
  // First of all, so that what goes wrong has them too: nobody may frame what is not the page for their own question.
  site.use('/embed/*', async (c, next) => {
    for (const [name, value] of Object.entries(pageHeaders())) c.header(name, value)
    c.header('Cache-Control', 'no-store')
    await next()
  })
  site.get('/embed/', async (c) => {
    const origins = await originsOf(c.req.query('verifier') ?? '')
    const page = await readFile(join(dir, 'index.html'), 'utf8')
    for (const [name, value] of Object.entries(pageHeaders([], origins))) c.header(name, value)
    const stated = await html`<meta name="kycvs-answers-to" content="${origins.join(' ')}" />`
    return c.html(page.replace('</head>', () => `${stated.toString()}</head>`))
  })
  // A service worker would keep the page with the headers of one entity, and show it to the next.
  site.get('/embed/sw.js', (c) => c.notFound())
  site.get(
    '/embed.js',
    async (c, next) => {
      await next()
      // A module script of another origin is asked for by CORS.
      c.header('Access-Control-Allow-Origin', '*')
      c.header('Cross-Origin-Resource-Policy', 'cross-origin')
      c.header('X-Content-Type-Options', 'nosniff')
      c.header('Cache-Control', 'no-cache')
    },
    serveStatic({ root: dir }),
  )
  site.route('/', staticSite({ dir, base: '/me/', connect: [] }))
  site.route('/', staticSite({ dir, base: '/embed/', connect: [] }))
  return site
}
