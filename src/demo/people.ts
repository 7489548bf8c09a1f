// The people of the demo. Their names are invented. Each holds up one code, and the gate has one right answer to it.
import { importJWK } from 'jose'
import { DAY } from '../core/trust-list.ts'
import type { Refusal, Doubt, Misread, Status } from '../core/verdict.ts'
import { present } from '../holder/present.ts'
import { bareKey } from '../issuer/key-file.ts'
import { makeKey, signToken, type PrivateJwk, type TokenClaims } from '../issuer/sign.ts'

/** A verdict, as `kycvs verify` prints it. */
export type Expected =
  | { readonly kind: 'verified'; readonly status: Status }
  | { readonly kind: 'refused'; readonly reason: Refusal }
  | { readonly kind: 'unsure'; readonly reason: Doubt }
  | { readonly kind: 'unreadable'; readonly reason: Misread }

/** Who signs and holds what in the demo. */
export interface Cast {
  /** The listed issuer's URL, and the status list that it keeps. */
  readonly iss: string
  readonly statusUri: string
  readonly issuer: PrivateJwk
  /** An issuer that no trust list names. */
  readonly stranger: PrivateJwk
  readonly holder: PrivateJwk
}

export interface Person {
  readonly id: string
  readonly name: string
  readonly about: string
  /** What the gate should show, in words. */
  readonly shows: string
  readonly expect: Expected
  /** Whether the code is bound to the holder's key, and made anew for each showing. */
  readonly live?: true
  /** What stands in the code, or for a live one, what a presentation is made from. */
  readonly code: (cast: Cast, now: number) => Promise<string>
}

/** Entries of the demo's status list. They are spread out, as an issuer would do it. */
const INDEX = { fully: 4711, partly: 20_377, none: 9_003, expired: 31_990, revoked: 15_122, live: 27_645 } as const
export const REVOKED: readonly number[] = [INDEX.revoked]
export const STATUS_LIST_SIZE = 2 ** 15

/** Issued a little while ago, so that a phone whose clock is a bit behind takes it too. */
const SINCE = 300

function claims(cast: Cast, now: number, vs: Status, index: number): TokenClaims {
  const iat = now - SINCE
  return { iss: cast.iss, iat, exp: iat + 28 * DAY, vs, status: { status_list: { idx: index, uri: cast.statusUri } } }
}

export const people: readonly Person[] = [
  {
    id: 'fully',
    name: 'Asha Nair',
    about: 'Fully vaccinated. She agreed to have her initials in the code.',
    shows: 'Green, with her initials, A.N.',
    expect: { kind: 'verified', status: 2 },
    code: (cast, now) => signToken({ ...claims(cast, now, 2, INDEX.fully), n: 'A.N.' }, cast.issuer),
  },
  {
    id: 'partly',
    name: 'Bilal Haddad',
    about: 'Partly vaccinated.',
    shows: 'Amber.',
    expect: { kind: 'verified', status: 1 },
    code: (cast, now) => signToken(claims(cast, now, 1, INDEX.partly), cast.issuer),
  },
  {
    id: 'none',
    name: 'Chloe Martin',
    about: 'Not vaccinated.',
    shows: 'Red.',
    expect: { kind: 'verified', status: 0 },
    code: (cast, now) => signToken(claims(cast, now, 0, INDEX.none), cast.issuer),
  },
  {
    id: 'live',
    name: 'Gita Rao',
    about:
      'Fully vaccinated, with a live code: her phone makes a new one every 30 seconds. An old picture of it is worth nothing.',
    shows: 'Green; a picture that is older than a minute, not valid.',
    expect: { kind: 'verified', status: 2 },
    live: true,
    code: (cast, now) => {
      const jwk = bareKey(cast.holder) ?? {}
      const exp = now - SINCE + 7 * DAY
      return signToken({ ...claims(cast, now, 2, INDEX.live), exp, cnf: { jwk } }, cast.issuer)
    },
  },
  {
    id: 'expired',
    name: 'Daniel Okafor',
    about: 'His code ran out three days ago.',
    shows: 'Dark: not valid, expired.',
    expect: { kind: 'refused', reason: 'expired' },
    code: (cast, now) => {
      const exp = now - 3 * DAY
      return signToken({ ...claims(cast, now, 2, INDEX.expired), iat: exp - 10 * DAY, exp }, cast.issuer)
    },
  },
  {
    id: 'revoked',
    name: 'Elena Petrova',
    about: 'The issuer has withdrawn her code.',
    shows: 'Dark: not valid, withdrawn.',
    expect: { kind: 'refused', reason: 'revoked' },
    code: (cast, now) => signToken(claims(cast, now, 2, INDEX.revoked), cast.issuer),
  },
  {
    id: 'forged',
    name: 'Felix Brandt',
    about: 'He made the code himself, in the issuer’s name, with a key of his own.',
    shows: 'Dark: not valid, the signature is wrong.',
    expect: { kind: 'refused', reason: 'bad-signature' },
    code: async (cast, now) => {
      const forger = await makeKey('ES256', 'issuer')
      return signToken(claims(cast, now, 2, INDEX.fully), { ...forger, kid: cast.issuer.kid })
    },
  },
  {
    id: 'stranger',
    name: 'Hana Sato',
    about: 'Her code comes from an issuer that is not on this gate’s trust list.',
    shows: 'Grey: cannot check, unknown issuer.',
    expect: { kind: 'unsure', reason: 'unknown-key' },
    code: (cast, now) => {
      const iat = now - SINCE
      return signToken({ iss: 'https://elsewhere.example', iat, exp: iat + DAY, vs: 2 }, cast.stranger)
    },
  },
  {
    id: 'link',
    name: 'A poster',
    about: 'No person at all: the web link of a café’s menu.',
    shows: 'No verdict. A short line says that it is some other code, and scanning goes on.',
    expect: { kind: 'unreadable', reason: 'not-a-token' },
    code: async () => 'https://cafe.example/menu',
  },
]

/** Shows a live token now, with the holder's key. */
export async function presentNow(token: string, holder: PrivateJwk, now: number): Promise<string> {
  const key = await importJWK(holder, holder.alg)
  if (key instanceof Uint8Array) throw new TypeError('a signing key is never a secret of bytes')
  return present(token, { alg: holder.alg, key }, now)
}
