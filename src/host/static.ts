// A built gate, as any host of static files serves it, under the headers that the operator's guide names.
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { etag } from 'hono/etag'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { cacheControl, CONTENT_TYPES, pageHeaders } from './headers.ts'

export interface StaticSite {
  /** The folder of the built files. */
  readonly dir: string
  /** Where it stands on its origin: `/`, or a path that begins and ends with a slash. */
  readonly base: string
  /** Origins that its page may fetch from, besides its own. */
  readonly connect: readonly string[]
  /** Served as `config.json`, in place of the file. */
  readonly config?: object
}

/** Serves a folder. What is not in it is left to the next handler. */
export function staticSite({ dir, base, connect, config }: StaticSite): Hono {
  const headers = Object.entries(pageHeaders(connect))
  const site = new Hono()
  site.use(`${base}*`, async (c, next) => {
    await next()
    for (const [name, value] of headers) c.header(name, value)
    const found = c.res.status < 400
    c.header('Cache-Control', found ? cacheControl(c.req.path) : 'no-store')
    const type = CONTENT_TYPES[extname(c.req.path)]
    if (c.res.ok && type !== undefined) c.header('Content-Type', type)
  })
  site.use(`${base}*`, compress(), etag())
  // The page finds its parts by relative addresses, so `/gate` must become `/gate/`.
  if (base !== '/') site.get(base.slice(0, -1), (c) => c.redirect(base, 308))
  if (config) site.get(`${base}config.json`, (c) => c.json(config))
  site.use(`${base}*`, serveStatic({ root: dir, rewriteRequestPath: (path) => path.slice(base.length - 1) }))
  return site
}

/** True when a gate was built into the folder. */
export const isBuilt = (dir: string): boolean => existsSync(join(dir, 'index.html'))

/** The origin of the trust list, when a built gate's `config.json` names it by an absolute URL. */
export async function trustListOrigin(dir: string): Promise<string | undefined> {
  try {
    const config: unknown = JSON.parse(await readFile(join(dir, 'config.json'), 'utf8'))
    if (typeof config !== 'object' || config === null || !('trustList' in config)) return undefined
    return new URL(String(config.trustList)).origin
  } catch {
    // No config or a relative URL: the list is on the gate's own origin.
    return undefined
  }
}
