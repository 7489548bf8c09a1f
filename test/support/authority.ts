// An issuer and a root of a test's own, which sign whatever the test wants.
import type { JWK } from 'jose'
import { DAY } from '../../src/core/trust-list.ts'
import {
  makeKey,
  publicJwk,
  signStatusList,
  signToken,
  signTrustList,
  type IssuerEntry,
  type PrivateJwk,
  type TokenClaims,
  type TrustListClaims,
} from '../../src/issuer/sign.ts'

export interface Authority {
  readonly root: PrivateJwk
  /** As `config.json` names it. */
  readonly publicRoot: JWK
  readonly issuer: PrivateJwk
  readonly iss: string
  readonly statusUri: string
  /** The issuer as a trust list names it. */
  readonly entry: IssuerEntry
  /** Names the issuer and its key, made ten minutes ago for 30 days, unless stated. */
  trustList(change?: Partial<TrustListClaims>, root?: PrivateJwk): Promise<string>
  /** 1024 entries, made ten minutes ago unless stated. */
  statusList(revoked?: readonly number[], iat?: number): Promise<string>
  /** A bearer token of status 2 for a day, unless stated. */
  token(change?: Partial<TokenClaims>, key?: PrivateJwk): Promise<string>
}

export const SECONDS = (): number => Math.floor(Date.now() / 1000)

/** @param origin where its lists are published: `/trust.jwt` and `/status/1` */
export async function makeAuthority(origin: string): Promise<Authority> {
  const [root, issuer] = await Promise.all([makeKey('ES256', 'root'), makeKey('ES256', 'issuer')])
  const since = SECONDS() - 600
  const statusUri = `${origin}/status/1`
  const entry: IssuerEntry = {
    iss: origin,
    name: 'Example Health Authority',
    keys: [publicJwk(issuer)],
    status_lists: [statusUri],
  }
  return {
    root,
    publicRoot: publicJwk(root),
    issuer,
    iss: origin,
    statusUri,
    entry,
    trustList: (change = {}, by = root) => {
      const iat = change.iat ?? since
      return signTrustList({ iss: origin, exp: iat + 30 * DAY, seq: 1, issuers: [entry], ...change, iat }, by)
    },
    statusList: (revoked = [], iat = since) =>
      signStatusList({ uri: statusUri, iat, exp: iat + 30 * DAY, size: 1024, revoked }, issuer),
    token: (change = {}, key = issuer) =>
      signToken({ iss: origin, iat: since, exp: since + DAY, vs: 2, ...change }, key),
  }
}
