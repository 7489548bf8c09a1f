// What the API takes and gives, in one place: the same schemas check requests and make the OpenAPI document.
import { z } from '@hono/zod-openapi'
import { isEntityId } from './entity.ts'
import { isName, mobileOf, NAME_LENGTH } from './person.ts'

/** The purpose of an OTP that opens a person's consents. No token is made of it. */
export const MANAGE_CONSENTS = 'manage-consents'

/** One line, for people to read. */
const line = (length: number) =>
  z
    .string()
    .min(1)
    .max(length)
    .regex(/^\P{C}+$/u, 'It must be one line of text.')
const seconds = (description: string) => z.int().openapi({ description: `${description}, in seconds since 1970 UTC` })
const txn = z.uuid().openapi({ example: '6f1c8e9e-4f2e-4b7e-9d53-0b1f5c0b6a11' })
const otp = z
  .string()
  .regex(/^\d{6}$/, 'It has six digits.')
  .openapi({ example: '123456' })

const Consent = z.object({
  purpose: line(200).openapi({
    example: 'Boarding',
    description: `What the answer is for. "${MANAGE_CONSENTS}" opens the person's consents instead.`,
  }),
  verifier: z
    .string()
    .refine(isEntityId, 'It is no id of a verifying entity.')
    .optional()
    .openapi({ example: 'rail-booking', description: 'The one entity that the answer is for' }),
  share_initials: z.boolean().openapi({ description: 'Whether the answer may carry initials, for an ID check' }),
})

export const OtpRequest = z
  .object({
    mobile: z
      .string()
      .max(40)
      .refine((text) => mobileOf(text) !== undefined, 'It must be E.164, or the ten digits of an Indian mobile.')
      .openapi({ example: '+919876543210' }),
    full_name: z.string().max(NAME_LENGTH).refine(isName, 'It must be a name.').openapi({ example: 'Asha Nair' }),
    consent: Consent,
  })
  .openapi('OtpRequest')

export const OtpSent = z
  .object({
    txn_id: txn,
    expires_in: z.int().openapi({ description: 'Seconds for which the OTP can be used' }),
    resend_in: z.int().openapi({ description: 'Seconds until it may be asked for again' }),
  })
  .openapi('OtpSent')

export const ConfirmRequest = z
  .object({
    txn_id: txn,
    otp,
    holder_key: z
      .record(z.string(), z.unknown())
      .optional()
      .openapi({ description: 'A public key (JWK, P-256 or Ed25519): makes a live token, bound to it' }),
  })
  .openapi('ConfirmRequest')

export const Answer = z
  .object({
    token: z.string().openapi({ description: 'The status token, a compact JWS (docs/profile.md, section 1)' }),
    status: z
      .union([z.literal(0), z.literal(1), z.literal(2)])
      .openapi({ description: '0 not vaccinated, 1 partly, 2 fully' }),
    expires_at: seconds('When the token runs out'),
  })
  .openapi('Answer')

export const ConsentsRequest = z.object({ txn_id: txn, otp }).openapi('ConsentsRequest')

export const ConsentList = z
  .object({
    manage: z.string().openapi({ description: 'A secret for ten minutes, to withdraw with' }),
    consents: z.array(
      z
        .object({
          id: z.uuid(),
          verifier: z
            .string()
            .optional()
            .openapi({ description: 'The entity that asked; nobody in particular without' }),
          verifier_name: z.string().optional(),
          purpose: z.string(),
          given_at: seconds('When it was given'),
          shared: z
            .object({ status: z.literal(true), initials: z.boolean() })
            .openapi({ description: 'What the token carries of the person' }),
          expires_at: seconds('When the token runs out'),
          withdrawn_at: seconds('When it was withdrawn').optional(),
        })
        .openapi('Consent'),
    ),
  })
  .openapi('ConsentList')

export const WithdrawRequest = z.object({ manage: z.string().min(1).max(100), id: z.uuid() }).openapi('WithdrawRequest')

export const Withdrawn = z.object({ withdrawn_at: seconds('When it was withdrawn') }).openapi('Withdrawn')

export const Verifier = z.object({ id: z.string(), name: z.string() }).openapi('Verifier')
