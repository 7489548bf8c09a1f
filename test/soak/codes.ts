// What is shown to the gate in the long run: thousands of codes, no two alike, of every outcome, each with what a right
// gate answers.
import { DAY } from '../../src/core/trust-list.ts'
import { makeKey, type TokenClaims } from '../../src/issuer/sign.ts'
import { SECONDS, type Authority } from '../support/authority.ts'

/** What a verdict's element says, as `kind status-or-reason tone initials`. */
export type Answer = string

export interface Code {
  readonly text: string
  readonly answer: Answer
}

/** Entries of the status list that are revoked. */
export const REVOKED: readonly number[] = [3, 5, 700]

interface Kind {
  readonly answer: Answer
  readonly claims?: Partial<TokenClaims>
  readonly by?: 'stranger'
}

const listed = ({ statusUri: uri }: Authority, idx: number) => ({ status_list: { idx, uri } })

/** Those that are handed in. The queue is of people who are vaccinated, mostly. */
const queue = (authority: Authority): readonly Kind[] => [
  { answer: 'verified 2 green', claims: { vs: 2 } },
  { answer: 'verified 1 amber', claims: { vs: 1 } },
  { answer: 'verified 2 green', claims: { vs: 2, status: listed(authority, 7) } },
  { answer: 'verified 0 red', claims: { vs: 0, status: listed(authority, 8) } },
  { answer: 'refused expired dark', claims: { iat: SECONDS() - 3 * DAY, exp: SECONDS() - 2 * DAY } },
  { answer: 'verified 2 green', claims: { vs: 2, aud: 'example-mall' } },
  { answer: 'refused revoked dark', claims: { status: listed(authority, 700) } },
  { answer: 'unsure unknown-key grey', by: 'stranger' },
]

/** Those before the camera have initials, which no code that is handed in has: so their verdicts can be told apart. */
const film: readonly Kind[] = [
  { answer: 'verified 2 green F', claims: { vs: 2, n: 'F' } },
  { answer: 'verified 1 amber P', claims: { vs: 1, n: 'P' } },
  { answer: 'verified 0 red N', claims: { vs: 0, n: 'N' } },
]

export interface Codes {
  /** The next ones that are handed in, one after another. */
  next(count: number): Promise<readonly Code[]>
  readonly film: readonly Code[]
}

export async function makeCodes(authority: Authority): Promise<Codes> {
  const stranger = await makeKey('ES256', 'issuer')
  const kinds = queue(authority)
  const made = async ({ answer, claims = {}, by }: Kind): Promise<Code> => {
    const key = by === 'stranger' ? stranger : authority.issuer
    return { text: await authority.token(claims, key), answer }
  }
  let given = 0
  return {
    async next(count) {
      const codes: Code[] = []
      for (; codes.length < count; given++) {
        const kind = kinds[given % kinds.length]
        // ES256 signs each time with another random number, so even equal claims make another code.
        if (kind) codes.push(await made(kind))
      }
      return codes
    },
    film: await Promise.all(film.map((kind) => made(kind))),
  }
}
