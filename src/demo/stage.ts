// What the demo's own origin serves: the page of people and their codes, the gate, and for all else the issuer's service.
import { Hono } from 'hono'
import { html } from 'hono/html'
import { readFile } from 'node:fs/promises'
import { pageHeaders } from '../host/headers.ts'
import type { Answer } from '../host/listen.ts'
import { staticSite } from '../host/static.ts'
import { issuerInterface } from '../issuer/interface.ts'
import { qrPng, qrSvg } from '../issuer/qr.ts'
import { publicJwk } from '../issuer/sign.ts'
import { bookingEntity } from './booking/site.ts'
import { peoplePage } from './page.ts'
import { people, presentNow, type Cast, type Person } from './people.ts'
import type { Inbox } from './register.ts'
import { startService } from './service.ts'
import { openKeys, RENEWED_AFTER } from './state.ts'

export interface StageOptions {
  /** Its own, and that of the ticket office. */
  readonly origin: string
  readonly booking: string
  /** The demo's folder. */
  readonly dir: string
  readonly gateDir: string
  readonly holderDir: string
}

export interface Stage {
  readonly answer: Answer
  readonly stop: () => Promise<void>
}

const clock = (): number => Math.floor(Date.now() / 1000)

export async function openStage({ origin, booking, dir, gateDir, holderDir }: StageOptions): Promise<Stage> {
  const keys = await openKeys(dir, origin)
  const service = await startService(keys, { dir, holderDir, entity: bookingEntity(booking) })
  const demo = new Hono()
  demo.route('/', issuerInterface(service.lists))
  const config = {
    operator: 'Example Mall',
    gate: 'north-entrance',
    audience: 'example-mall',
    trustList: '/trust.jwt',
    roots: [publicJwk(keys.root)],
  }
  demo.route('/', staticSite({ dir: gateDir, base: '/gate/', connect: [origin], config }))
  demo.route('/', await peopleSite({ origin, booking, cast: keys.cast, inbox: service.inbox }))
  demo.all('*', (c) => service.app.fetch(c.req.raw))
  return { answer: demo.fetch, stop: service.stop }
}

/** The text of each person's code, by id: a live one without its presentation. */
type Codes = ReadonlyMap<string, string>

async function makeCodes(cast: Cast): Promise<Codes> {
  const now = clock()
  const codes = people.map(async ({ id, code }): Promise<[string, string]> => [id, await code(cast, now)])
  return new Map(await Promise.all(codes))
}

interface PeopleSite {
  readonly origin: string
  readonly booking: string
  readonly cast: Cast
  readonly inbox: Inbox
}

async function peopleSite({ origin, booking, cast, inbox }: PeopleSite): Promise<Hono> {
  let since = clock()
  let made = makeCodes(cast)
  /** A server that runs for weeks still shows codes that hold. */
  const codes = (): Promise<Codes> => {
    if (clock() - since > RENEWED_AFTER) {
      since = clock()
      made = makeCodes(cast)
    }
    return made
  }
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
  site.get('/', (c) => c.html(peoplePage(device, booking)))
  site.get('/demo/page.css', (c) => c.body(css ?? '', 200, { 'Content-Type': 'text/css; charset=utf-8' }))
  site.get('/demo/page.js', (c) => c.body(js ?? '', 200, { 'Content-Type': 'text/javascript; charset=utf-8' }))
  site.get('/demo/icon.svg', (c) => c.body(ICON, 200, { 'Content-Type': 'image/svg+xml' }))
  site.get('/demo/inbox.json', (c) => c.json(inbox.messages()))
  site.get('/demo/people.json', (c) => c.json(people.map(({ id, name, expect }) => ({ id, name, expect }))))
  site.get('/demo/people/:file', async (c) => {
    const [id, kind, ...rest] = c.req.param('file').split('.')
    const person = people.find((one) => one.id === id)
    if (!person || rest.length > 0) return c.notFound()
    const text = await textOf(person, await codes(), cast, secure ? `${origin}/gate/#` : '')
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
async function textOf(person: Person, codes: Codes, cast: Cast, prefix: string): Promise<string> {
  const code = codes.get(person.id) ?? ''
  if (person.expect.kind === 'unreadable') return code
  return prefix + (person.live ? await presentNow(code, cast.holder, clock()) : code)
}

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#0b57a8"/>' +
  '<path d="M4 8.5 7 11.5 12 5" fill="none" stroke="#fff" stroke-width="2"/></svg>\n'
