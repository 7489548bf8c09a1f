// The signature of a token. The twin (r, n - s) of an ES256 signature also verifies, as RFC 7518 has it, and is not a flaw.
import { sign } from 'node:crypto'
import { refused } from '../../src/core/verdict.ts'
import { compact, encode, makeSigner, spareBit, split, type Signer } from './forge.ts'
import { bearer, claims, header, issuerEd25519, issuerKey, otherKey, root, verified, type Cases } from './good.ts'

/** A good token whose signature bytes were changed. */
const altered = (change: (bytes: Buffer) => Uint8Array, signer: Signer = issuerKey): string =>
  compact(header(signer), claims(), { sign: (data) => change(Buffer.from(signer.sign(data))) })

const flip = (at: number, bit: number) => (bytes: Buffer) => {
  bytes[at] = (bytes[at] ?? 0) ^ bit
  return bytes
}

/** RFC 8032, section 5.1.7: S is less than the order L of the group; S + L would be a second signature. */
function plusOrder(bytes: Buffer): Uint8Array {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n
  const s = BigInt(`0x${Buffer.from(bytes.subarray(32).toReversed()).toString('hex')}`) + order
  const twin = Buffer.from(s.toString(16).padStart(64, '0'), 'hex').toReversed()
  return Buffer.concat([bytes.subarray(0, 32), twin])
}

const [first, second, third] = split(bearer())
const [, none] = split(bearer({ vs: 0 }))
const [, , ofAnother] = split(bearer({ vs: 1 }))
const impostor = makeSigner('ES256', issuerKey.kid)

const good: Cases = {
  'signature-es256': { about: 'signed with ES256', code: bearer(), expect: verified(2) },
  'signature-ed25519': { about: 'signed with Ed25519', code: bearer({}, {}, issuerEd25519), expect: verified(2) },
}

const bad: Record<string, [about: string, code: string]> = {
  'first-bit': ['the first bit is flipped', altered(flip(0, 0x80))],
  'last-bit': ['the last bit is flipped', altered(flip(63, 1))],
  empty: ['no signature', `${first}.${second}.`],
  'cut-short': ['the last byte is missing', altered((bytes) => bytes.subarray(0, 63))],
  'too-long': ['a byte too many', altered((bytes) => Buffer.concat([bytes, Buffer.of(0)]))],
  zero: ['r and s are 0', altered(() => new Uint8Array(64))],
  ones: ['all bits are 1', altered(() => new Uint8Array(64).fill(0xff))],
  'halves-swapped': ['s before r', altered((bytes) => Buffer.concat([bytes.subarray(32), bytes.subarray(0, 32)]))],
  der: [
    'in DER form',
    compact(header(issuerKey), claims(), {
      sign: (data) => sign('sha256', Buffer.from(data), issuerKey.privateKey),
    }),
  ],
  'spare-bit': ['a spare bit is set in the last character', `${first}.${second}.${spareBit(third)}`],
  'length-4n-1': ['a length that base64url never has', `${first}.${second}.${third}AAA`],
  'of-another-token': ['of another token of the issuer', `${first}.${second}.${ofAnother}`],
  'payload-swapped': ['under the payload of another token', `${first}.${none}.${third}`],
  'header-changed': [
    'under a header that was written anew',
    `${encode({ typ: 'vs+jwt', alg: 'ES256', kid: issuerKey.kid })}.${second}.${third}`,
  ],
  impostor: ['by a key that nobody trusts, under a trusted kid', bearer({}, {}, impostor)],
  'other-issuer': [
    'by the key of another issuer, under a trusted kid',
    bearer({}, {}, { ...otherKey, kid: issuerKey.kid }),
  ],
  root: ['by the root, which signs lists and no tokens', bearer({}, {}, { ...root, kid: issuerKey.kid })],
  'ed25519-bit': ['Ed25519, a bit is flipped', altered(flip(40, 1), issuerEd25519)],
  'ed25519-cut-short': ['Ed25519, the last byte is missing', altered((b) => b.subarray(0, 63), issuerEd25519)],
  'ed25519-zero': ['Ed25519, all bytes are 0', altered(() => new Uint8Array(64), issuerEd25519)],
  'ed25519-s-plus-order': ['Ed25519, S + L for S', altered(plusOrder, issuerEd25519)],
}

export const signatures: Cases = {
  ...good,
  ...Object.fromEntries(
    Object.entries(bad).map(([name, [about, code]]) => [
      `signature-${name}`,
      { about, code, expect: refused('bad-signature') },
    ]),
  ),
}
