// Status token: a compact JWS, typ "vs+jwt" (bearer) or "vs+sd-jwt" (live), with a closed set of members, in a QR as
// text or as the fragment of an https: URL. docs/profile.md, sections 1 to 3. This file reads the form, and only that.
import {
  decodeSegment,
  hasExactly,
  isCanonical,
  isCanonicalBytes,
  isCount,
  isFields,
  isHttps,
  isText,
  openSegment,
  segmentsOf,
  type Fields,
} from './compact.ts'
import { DAY } from './trust-list.ts'
import { refused, unreadable, type Refused, type Status, type Unreadable } from './verdict.ts'

/** Caps, in characters. A QR holds at most 2953; a URL in front of a token may be as long as a browser takes. */
export const TOKEN_LENGTH = 2048
export const KB_JWT_LENGTH = 2048
export const CODE_LENGTH = 8192

/** How far a clock may be off, in seconds. */
export const TOLERANCE = 60

export interface Claims {
  readonly iss: string
  readonly iat: number
  readonly exp: number
  readonly nbf?: number
  readonly vs: Status
  readonly aud?: string
  readonly n?: string
  readonly status?: { readonly idx: number; readonly uri: string }
  readonly cnf?: Fields
}

/** What a code holds, as far as its form tells. Nothing in it is proven. */
export interface Unproven {
  readonly kind: 'unproven'
  readonly jws: string
  readonly alg: string
  readonly kid: string
  readonly live: boolean
  /** What stands after the first `~`; the KB-JWT of a live token. */
  readonly presentation: string | undefined
  readonly claims: Claims
}

const fragment = /^https:\/\/[^\s#]+#(.*)$/is
const shape = /^([\w.-]+)(?:~([\w.~-]*))?$/

/**
 * Reads the form of a code. Until a code has said by its `typ` that it is one of ours, what is wrong with it makes it
 * some other code (`unreadable`); from there on, a fault is the token's (`refused`).
 */
export function readForm(text: string): Unproven | Refused | Unreadable {
  if (text.length > CODE_LENGTH) return unreadable('not-a-token')
  const [, jws = '', presentation] = shape.exec(fragment.exec(text)?.[1] ?? text) ?? []
  const segments = jws.length > TOKEN_LENGTH ? undefined : segmentsOf(jws)
  if (!segments) return unreadable('not-a-token')
  const [first, second, third] = segments
  const decoded = decodeSegment(first)
  if (!decoded) return unreadable('not-a-token')
  const { fields: header } = decoded
  const live = header['typ'] === 'vs+sd-jwt'
  if (!live && header['typ'] !== 'vs+jwt') return unreadable('wrong-profile')

  const { alg, kid } = header
  if (alg !== 'ES256' && alg !== 'Ed25519') return refused('bad-signature')
  if (!isText(kid) || kid.length > 64 || !hasExactly(header, ['alg', 'typ', 'kid'])) return refused('bad-claims')
  if (!isCanonical(first, decoded)) return refused('bad-claims')
  if (!isCanonicalBytes(third)) return refused('bad-signature')
  const payload = openSegment(second)
  const claims = payload && readClaims(payload)
  if (!claims || (claims.cnf !== undefined) !== live) return refused('bad-claims')
  if (!live && presentation !== undefined) return refused('bad-claims')
  return { kind: 'unproven', jws, alg, kid, live, presentation, claims }
}

const required = ['iss', 'iat', 'exp', 'vs']
const optional = ['nbf', 'aud', 'n', 'status', 'cnf']
const initials = /^[\p{L} .]{1,8}$/u

function readClaims(payload: Fields): Claims | undefined {
  if (!hasExactly(payload, required, optional)) return undefined
  const { iss, iat, exp, nbf, vs, aud, n, status, cnf } = payload
  if (!isHttps(iss) || !isCount(iat) || !isCount(exp) || (vs !== 0 && vs !== 1 && vs !== 2)) return undefined
  if (nbf !== undefined && !isCount(nbf)) return undefined
  if (aud !== undefined && !isText(aud)) return undefined
  if (n !== undefined && !(typeof n === 'string' && initials.test(n))) return undefined
  const entry = status === undefined ? undefined : readStatus(status)
  if (entry === null) return undefined
  if (cnf !== undefined && !(isFields(cnf) && hasExactly(cnf, ['jwk']) && isFields(cnf['jwk']))) return undefined
  return {
    iss,
    iat,
    exp,
    vs,
    ...(nbf === undefined ? {} : { nbf }),
    ...(aud === undefined ? {} : { aud }),
    ...(n === undefined ? {} : { n }),
    ...(entry === undefined ? {} : { status: entry }),
    ...(isFields(cnf) && isFields(cnf['jwk']) ? { cnf: cnf['jwk'] } : {}),
  }
}

function readStatus(status: unknown): { idx: number; uri: string } | null {
  if (!isFields(status) || !hasExactly(status, ['status_list'])) return null
  const entry = status['status_list']
  if (!isFields(entry) || !hasExactly(entry, ['idx', 'uri'])) return null
  const { idx, uri } = entry
  return isCount(idx) && isHttps(uri) ? { idx, uri } : null
}

/** The longest life of a token, in seconds: longer where it can be withdrawn through a status list. */
export function longestLife(live: boolean, revocable: boolean): number {
  if (!revocable) return DAY
  return live ? 7 * DAY : 28 * DAY
}
