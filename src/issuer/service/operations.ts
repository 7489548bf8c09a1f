// For those who run the service: is it alive, can it answer, what does it do.
import { Hono } from 'hono'
import type { Metrics } from './metrics.ts'
import { problem } from './problems.ts'

/** `GET /healthz`, `/readyz`, `/metrics`. @param ready rejects while the service could not answer */
export function operations(ready: () => Promise<unknown>, metrics: Metrics): Hono {
  const app = new Hono()
  app.get('/healthz', (c) => c.text('ok\n'))
  app.get('/readyz', async (c) => {
    try {
      await ready()
      return c.text('ok\n')
    } catch {
      return problem(c, 'unavailable')
    }
  })
  app.get('/metrics', async (c) => {
    const { type, body } = await metrics.text()
    return c.body(body, 200, { 'Content-Type': type })
  })
  return app
}
