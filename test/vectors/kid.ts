// The kid of a token: 1 to 64 characters, and a key is looked up by (iss, kid). Profile, section 1.
import { refused, unsure } from '../../src/core/verdict.ts'
import { makeSigner } from './forge.ts'
import {
  bearer,
  issuerEntry,
  issuerKey,
  listedKey,
  otherEntry,
  otherKey,
  trustList,
  verified,
  type Case,
  type Cases,
} from './good.ts'

const { kid } = issuerKey

const withKid = (name: string): Case => {
  const signer = makeSigner('ES256', name)
  return {
    about: `kid of ${name.length} characters`,
    trust: [trustList({ issuers: [issuerEntry({ keys: [listedKey(issuerKey), listedKey(signer)] })] })],
    code: bearer({}, {}, signer),
    expect: verified(2),
  }
}
const sameKid = makeSigner('ES256', kid)
const kidAtTwo = [
  trustList({ issuers: [issuerEntry(), otherEntry({ keys: [listedKey(otherKey), listedKey(sameKid)] })] }),
]

export const kids: Cases = {
  'header-kid-missing': {
    about: 'kid is missing',
    code: bearer({}, { kid: undefined }),
    expect: refused('bad-claims'),
  },
  'header-kid-empty': { about: 'kid is empty', code: bearer({}, { kid: '' }), expect: refused('bad-claims') },
  'header-kid-number': { about: 'kid is a number', code: bearer({}, { kid: 7 }), expect: refused('bad-claims') },
  'header-kid-null': { about: 'kid is null', code: bearer({}, { kid: null }), expect: refused('bad-claims') },
  'header-kid-1': withKid('k'),
  'header-kid-64': withKid('k'.repeat(64)),
  'header-kid-65': {
    about: 'kid of 65 characters',
    code: bearer({}, { kid: 'k'.repeat(65) }),
    expect: refused('bad-claims'),
  },
  'header-kid-unknown': {
    about: 'no key of that kid',
    code: bearer({}, { kid: 'nobody00' }),
    expect: unsure('unknown-key'),
  },
  'header-kid-proto': {
    about: 'kid is __proto__',
    code: bearer({}, { kid: '__proto__' }),
    expect: unsure('unknown-key'),
  },
  'header-kid-of-another-issuer': {
    about: 'signed by a trusted key that belongs to another issuer',
    code: bearer({}, {}, otherKey),
    expect: unsure('unknown-key'),
  },
  'header-kid-at-two-issuers': {
    about: 'two issuers have a key of one kid; this is the one of iss',
    trust: kidAtTwo,
    code: bearer(),
    expect: verified(2),
  },
  'header-kid-at-two-issuers-wrong-one': {
    about: 'two issuers have a key of one kid; this is the one of the other issuer',
    trust: kidAtTwo,
    code: bearer({}, {}, sameKid),
    expect: refused('bad-signature'),
  },
}
