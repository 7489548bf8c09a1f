// The issuer's API for people and entities (docs/profile.md, section 8; docs/issuer.md): OTP, answer, consents.
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { JWK } from 'jose'
import { importPublicKey } from '../../core/keys.ts'
import { bareKey } from '../key-file.ts'
import { clientAddress } from './client-address.ts'
import type { Confirm } from './confirm.ts'
import type { Consent, Consents } from './consents.ts'
import { otpText, type Message } from './delivery.ts'
import type { Entities } from './entities.ts'
import type { Entity } from './entity.ts'
import type { KeyedHash } from './keyed-hash.ts'
import type { Metrics } from './metrics.ts'
import { OTP_SECONDS, type Otps } from './otp.ts'
import { initialsOf, readPerson } from './person.ts'
import { problem, problemResponse } from './problems.ts'
import type { Register } from './register.ts'
import {
  Answer,
  ConfirmRequest,
  ConsentList,
  ConsentsRequest,
  MANAGE_CONSENTS,
  OtpRequest,
  OtpSent,
  Verifier,
  Withdrawn,
  WithdrawRequest,
} from './schemas.ts'

export interface Api {
  /** The issuer's own host: what an OTP's SMS is bound to. */
  readonly host: string
  readonly hash: KeyedHash
  readonly register: Register
  readonly entities: Entities
  readonly otps: Otps
  readonly confirm: Confirm
  readonly consents: Consents
  readonly metrics: Metrics
  /** Takes a message for delivery, and returns at once. */
  readonly send: (message: Message) => void
  /** Called when an entry was revoked. */
  readonly onRevoked: () => void
  readonly addressHeader: string | undefined
}

const json = <Schema>(schema: Schema) => ({ content: { 'application/json': { schema } }, required: true })
const ok = <Schema>(description: string, schema: Schema) => ({
  description,
  content: { 'application/json': { schema } },
})
/** What any request with a body may meet. */
const common = {
  400: problemResponse('bad-json'),
  413: problemResponse('too-large'),
  415: problemResponse('media-type'),
}

const otpRoute = createRoute({
  method: 'post',
  path: '/kyc-vs/otp',
  summary: 'Ask for an OTP, and state the consent',
  description:
    'The answer is the same whether or not the register has the person. Asking again voids the OTP before. ' +
    'An entity’s server states its API key, and the answer is then for that entity.',
  security: [{}, { entity: [] }],
  request: { body: json(OtpRequest) },
  responses: {
    ...common,
    200: ok('The OTP is on its way', OtpSent),
    401: problemResponse('api-key'),
    422: problemResponse('invalid, unknown-verifier'),
    429: problemResponse('over-limit: with Retry-After'),
  },
})

const confirmRoute = createRoute({
  method: 'post',
  path: '/kyc-vs/confirm',
  summary: 'Bring the OTP, and get the signed answer',
  request: { body: json(ConfirmRequest) },
  responses: {
    ...common,
    200: ok('The answer', Answer),
    401: problemResponse('wrong-otp: with tries_left'),
    404: problemResponse('not-registered: said only after a right OTP'),
    410: problemResponse('closed: used, run out, out of tries, or followed by another'),
    422: problemResponse('invalid, holder-key'),
  },
})

const consentsRoute = createRoute({
  method: 'post',
  path: '/kyc-vs/consents',
  summary: `Bring the OTP of a "${MANAGE_CONSENTS}" transaction, and see what was agreed to`,
  request: { body: json(ConsentsRequest) },
  responses: {
    ...common,
    200: ok('The person’s consents', ConsentList),
    401: problemResponse('wrong-otp: with tries_left'),
    410: problemResponse('closed'),
    422: problemResponse('invalid'),
  },
})

const withdrawRoute = createRoute({
  method: 'post',
  path: '/kyc-vs/consents/withdraw',
  summary: 'Withdraw a consent, which revokes its token',
  request: { body: json(WithdrawRequest) },
  responses: {
    ...common,
    200: ok('Withdrawn', Withdrawn),
    401: problemResponse('no-session'),
    404: problemResponse('no-consent'),
    422: problemResponse('invalid'),
  },
})

const verifierRoute = createRoute({
  method: 'get',
  path: '/kyc-vs/verifiers/{id}',
  summary: 'Who asks: the name of a verifying entity',
  request: { params: Verifier.pick({ id: true }) },
  responses: { 200: ok('The entity', Verifier), 404: problemResponse('not-found') },
})

/** What `issuerInterface` answers: described here, so that one document has the whole interface. */
const PUBLISHED = [
  { path: '/.well-known/jwks.json', type: 'application/jwk-set+json', description: 'The issuer’s public keys' },
  { path: '/trust.jwt', type: 'application/jwt', description: 'The trust list, where this service makes it' },
  {
    path: '/status/{n}',
    type: 'application/statuslist+jwt',
    description: 'A status list',
    of: z.object({ n: z.string() }),
  },
] as const

export function issuerApi(api: Api): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result, c) => {
      if (result.success) return undefined
      const errors = result.error.issues.map(({ path, message }) => ({ pointer: pointerOf(path), detail: message }))
      return problem(c, 'invalid', { errors })
    },
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'entity', { type: 'http', scheme: 'bearer' })

  for (const { path, type, description, ...more } of PUBLISHED) {
    app.openAPIRegistry.registerPath({
      method: 'get',
      path,
      summary: description,
      request: 'of' in more ? { params: more.of } : {},
      responses: {
        200: {
          description: `${description}, with an ETag, for any origin`,
          content: { [type]: { schema: z.string() } },
        },
        404: { description: 'There is none here' },
      },
    })
  }

  app.openapi(otpRoute, async (c) => {
    const { mobile, full_name: name, consent } = c.req.valid('json')
    const asker = await askerOf(c, api, consent.verifier)
    if (!asker.ok) return problem(c, asker.fault)
    const person = readPerson(api.hash, mobile, name)
    if (!person) return problem(c, 'invalid')
    const { entity, byServer } = asker
    const opened = await api.otps.open({
      person,
      reference: api.register.reference(person),
      purpose: consent.purpose,
      entity: entity?.id,
      initials: consent.share_initials ? initialsOf(name) : undefined,
      manages: consent.purpose === MANAGE_CONSENTS,
      asker: byServer && entity ? { entity: entity.id } : { address: clientAddress(c, api.addressHeader) },
    })
    api.metrics.otp(opened.ok ? 'asked' : 'over-limit')
    if (!opened.ok) return problem(c, 'over-limit', { retry_after: opened.wait })
    api.send({ to: person.mobile, text: otpText(opened.otp, entity?.name, api.host), idempotencyKey: opened.txn })
    return c.json({ txn_id: opened.txn, expires_in: OTP_SECONDS, resend_in: opened.resendIn }, 200)
  })

  app.openapi(confirmRoute, async (c) => {
    const { txn_id: txn, otp, holder_key: key } = c.req.valid('json')
    // Before the OTP, for a try that cannot end well should cost nothing.
    const holder = key === undefined ? undefined : await holderKey(key)
    if (key !== undefined && !holder) return problem(c, 'holder-key')
    const confirmed = await api.confirm({ txn, otp }, holder)
    api.metrics.confirm(confirmed.kind)
    switch (confirmed.kind) {
      case 'answer': {
        const { token, status, expiresAt } = confirmed
        return c.json({ token, status, expires_at: expiresAt }, 200)
      }
      case 'wrong':
        return problem(c, 'wrong-otp', { tries_left: confirmed.triesLeft })
      case 'closed':
        return problem(c, 'closed')
      case 'not-registered':
        return problem(c, 'not-registered')
    }
  })

  app.openapi(consentsRoute, async (c) => {
    const { txn_id: txn, otp } = c.req.valid('json')
    const checked = await api.otps.check({ txn, otp, manages: true })
    if (checked.kind === 'wrong') return problem(c, 'wrong-otp', { tries_left: checked.triesLeft })
    const opened = checked.kind === 'right' ? await api.consents.open(checked.transaction) : undefined
    if (!opened) return problem(c, 'closed')
    return c.json({ manage: opened.manage, consents: opened.consents.map(shown) }, 200)
  })

  app.openapi(withdrawRoute, async (c) => {
    const { manage, id } = c.req.valid('json')
    const withdrawal = await api.consents.withdraw(manage, id)
    if (withdrawal.kind !== 'withdrawn') return problem(c, withdrawal.kind)
    api.metrics.withdrawn()
    api.onRevoked()
    return c.json({ withdrawn_at: withdrawal.at }, 200)
  })

  app.openapi(verifierRoute, async (c) => {
    const entity = await api.entities.byId(c.req.valid('param').id)
    return entity ? c.json({ id: entity.id, name: entity.name }, 200) : problem(c, 'not-found')
  })
  return app
}

type Asker =
  | { readonly ok: true; readonly entity: Entity | undefined; readonly byServer: boolean }
  | { readonly ok: false; readonly fault: 'api-key' | 'unknown-verifier' }

/** On whose behalf a request asks: the entity of its API key, or the one that it names. */
async function askerOf(c: Context, { entities }: Api, verifier: string | undefined): Promise<Asker> {
  const header = c.req.header('Authorization')
  if (header !== undefined) {
    const apiKey = /^Bearer +(\S+)$/i.exec(header)?.[1]
    const entity = apiKey === undefined ? undefined : await entities.byApiKey(apiKey)
    if (!entity) return { ok: false, fault: 'api-key' }
    // It may ask for itself alone.
    if (verifier !== undefined && verifier !== entity.id) return { ok: false, fault: 'unknown-verifier' }
    return { ok: true, entity, byServer: true }
  }
  const entity = verifier === undefined ? undefined : await entities.byId(verifier)
  if (verifier !== undefined && !entity) return { ok: false, fault: 'unknown-verifier' }
  return { ok: true, entity, byServer: false }
}

/** Cut down to what a token must carry. Nothing for a key that a gate could not use, or a private one. */
async function holderKey(jwk: Readonly<Record<string, unknown>>): Promise<JWK | undefined> {
  return (await importPublicKey(jwk)) ? bareKey(jwk) : undefined
}

const shown = ({ verifier, verifierName, withdrawnAt, ...consent }: Consent) => ({
  id: consent.id,
  purpose: consent.purpose,
  given_at: consent.givenAt,
  shared: { status: true, initials: consent.initialsShared } as const,
  expires_at: consent.expiresAt,
  ...(verifier === null ? {} : { verifier }),
  ...(verifierName === null ? {} : { verifier_name: verifierName }),
  ...(withdrawnAt === null ? {} : { withdrawn_at: withdrawnAt }),
})

/** RFC 6901. */
const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
