// What stands in for the issuer's service in the tests of the holder's page: its HTTP interface, with real tokens, over the
// built page. A message with an OTP lands in an outbox, and any call can be made to fail.
import { Hono, type Context } from 'hono'
import { randomInt, randomUUID } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isFields, isText, type Fields } from '../../src/core/compact.ts'
import { DAY } from '../../src/core/trust-list.ts'
import type { Status } from '../../src/core/verdict.ts'
import { listen } from '../../src/host/listen.ts'
import { staticSite } from '../../src/host/static.ts'
import { makeAuthority, SECONDS, type Authority } from './authority.ts'

export interface Message {
  readonly to: string
  readonly otp: string
}

/** The people on its register, by number and name. */
export const register: Readonly<Record<string, Status>> = {
  '+919876543210 Asha Nair': 2,
  '+919876543210 Bilal Nair': 1,
  '+447700900123 Chloe Martin': 0,
}

/** Verifying entities, by id. */
const entities: Readonly<Record<string, string>> = { 'rail-booking': 'Rail Booking' }

export interface IssuerDouble {
  /** Where the page is. */
  readonly page: string
  readonly authority: Authority
  readonly outbox: readonly Message[]
  /** The bodies of all calls, as received. */
  readonly received: readonly string[]
  /** Entries of its status list that are revoked. */
  readonly revoked: readonly number[]
  /** How it behaves from now on. */
  readonly acts: {
    expiresIn: number
    resendIn: number
    tries: number
    /** How far its clock is from this machine's, in seconds. */
    clockAhead: number
    /** Answers the next call with this. */
    next: (() => Response) | undefined
  }
  stop(): Promise<void>
}

interface Txn {
  readonly otp: string
  readonly person: string
  readonly name: string
  readonly consent: Fields
  readonly expires: number
  tries: number
  used: boolean
}

interface Given {
  readonly id: string
  readonly person: string
  readonly verifier: string | undefined
  readonly purpose: string
  readonly given_at: number
  readonly shared: { readonly status: true; readonly initials: boolean }
  readonly expires_at: number
  readonly idx: number
  withdrawn_at?: number
}

export const problem = (status: number, type: string, more: object = {}, headers: object = {}): Response =>
  new Response(JSON.stringify({ type: `urn:kyc-vs:problem:${type}`, title: type, status, ...more }), {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  })

const initialsOf = (name: string): string => name.replace(/(\p{L})\p{L}*\s*/gu, '$1.')

export async function startIssuerDouble(): Promise<IssuerDouble> {
  const folder = await mkdtemp(join(tmpdir(), 'kycvs-holder-'))
  await cp('dist/holder', folder, { recursive: true })
  const outbox: Message[] = []
  const received: string[] = []
  const revoked: number[] = []
  const acts: IssuerDouble['acts'] = { expiresIn: 300, resendIn: 30, tries: 5, clockAhead: 0, next: undefined }
  const txns = new Map<string, Txn>()
  const given: Given[] = []
  const sessions = new Map<string, string>()
  const site = new Hono()
  const listening = await listen({ host: 'localhost', port: 0 }, () => site.fetch)
  const origin = `http://localhost:${listening.port}`
  const authority = await makeAuthority(origin)

  /** The transaction of an OTP that is right, or the problem with it. */
  function redeem(body: Fields): Txn | Response {
    const txn = txns.get(String(body['txn_id']))
    if (!txn || txn.used || txn.tries === 0 || SECONDS() >= txn.expires) return problem(410, 'closed')
    txn.tries -= 1
    if (txn.otp !== body['otp']) return problem(401, 'wrong-otp', { tries_left: txn.tries })
    txn.used = true
    return txn
  }

  async function confirm(body: Fields): Promise<Response> {
    const txn = redeem(body)
    if (txn instanceof Response) return txn
    const vs = register[txn.person]
    if (vs === undefined) return problem(404, 'not-registered')
    const holderKey = body['holder_key']
    const iat = SECONDS() - 5
    const exp = iat + (holderKey === undefined ? 28 : 7) * DAY
    const { verifier, purpose, share_initials: initials } = txn.consent
    const idx = given.length
    const token = await authority.token({
      iat,
      exp,
      vs,
      status: { status_list: { idx, uri: authority.statusUri } },
      ...(isText(verifier) ? { aud: verifier } : {}),
      ...(initials === true ? { n: initialsOf(txn.name) } : {}),
      ...(isFields(holderKey) ? { cnf: { jwk: { ...holderKey } } } : {}),
    })
    given.push({
      id: randomUUID(),
      person: txn.person,
      verifier: isText(verifier) ? verifier : undefined,
      purpose: String(purpose),
      given_at: SECONDS(),
      shared: { status: true, initials: initials === true },
      expires_at: exp,
      idx,
    })
    return Response.json({ token, status: vs, expires_at: exp })
  }

  function sendOtp({ mobile, full_name: name, consent }: Fields): Response {
    if (!isText(mobile) || !isText(name) || !isFields(consent)) return problem(422, 'invalid')
    if (isText(consent['verifier']) && !(consent['verifier'] in entities)) return problem(422, 'unknown-verifier')
    const id = randomUUID()
    const otp = String(randomInt(1_000_000)).padStart(6, '0')
    const expires = SECONDS() + acts.expiresIn
    txns.set(id, { otp, person: `${mobile} ${name}`, name, consent, expires, tries: acts.tries, used: false })
    outbox.push({ to: mobile, otp })
    return Response.json({ txn_id: id, expires_in: acts.expiresIn, resend_in: acts.resendIn })
  }

  function consents(body: Fields): Response {
    const txn = redeem(body)
    if (txn instanceof Response) return txn
    const manage = randomUUID()
    sessions.set(manage, txn.person)
    return Response.json({ manage, consents: given.filter(({ person }) => person === txn.person) })
  }

  function withdraw({ manage, id }: Fields): Response {
    const person = sessions.get(String(manage))
    if (person === undefined) return problem(401, 'no-session')
    const consent = given.find((one) => one.id === id && one.person === person)
    if (!consent) return problem(404, 'no-consent')
    consent.withdrawn_at = SECONDS()
    revoked.push(consent.idx)
    return Response.json({ withdrawn_at: consent.withdrawn_at })
  }

  const calls: Readonly<Record<string, (body: Fields) => Response | Promise<Response>>> = {
    '/kyc-vs/otp': sendOtp,
    '/kyc-vs/confirm': confirm,
    '/kyc-vs/consents': consents,
    '/kyc-vs/consents/withdraw': withdraw,
  }
  site.post('/kyc-vs/*', async (c: Context) => {
    const text = await c.req.text()
    received.push(text)
    const { next } = acts
    acts.next = undefined
    if (next) return next()
    const body: unknown = JSON.parse(text)
    const call = calls[new URL(c.req.url).pathname]
    const response = call && isFields(body) ? await call(body) : problem(400, 'invalid')
    response.headers.set('Date', new Date((SECONDS() + acts.clockAhead) * 1000).toUTCString())
    return response
  })
  site.get('/kyc-vs/verifiers/:id', (c) => {
    const name = entities[c.req.param('id')]
    return name === undefined ? problem(404, 'not-found') : c.json({ id: c.req.param('id'), name })
  })
  site.route('/', staticSite({ dir: folder, base: '/', connect: [] }))

  return {
    page: `${origin}/`,
    authority,
    outbox,
    received,
    revoked,
    acts,
    async stop() {
      await Promise.all([listening.stop(), rm(folder, { recursive: true })])
    },
  }
}
