// The built gate as an operator hosts it, and the lists on an origin of their own. What they serve can be changed while a
// gate runs, and every request is kept.
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listen, type Answer } from '../../src/host/listen.ts'
import { staticSite } from '../../src/host/static.ts'
import { issuerInterface } from '../../src/issuer/interface.ts'
import { makeAuthority, type Authority } from './authority.ts'

export interface Seen {
  readonly method: string
  readonly url: string
  readonly body: string
  readonly referrer: string
}

/** What is served from now on. */
export interface Served {
  /** The folder of the gate's files. */
  dir: string
  config: object
  /** The list, or anything else that a network may answer in its place, at any path that begins with `/trust`. */
  trust: string | ((path: string) => Response)
  status: string
}

export interface GateServer {
  /** The gate's page. */
  readonly page: string
  readonly origin: string
  readonly listsOrigin: string
  readonly authority: Authority
  readonly serves: Served
  readonly seen: readonly Seen[]
  /** Both servers are gone, and what comes is refused. To stop twice does nothing. */
  stop(): Promise<void>
}

/** Serves a copy of dist/gate, so that nobody's build changes it under a test. */
export async function startGateServer(): Promise<GateServer> {
  const folder = await mkdtemp(join(tmpdir(), 'kycvs-gate-'))
  await cp('dist/gate', folder, { recursive: true })
  const seen: Seen[] = []
  const serves: Served = { dir: folder, config: {}, trust: '', status: '' }
  const here = { host: 'localhost', port: 0 }

  const api = issuerInterface({
    keys: () => Promise.resolve([]),
    trustList: () => Promise.resolve(typeof serves.trust === 'string' ? serves.trust : undefined),
    statusList: (name) => Promise.resolve(name === '1' ? serves.status : undefined),
  })
  const lists = await listen(here, () =>
    recorded(seen, (request) => {
      const { pathname } = new URL(request.url)
      const { trust } = serves
      return typeof trust === 'function' && pathname.startsWith('/trust') ? trust(pathname) : api.fetch(request)
    }),
  )
  const listsOrigin = `http://localhost:${lists.port}`
  const gate = await listen(here, () =>
    recorded(seen, (request) =>
      staticSite({ dir: serves.dir, base: '/gate/', connect: [listsOrigin], config: serves.config }).fetch(request),
    ),
  )
  const origin = `http://localhost:${gate.port}`

  const authority = await makeAuthority(listsOrigin)
  serves.config = {
    operator: 'Example Mall',
    gate: 'north-entrance',
    audience: 'example-mall',
    trustList: `${listsOrigin}/trust.jwt`,
    roots: [authority.publicRoot],
  }
  serves.trust = await authority.trustList()
  serves.status = await authority.statusList()

  let stopping: Promise<unknown> | undefined
  return {
    page: `${origin}/gate/`,
    origin,
    listsOrigin,
    authority,
    serves,
    seen,
    async stop() {
      stopping ??= Promise.all([gate.stop(), lists.stop(), rm(folder, { recursive: true })])
      await stopping
    },
  }
}

function recorded(seen: Seen[], answer: Answer): Answer {
  return async (request) => {
    const { method, url, headers } = request
    seen.push({ method, url, body: await request.clone().text(), referrer: headers.get('referer') ?? '' })
    const response = await answer(request)
    // By the clock of the test, where that is another than the machine's.
    response.headers.set('date', new Date().toUTCString())
    return response
  }
}
