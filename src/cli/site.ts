// What `kycvs serve` serves without --demo: a built gate, an issuer's lists, or both on one origin.
import { Hono } from 'hono'
import type { JWK } from 'jose'
import { readFile } from 'node:fs/promises'
import { payloadOf } from '../core/compact.ts'
import { listen } from '../host/listen.ts'
import { staticSite, trustListOrigin } from '../host/static.ts'
import { issuerInterface } from '../issuer/interface.ts'

export interface Site {
  readonly host: string
  readonly port: number
  /** A built gate. */
  readonly gateDir: string | undefined
  /** Origins that it may fetch from, besides its own and that of the trust list in its config. */
  readonly connect: readonly string[]
  readonly trust: string | undefined
  readonly statusLists: readonly string[]
  readonly keys: readonly JWK[]
}

export interface Running {
  readonly origin: string
  readonly stop: () => Promise<void>
}

export async function startSite({ host, port, gateDir, connect, trust, statusLists, keys }: Site): Promise<Running> {
  const app = new Hono()
  // Lists are read at each request, so that one is served as soon as it is renewed.
  const published = {
    keys: async () => keys,
    trustList: async () => (trust === undefined ? undefined : listIn(trust)),
    statusList: async (name: string) => {
      const lists = await Promise.all(statusLists.map(listIn))
      return lists.find((jws) => jws !== undefined && isAt(`/status/${name}`, jws))
    },
  }
  // A gate's own folder may hold a trust list too, and then that one is meant.
  if (trust !== undefined || statusLists.length + keys.length > 0) app.route('/', issuerInterface(published))
  if (gateDir !== undefined) {
    const trustOrigin = await trustListOrigin(gateDir)
    const allowed = trustOrigin === undefined ? connect : [trustOrigin, ...connect]
    app.route('/', staticSite({ dir: gateDir, base: '/', connect: allowed }))
  }
  app.notFound((c) => c.text('There is nothing here.\n', 404))
  const listening = await listen({ host, port }, () => app.fetch)
  return { origin: `http://${nameOf(host)}:${listening.port}`, stop: listening.stop }
}

/** A list as it stands in its file; nothing when the file is gone, which is for the one who asks to hear. */
async function listIn(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch {
    return undefined
  }
}

const isAt = (path: string, jws: string): boolean => String(payloadOf(jws)?.['sub']).endsWith(path)

/** What to type into a browser for an address that is listened on. */
function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
