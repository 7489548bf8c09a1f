// Inputs for the property tests: any text, and what a key that is trusted might sign.
import * as fc from 'fast-check'
import { claims, header, issuerKey } from '../vectors/good.ts'

/** Any text: of all of Unicode, broken or not, or of the letters that tokens are made of. */
const oneOf = (letters: string): fc.Arbitrary<string> => fc.constantFrom(...letters.split(''))
const tokenLetters = fc.string({ unit: oneOf('eyJ0AZaz09-_.~{}":#'), maxLength: 400 })
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
  tokenLetters,
  tokenLetters.map((text) => `https://gate.example/#${text}`),
  fc.json(),
)
/** Texts that look like JSON, signed or to be signed by the key that is trusted. */
export const anyJson = fc.oneof(fc.json(), fc.string(), fc.constant(JSON.stringify(claims())))
export const someClaims = fc
  .dictionary(
    fc.constantFrom(...Object.keys(claims()), 'nbf', 'aud', 'n', 'status', 'cnf', '__proto__'),
    fc.jsonValue(),
  )
  .map((change) => JSON.stringify(claims(change)))
export const someHeader = fc
  .dictionary(fc.constantFrom('alg', 'typ', 'kid', 'crit', 'b64', 'zip', '__proto__'), fc.jsonValue())
  .map((change) => JSON.stringify(header(issuerKey, change)))

const letters = fc.oneof(oneOf('ABYZabyz0189-_.~=+/ #\n'), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }))

/** A change at one place of a text, by what is done there. */
export const edit = fc.record({
  how: fc.constantFrom('replace', 'insert', 'delete', 'swap', 'flip', 'cut', 'repeat'),
  at: fc.nat(4000),
  letter: letters,
})

export function edited(text: string, { how, at, letter }: { how: string; at: number; letter: string }): string {
  const place = at % text.length
  const [before, here, after] = [text.slice(0, place), text.charAt(place), text.slice(place + 1)]
  switch (how) {
    case 'replace':
      return before + letter + after
    case 'insert':
      return before + letter + here + after
    case 'delete':
      return before + after
    case 'swap':
      return before + after.charAt(0) + here + after.slice(1)
    case 'flip':
      return before + String.fromCharCode(here.charCodeAt(0) ^ 1) + after
    case 'cut':
      return before
    default:
      return before + here + here + after
  }
}
