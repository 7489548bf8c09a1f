// The OpenAPI document as a page to browse: swagger-ui from its own package, with nothing from elsewhere.
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { html } from 'hono/html'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const FILES: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
}

const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#api', validatorUrl: null, deepLinking: false })\n`

/** Swagger UI sets styles on elements as it runs, and has icons as data. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

export function apiDocs(): Hono {
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  const docs = new Hono()
  docs.use('/docs/*', compress())
  docs.use('/docs/*', async (c, next) => {
    await next()
    c.header('Content-Security-Policy', POLICY)
    c.header('Cache-Control', 'no-cache')
  })
  docs.get('/docs', (c) => c.redirect('/docs/', 308))
  docs.get('/docs/', (c) =>
    c.html(
      html`<!doctype html>
        <html lang="en">
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width" />
          <title>KYC-VS API</title>
          <link rel="icon" href="data:," />
          <link rel="stylesheet" href="swagger-ui.css" />
          <div id="api"></div>
          <script src="swagger-ui-bundle.js"></script>
          <script src="start.js"></script>
        </html>`,
    ),
  )
  docs.get('/docs/start.js', (c) => c.body(START, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }))
  for (const [name, type] of Object.entries(FILES)) {
    docs.get(`/docs/${name}`, async (c) =>
      c.body(new Uint8Array(await readFile(join(folder, name))), 200, { 'Content-Type': type }),
    )
  }
  return docs
}
