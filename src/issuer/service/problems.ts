// Problem details (RFC 9457): everything that can go wrong with a request, in one table. A `type` never changes its meaning.
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'

const PROBLEMS = {
  'bad-json': { status: 400, title: 'The body is no JSON' },
  invalid: { status: 422, title: 'The request is not as it must be' },
  'unknown-verifier': { status: 422, title: 'No such verifying entity is registered' },
  'holder-key': { status: 422, title: 'The holder key is no public P-256 or Ed25519 key' },
  'api-key': { status: 401, title: 'The API key is not, or no longer, one' },
  'wrong-otp': { status: 401, title: 'The OTP is wrong' },
  'no-session': { status: 401, title: 'The session is over' },
  'not-registered': { status: 404, title: 'The register does not have this number and name' },
  'no-consent': { status: 404, title: 'There is no such consent' },
  'not-found': { status: 404, title: 'There is nothing here' },
  closed: { status: 410, title: 'This OTP can no longer be used' },
  'too-large': { status: 413, title: 'The body is too large' },
  'media-type': { status: 415, title: 'The body must be application/json' },
  'over-limit': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong here' },
  unavailable: { status: 503, title: 'Not ready' },
} as const

export type ProblemName = keyof typeof PROBLEMS
type StatusOf<Name extends ProblemName> = (typeof PROBLEMS)[Name]['status']

export const PROBLEM_TYPE = 'application/problem+json'
const URN = 'urn:kyc-vs:problem:'

export const Problem = z
  .object({
    type: z.string().openapi({ example: `${URN}wrong-otp`, description: 'Stable: what a program goes by' }),
    title: z.string(),
    status: z.int(),
    tries_left: z.int().optional().openapi({ description: 'wrong-otp: how many tries this OTP has left' }),
    retry_after: z.int().optional().openapi({ description: 'over-limit: seconds to wait, as in Retry-After' }),
    errors: z
      .array(z.object({ pointer: z.string(), detail: z.string() }))
      .optional()
      .openapi({ description: 'invalid: where, as JSON Pointer, and what' }),
  })
  .openapi('Problem')

export type ProblemMembers = Omit<z.infer<typeof Problem>, 'type' | 'title' | 'status'>

/** A response of an OpenAPI route. */
export const problemResponse = (description: string) => ({
  description,
  content: { [PROBLEM_TYPE]: { schema: Problem } },
})

const describe = (name: ProblemName, more: ProblemMembers): z.infer<typeof Problem> => ({
  type: URN + name,
  ...PROBLEMS[name],
  ...more,
})

/** Answers with a problem, from a route that declares its status. */
export function problem<Name extends ProblemName>(c: Context, name: Name, more: ProblemMembers = {}) {
  const status: StatusOf<Name> = PROBLEMS[name].status
  return c.json(describe(name, more), status, headersOf(more))
}

/** `Cache-Control`, for a problem is of the moment; `Retry-After` where it is known. */
function headersOf({ retry_after: wait }: ProblemMembers): Record<string, string> {
  return {
    'Content-Type': PROBLEM_TYPE,
    'Cache-Control': 'no-store',
    ...(wait === undefined ? {} : { 'Retry-After': String(wait) }),
  }
}
