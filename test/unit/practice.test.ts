// Practice codes: each shows what it is there to show, in practice; in earnest they are nobody's.
import { expect, test } from 'vitest'
import { nothingBelieved } from '../../src/core/belief.ts'
import { openTrustList } from '../../src/core/trust-list.ts'
import { verify } from '../../src/core/verify.ts'
import { preparePractice } from '../../src/gate/session/practice.ts'
import { outcomes } from '../../src/gate/session/settings.ts'
import { outcomeOf } from '../../src/gate/session/session.ts'
import { importRoot } from '../../src/core/roots.ts'
import { makeAuthority, SECONDS } from '../support/authority.ts'

const now = SECONDS()

test('each specimen is what it is there to show, and names itself', async () => {
  const { belief, specimens } = await preparePractice(now)
  for (const outcome of outcomes) {
    const verdict = await verify(specimens[outcome], belief, now)
    expect(verdict.kind === 'unreadable' ? verdict : outcomeOf(verdict)).toBe(outcome)
    if (verdict.kind === 'verified') expect(verdict).toMatchObject({ initials: 'SPECIMEN', issuer: 'SPECIMEN' })
    const [, payload = ''] = specimens[outcome].split('.')
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({ n: 'SPECIMEN' })
  }
})

test('in earnest a specimen is a stranger’s code, and another page’s practice does not take it either', async () => {
  const authority = await makeAuthority('https://issuer.example')
  const root = await importRoot(authority.publicRoot)
  if (!root) throw new Error('no root')
  const trust = await openTrustList(await authority.trustList(), [root])
  if (!trust.ok) throw new Error(trust.fault)
  const { specimens } = await preparePractice(now)
  const other = await preparePractice(now)
  for (const outcome of outcomes) {
    const earnest = { ...nothingBelieved(0), trust: trust.value }
    expect(await verify(specimens[outcome], earnest, now)).toEqual({ kind: 'unsure', reason: 'unknown-key' })
    const kind = outcome === 'unsure' ? 'unsure' : 'refused'
    expect((await verify(specimens[outcome], other.belief, now)).kind).toBe(kind)
  }
})

test('the belief of practice takes nobody’s real code', async () => {
  const authority = await makeAuthority('https://issuer.example')
  const { belief } = await preparePractice(now)
  expect(await verify(await authority.token(), belief, now)).toEqual({ kind: 'unsure', reason: 'unknown-key' })
})
