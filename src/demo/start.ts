// The demo on one port: an issuer, the built gate below /gate/, and the page of people who hold codes up to it.
import { Hono } from 'hono'
import { html } from 'hono/html'
import { readFile } from 'node:fs/promises'
import { pageHeaders } from '../host/headers.ts'
import { lanAddress, listen, type Answer } from '../host/listen.ts'
import { staticSite } from '../host/static.ts'
import { issuerInterface } from '../issuer/interface.ts'
import { qrPng, qrSvg } from '../issuer/qr.ts'
import { publicJwk } from '../issuer/sign.ts'
import { openCertificate } from './certificate.ts'
import { peoplePage } from './page.ts'
import { people, presentNow, type Person } from './people.ts'
import { openState, RENEWED_AFTER, type DemoState } from './state.ts'

export interface DemoOptions {
  /** 0 for any that is free. */
  readonly port: number
  /** The folder of its keys and lists. */
  readonly state: string
  /** The folder of the built gate. */
  readonly gateDir: string
  readonly host?: string | undefined
  /** With a certificate of its own, for this machine's address in the local network. */
  readonly https?: boolean
}

export interface Demo {
  /** As the codes name it. */
  readonly origin: string
  readonly stop: () => Promise<void>
}

/** Starts the demo. Rejects with Node's own error when the port cannot be opened. */
export async function startDemo({ port, state, gateDir, host, https = false }: DemoOptions): Promise<Demo> {
  const address = https ? (lanAddress() ?? '127.0.0.1') : undefined
  const tls = address === undefined ? undefined : await openCertificate(state, address)
  const originOf = (at: number): string =>
    address === undefined ? `http://localhost:${at}` : `https://${address}:${at}`
  const listening = await listen({ host: host ?? (https ? '0.0.0.0' : 'localhost'), port, tls }, (at) =>
    demoOf(originOf(at), state, gateDir),
  )
  return { origin: originOf(listening.port), stop: listening.stop }
}

const clock = (): number => Math.floor(Date.now() / 1000)

/** The state, and the text of each person's code, by id: a live one without its presentation. */
interface Scene extends DemoState {
  readonly codes: ReadonlyMap<string, string>
}

async function openScene(dir: string, origin: string): Promise<Scene> {
  const state = await openState(dir, origin, clock())
  const codes = await Promise.all(
    people.map(async ({ id, code }): Promise<[string, string]> => [id, await code(state.cast, state.at)]),
  )
  return { ...state, codes: new Map(codes) }
}

async function demoOf(origin: string, dir: string, gateDir: string): Promise<Answer> {
  let since = clock()
  let opened = openScene(dir, origin)
  /** What is shown at this moment: a server that runs for weeks still shows codes that hold. */
  const scene = (): Promise<Scene> => {
    if (clock() - since > RENEWED_AFTER) {
      since = clock()
      opened = openScene(dir, origin)
    }
    return opened
  }
  const demo = new Hono()
  demo.route(
    '/',
    issuerInterface({
      keys: async () => [publicJwk((await scene()).cast.issuer)],
      trustList: async () => (await scene()).trustList,
      statusList: async (name) => (name === '1' ? (await scene()).statusList : undefined),
    }),
  )
  const config = {
    operator: 'Example Mall',
    gate: 'north-entrance',
    audience: 'example-mall',
    trustList: '/trust.jwt',
    roots: [publicJwk((await opened).root)],
  }
  demo.route('/', staticSite({ dir: gateDir, base: '/gate/', connect: [origin], config }))
  demo.route('/', await peopleSite(origin, scene))
  demo.notFound((c) => c.text('There is nothing here.\n', 404))
  return demo.fetch
}

async function peopleSite(origin: string, scene: () => Promise<Scene>): Promise<Hono> {
  const headers = Object.entries({ ...pageHeaders(), 'Cache-Control': 'no-store' })
  const [css, js] = await Promise.all(
    ['page.css', 'page.js'].map((name) => readFile(new URL(name, import.meta.url), 'utf8')),
  )
  const site = new Hono()
  for (const path of ['/', '/demo/*']) {
    site.use(path, async (c, next) => {
      await next()
      for (const [name, value] of headers) c.header(name, value)
    })
  }
  const secure = origin.startsWith('https:')
  const device = secure
    ? html`A phone in the same network finds this page at <code>${origin}/</code>`
    : html`For a phone in the same network, start the demo with <code>npm start -- --https</code>`
  site.get('/', (c) => c.html(peoplePage(device)))
  site.get('/demo/page.css', (c) => c.body(css ?? '', 200, { 'Content-Type': 'text/css; charset=utf-8' }))
  site.get('/demo/page.js', (c) => c.body(js ?? '', 200, { 'Content-Type': 'text/javascript; charset=utf-8' }))
  site.get('/demo/icon.svg', (c) => c.body(ICON, 200, { 'Content-Type': 'image/svg+xml' }))
  site.get('/demo/people.json', (c) => c.json(people.map(({ id, name, expect }) => ({ id, name, expect }))))
  site.get('/demo/people/:file', async (c) => {
    const [id, kind, ...rest] = c.req.param('file').split('.')
    const person = people.find((one) => one.id === id)
    if (!person || rest.length > 0) return c.notFound()
    const text = await textOf(person, await scene(), secure ? `${origin}/gate/#` : '')
    switch (kind) {
      case 'txt':
        return c.text(text)
      case 'svg':
        return c.body(qrSvg(text, 'L'), 200, { 'Content-Type': 'image/svg+xml' })
      case 'png':
        return c.body(new Uint8Array(qrPng(text, 'L')), 200, { 'Content-Type': 'image/png' })
      default:
        return c.notFound()
    }
  })
  return site
}

/**
 * What a person's QR holds now.
 * @param prefix what goes before a token, so that a phone's own camera opens the gate
 */
async function textOf(person: Person, { codes, cast }: Scene, prefix: string): Promise<string> {
  const code = codes.get(person.id) ?? ''
  if (person.expect.kind === 'unreadable') return code
  return prefix + (person.live ? await presentNow(code, cast.holder, clock()) : code)
}

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#0b57a8"/>' +
  '<path d="M4 8.5 7 11.5 12 5" fill="none" stroke="#fff" stroke-width="2"/></svg>\n'
