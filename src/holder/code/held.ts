// A code as this page holds it: the token, the key that it is bound to, and what the token says, for its owner to read.
import { readForm } from '../../core/profile.ts'
import type { Status } from '../../core/verdict.ts'

export interface HeldCode {
  readonly id: string
  /** The name that was typed, to tell one from another: a family may share a phone. */
  readonly label: string
  readonly token: string
  /** Signs a live code's presentations, and cannot be read out; nothing for a paper code. */
  readonly key: CryptoKey | undefined
}

/** What a token says. Its owner's page shows it and judges nothing: that is for gates. Times in seconds since 1970 UTC. */
export interface Said {
  readonly status: Status
  readonly initials: string | undefined
  readonly issuer: string
  /** The one verifying entity that it is for. */
  readonly audience: string | undefined
  readonly issuedAt: number
  readonly expiresAt: number
  readonly live: boolean
}

/** Nothing for a text that is no token of the profile. */
export function saidBy(token: string): Said | undefined {
  const form = readForm(token)
  if (form.kind !== 'unproven') return undefined
  const { iss, vs, n, aud, iat, exp } = form.claims
  return { status: vs, initials: n, issuer: iss, audience: aud, issuedAt: iat, expiresAt: exp, live: form.live }
}

/** A pair whose private half never leaves this device, nor this browser; and the public half, bare, for the service. */
export async function makeHolderKey(): Promise<{ readonly key: CryptoKey; readonly jwk: JsonWebKey }> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
  const { kty = '', crv = '', x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  return { key: pair.privateKey, jwk: { kty, crv, x, y } }
}
