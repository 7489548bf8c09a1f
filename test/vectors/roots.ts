// Roots that hand over to the next, and the lowest number that a list may have. Profile, sections 4 and 6.
import { unsure } from '../../src/core/verdict.ts'
import { compact, makeRoot, type Json, type Signer } from './forge.ts'
import { config, DAY, issuerKey, now, otherKey, root, statusList, trustList, verified, type Cases } from './good.ts'

const [second, third, stranger] = [makeRoot('ES256'), makeRoot('Ed25519'), makeRoot('ES256')]

const link = (from: Signer, to: readonly Signer[], change: Json = {}, headerChange: Json = {}, by = from): string =>
  compact(
    { alg: from.alg, typ: 'root-link+jwt', kid: from.kid, ...headerChange },
    { iat: now - DAY, roots: to.map(({ jwk }) => jwk), ...change },
    by,
  )

const toSecond = link(root, [second])
const toThird = link(second, [third])

/** Names nobody: a code is good only where the list that comes after it is taken. */
const empty = trustList({ issuers: [] })
const by = (signer: Signer, links: unknown, change: Json = {}): string =>
  trustList({ seq: 8, root_links: links, ...change }, {}, signer)
const rotated = by(second, [toSecond])

const taken = verified(2)
const notTaken = unsure('unknown-key')

const handover: Cases = {
  'root-rotated': { about: 'a new root, named by the old one', trust: [empty, rotated], expect: taken },
  'root-rotated-nothing-held': { about: 'the same on a device that holds nothing', trust: [rotated], expect: taken },
  'root-rotated-twice': {
    about: 'two rotations at once: the device was away for the first',
    trust: [empty, by(third, [toSecond, toThird])],
    expect: taken,
  },
  'root-rotated-config-new': {
    about: 'the config names the new root alone: the link leads from nowhere, and is not needed',
    config: config({ roots: [second.jwk] }),
    trust: [rotated],
    expect: taken,
  },
  'root-rotated-spare': {
    about: 'the link names two roots; the second one signs',
    trust: [empty, by(third, [link(root, [second, third])])],
    expect: taken,
  },
  'root-rotated-goes-on': {
    about: 'the new root signs the list after, with the links',
    trust: [empty, by(second, [toSecond], { issuers: [] }), by(second, [toSecond], { seq: 9 })],
    expect: taken,
  },
  'root-handed-over-twice': {
    about: 'after one rotation, another',
    trust: [empty, by(second, [toSecond], { issuers: [] }), by(third, [toSecond, toThird], { seq: 9 })],
    expect: taken,
  },
  'root-announced': {
    about:
      'the old root alone signed the list that carries the link: it is a list of the old root, and the next may be too',
    trust: [by(root, [toSecond], { issuers: [] }), trustList({ seq: 9 })],
    expect: taken,
  },
}

const unfit: Record<string, [about: string, links: unknown, signer?: Signer]> = {
  'link-missing': ['a new root, and no link', undefined],
  'link-of-another-root': ['the link names another root than the one that signed', [toSecond], third],
  'link-forged': ['a link that a stranger signed in the old root’s name', [link(root, [second], {}, {}, stranger)]],
  'link-by-stranger': ['a link of a root that nobody knows', [link(stranger, [second])]],
  'link-by-issuer': ['a link that an issuer signed', [link({ ...issuerKey, kid: root.kid }, [second])]],
  'link-by-itself': ['a new root that names itself', [link(second, [second])]],
  'links-out-of-order': ['two links, the later one first', [toThird, toSecond], third],
  'link-skipped': ['the second of two links only', [toThird], third],
  'link-typ': ['a link of another typ', [link(root, [second], {}, { typ: 'trust-list+jwt' })]],
  'link-alg': ['a link with another alg than its key’s', [link(root, [second], {}, { alg: 'Ed25519' })]],
  'link-header-member': ['a member in a link’s header that is unknown', [link(root, [second], {}, { jwk: root.jwk })]],
  'link-member': ['a member in a link that is unknown', [link(root, [second], { exp: now + DAY })]],
  'link-iat-missing': ['a link without iat', [link(root, [second], { iat: undefined })]],
  'link-roots-empty': ['a link that names no root', [link(root, [])]],
  'link-roots-object': ['a link whose roots are an object', [link(root, [], { roots: { 0: second.jwk } })]],
  'link-roots-private': ['a link with a private key', [link(root, [], { roots: [{ ...second.jwk, d: 'AAAA' }] })]],
  'link-roots-one-unfit': ['a link with one root that is none', [link(root, [second], { roots: [second.jwk, {}] })]],
  'link-roots-nine': [
    'a link that names nine roots',
    [
      link(
        root,
        Array.from({ length: 9 }, () => second),
      ),
    ],
  ],
  'link-not-a-jws': ['a link that is no JWS', ['link']],
  'links-string': ['root_links a string', toSecond],
  'links-number': ['a number among the links', [toSecond, 7]],
  'links-17': ['17 links', Array.from({ length: 17 }, () => toSecond)],
}

const notARoot: Cases = Object.fromEntries(
  Object.entries(unfit).map(([name, [about, links, signer = second]]) => [
    `root-${name}`,
    { about, trust: [empty, by(signer, links)], expect: notTaken },
  ]),
)

/** Offered after a rotation; each would take the issuers away. */
const late: Record<string, [about: string, jws: string]> = {
  'old-again': ['the old root signs again', trustList({ seq: 9, issuers: [] })],
  'old-names-another': [
    'the old root names another new one, which signs',
    by(stranger, [link(root, [stranger])], { seq: 9, issuers: [] }),
  ],
  'old-names-itself': [
    'the old root has the new one hand back to it',
    by(root, [toSecond, link(second, [root])], { seq: 9, issuers: [] }),
  ],
  'new-without-link': [
    'the new root signs without the link that leads to it',
    by(second, undefined, { seq: 9, issuers: [] }),
  ],
  'new-rolled-back': ['the new root signs a lower number', by(second, [toSecond], { seq: 7, issuers: [] })],
}

const retired: Cases = {
  ...Object.fromEntries(
    Object.entries(late).map(([name, [about, jws]]) => [
      `root-rotated-${name}`,
      { about: `after a rotation ${about}: refused`, trust: [trustList(), rotated, jws], expect: taken },
    ]),
  ),
  'root-rotated-old-again-both-in-config': {
    about: 'after a rotation the old root signs again, and the config still names both: refused',
    config: config({ roots: [root.jwk, second.jwk] }),
    trust: [trustList(), rotated, trustList({ seq: 9, issuers: [] })],
    expect: taken,
  },
  'root-rotated-lower-seq': {
    about: 'the first list of a new root has a lower number than the last of the old one: refused',
    trust: [trustList({ seq: 9, issuers: [] }), rotated],
    expect: notTaken,
  },
}

const floor = (minSeq: number): Json => config({ minSeq })

export const roots: Cases = {
  ...handover,
  ...notARoot,
  ...retired,
  'seq-at-floor': { about: 'seq is the lowest that the config allows', config: floor(7), expect: taken },
  'seq-below-floor': {
    about: 'seq is below the lowest that the config allows: a roll-back, on a device that holds nothing',
    config: floor(8),
    expect: unsure('no-keys'),
  },
  'clock-behind-list-of-another-issuer': {
    about: 'another issuer dates its status list a year ahead: whatever was verified proves the time',
    statusLists: [
      statusList({ sub: 'https://other.example/status/1', iat: now + 365 * DAY, exp: now + 400 * DAY }, {}, otherKey),
    ],
    expect: unsure('clock-wrong'),
  },
}
