// Practice: specimen codes, and the belief that judges them. The key that signs them is made anew each time, cannot be read
// out and is in no trust list: only this belief takes what it signed. To a gate in earnest a specimen is a stranger's code.
import { base64url } from 'jose'
import { nothingBelieved } from '../../core/belief.ts'
import { ascii, type Fields } from '../../core/compact.ts'
import { DAY, type TrustList } from '../../core/trust-list.ts'
import type { Belief } from '../../core/verify.ts'
import type { Outcome } from './settings.ts'

export interface Practice {
  readonly belief: Belief
  /** A code for each outcome. */
  readonly specimens: Readonly<Record<Outcome, string>>
}

/** It stands in every specimen twice, as its `kid` and as its initials. */
const SPECIMEN = 'SPECIMEN'
/** No such host can exist (RFC 6761, section 6.4), and so no issuer of that name. */
const ISSUER = 'https://specimen.invalid'
const STRANGER = 'https://stranger.invalid'

/**
 * Makes a round of specimens for an hour. Fails where there is no WebCrypto: on an insecure page.
 * @param now seconds since 1970 UTC
 */
export async function preparePractice(now: number): Promise<Practice> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])

  async function sign(claims: Fields): Promise<string> {
    const header = { alg: 'ES256', typ: 'vs+jwt', kid: SPECIMEN }
    const signed = [header, { iss: ISSUER, iat: now - 60, exp: now + 3600, n: SPECIMEN, ...claims }]
      .map((part) => base64url.encode(JSON.stringify(part)))
      .join('.')
    const signature = await crypto.subtle.sign(
      { name: 'ECDSA', hash: 'SHA-256' },
      pair.privateKey,
      // The platform's types want bytes that no other thread shares.
      new Uint8Array(ascii(signed)),
    )
    return `${signed}.${base64url.encode(new Uint8Array(signature))}`
  }

  const key = { alg: 'ES256', key: pair.publicKey, kid: SPECIMEN, nbf: 0, exp: Number.MAX_SAFE_INTEGER } as const
  const trust: TrustList = {
    jws: '',
    root: '',
    retired: new Set(),
    iat: now - 60,
    exp: now + DAY,
    seq: 0,
    issuers: new Map([
      [ISSUER, { iss: ISSUER, name: SPECIMEN, keys: new Map([[SPECIMEN, key]]), statusLists: new Set(), minIat: 0 }],
    ]),
    dropped: [],
  }
  const [full, partly, none, refused, unsure] = await Promise.all([
    sign({ vs: 2 }),
    sign({ vs: 1 }),
    sign({ vs: 0 }),
    sign({ vs: 2, iat: now - 2 * DAY, exp: now - DAY }),
    sign({ vs: 2, iss: STRANGER }),
  ])
  return { belief: { ...nothingBelieved(0), trust }, specimens: { full, partly, none, refused, unsure } }
}
