// What is made of parts, each right, or wrong by as little as can be: so that it is known beforehand what must come of the whole.
import * as fc from 'fast-check'
import { encode, makeSigner, spareBit, type Json, type Signer } from '../vectors/forge.ts'

export interface Part<T> {
  readonly value: T
  readonly right: boolean
}

/** Mostly right, so that often exactly one part of a whole is wrong. */
export function part<T>(right: readonly T[], wrong: readonly T[]): fc.Arbitrary<Part<T>> {
  const among = (values: readonly T[], isRight: boolean): fc.Arbitrary<Part<T>> =>
    fc.constantFrom(...values).map((value) => ({ value, right: isRight }))
  return fc.oneof({ weight: 24, arbitrary: among(right, true) }, { weight: 1, arbitrary: among(wrong, false) })
}

export const areRight = (parts: Readonly<Record<string, Part<unknown>>>): boolean =>
  Object.values(parts).every(({ right }) => right)

export const stranger = makeSigner('ES256')
/** Somebody else, who says to be this one. */
export const posing = (as: Signer, who: Signer = stranger): Signer => ({ ...who, kid: as.kid })

/** The algorithm that a header states, for a key that has another one. */
export const stated = part<(alg: string) => string>(
  [(alg) => alg],
  [(alg) => (alg === 'ES256' ? 'Ed25519' : 'ES256'), () => 'none', () => 'HS256'],
)

const spare = (segment: string): string => (segment.length % 4 === 0 ? segment : spareBit(segment))

/** Ways to write fields down that a parser may take for the same. Only `compact` is canonical. */
const writings = {
  compact: encode,
  spaced: (fields: Json) => encode(JSON.stringify(fields, null, 1)),
  twice: (fields: Json) => encode(JSON.stringify(fields).replace(/^\{("\w+"):/, '{$1:"x",$1:')),
  escaped: (fields: Json) => encode(JSON.stringify(fields).replace('"typ"', String.raw`"\u0074yp"`)),
  fraction: (fields: Json) => encode(JSON.stringify(fields).replace(/:(\d+)/, ':$1.0')),
  marked: (fields: Json) => encode(`\uFEFF${JSON.stringify(fields)}`),
  spare: (fields: Json) => spare(encode(fields)),
}
type Writing = keyof typeof writings
export const writing: fc.Arbitrary<Writing> = part<Writing>(
  ['compact'],
  ['spaced', 'twice', 'escaped', 'fraction', 'marked', 'spare'],
).map(({ value }) => value)

/** What becomes of a signature on its way. Only the first leaves it as it is. */
export const signature = part<(signature: string) => string>(
  [(text) => text],
  [
    spare,
    (text) => text.slice(0, -2),
    (text) => `${text}AA`,
    (text) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1),
    () => '',
    () => encode(new Uint8Array(64)),
  ],
)

export interface Written {
  readonly text: string
  /** What is written another way may come out the same, and is canonical then. */
  readonly canonical: boolean
}

export function write(
  header: Json,
  payload: Json,
  by: Signer,
  sign: (signature: string) => string,
  [first, second]: readonly [Writing, Writing] = ['compact', 'compact'],
): Written {
  const segments = `${writings[first](header)}.${writings[second](payload)}`
  return {
    text: `${segments}.${sign(encode(by.sign(segments)))}`,
    canonical: segments === `${encode(header)}.${encode(payload)}`,
  }
}
