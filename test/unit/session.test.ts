import { describe, expect, test } from 'vitest'
import { doubts, misreads, refusals, type Verdict } from '../../src/core/verdict.ts'
import {
  freshSession,
  outcomeOf,
  staysFor,
  step,
  takesCodes,
  type SessionEvent,
} from '../../src/gate/session/session.ts'
import { outcomes } from '../../src/gate/session/settings.ts'
import { looks } from '../../src/gate/ui/looks.ts'

const after = (...events: readonly SessionEvent[]) => events.reduce(step, freshSession)
const code: SessionEvent = { type: 'code' }
const judged = (verdict: Verdict): SessionEvent => ({ type: 'judged', verdict })
const verified = (status: 0 | 1 | 2) =>
  ({ kind: 'verified', status, issuer: 'A', issuedAt: 1, expiresAt: 2, live: false }) as const
const green = judged(verified(2))

describe('scan, judge, show, return', () => {
  test('a verdict fills the screen, and a return scans on', () => {
    const shown = after(code, green)
    expect(shown.view).toMatchObject({ at: 'verdict', verdict: verified(2), pinned: false })
    expect(step(shown, { type: 'return' }).view).toEqual({ at: 'scan' })
  })

  test('no colour without judging: a verdict that nobody waits for is dropped', () => {
    expect(after(green).view).toEqual({ at: 'scan' })
    expect(after(code, { type: 'hidden' }, green).view).toEqual({ at: 'scan' })
    expect(after(code, { type: 'return' }, green).view).toEqual({ at: 'scan' })
    expect(after({ type: 'open', panel: 'keys' }, green).view).toEqual({ at: 'panel', panel: 'keys' })
  })

  test('a second code changes nothing while the first is judged or shown', () => {
    const judging = after(code)
    expect(takesCodes(judging)).toBe(false)
    expect(step(judging, code)).toBe(judging)
    const shown = after(code, green)
    expect(takesCodes(shown)).toBe(false)
    expect(step(shown, code)).toBe(shown)
    expect(step(shown, judged(verified(0)))).toBe(shown)
  })

  test('a code that was seen before says so, and keeps its colour', () => {
    const { view } = after(code, { type: 'judged', verdict: verified(2), seenAgo: 180 })
    expect(view).toMatchObject({ at: 'verdict', verdict: verified(2), seenAgo: 180 })
  })

  test('the background takes a verdict away at once', () => {
    expect(after(code, green, { type: 'hidden' }).view).toEqual({ at: 'scan' })
    expect(after(code, green, { type: 'pin' }, { type: 'hidden' }).view).toEqual({ at: 'scan' })
  })

  test('a verdict that is held stays held', () => {
    const pinned = after(code, green, { type: 'pin' })
    expect(pinned.view).toMatchObject({ at: 'verdict', pinned: true })
    expect(step(pinned, { type: 'pin' })).toBe(pinned)
  })

  test('each verdict is told from the one before', () => {
    const first = after(code, green)
    const second = [{ type: 'return' } as const, code, green].reduce(step, first)
    expect(second.view).not.toEqual(first.view)
  })

  test.each(misreads)('%s leaves the scan screen up, with a line that the next code takes away', (reason) => {
    const noted = after(code, judged({ kind: 'unreadable', reason }))
    expect(noted.view).toEqual({ at: 'scan' })
    expect(noted.note?.about).toBe(reason)
    expect(step(noted, code).note).toBeUndefined()
    expect(step(noted, { type: 'note-over' }).note).toBeUndefined()
  })

  test('a page of the menu opens from scanning or another page, never over a verdict', () => {
    const open: SessionEvent = { type: 'open', panel: 'help' }
    expect(after(open).view).toEqual({ at: 'panel', panel: 'help' })
    expect(after({ type: 'open', panel: 'keys' }, open).view).toEqual({ at: 'panel', panel: 'help' })
    const shown = after(code, green)
    expect(step(shown, open)).toBe(shown)
  })

  test('asking for newer keys shows only while a code is judged', () => {
    expect(after(code, { type: 'fetching' }).view).toEqual({ at: 'judging', fetching: true })
    expect(after({ type: 'fetching' }).view).toEqual({ at: 'scan' })
  })
})

describe('looks', () => {
  test('a colour is a promise: only a proven status has one', () => {
    const tones = outcomes.map((outcome) => looks[outcome].tone)
    expect(tones).toEqual(['green', 'amber', 'red', 'dark', 'grey'])
    expect([2, 1, 0].map((status) => outcomeOf(verified(status === 2 ? 2 : status === 1 ? 1 : 0)))).toEqual([
      'full',
      'partly',
      'none',
    ])
    for (const reason of refusals) expect(outcomeOf({ kind: 'refused', reason })).toBe('refused')
    for (const reason of doubts) expect(outcomeOf({ kind: 'unsure', reason })).toBe('unsure')
  })

  test('no two outcomes share a shape, a sound or a pulse', () => {
    for (const trait of ['icon', 'sound', 'pulse'] as const) {
      expect(new Set(outcomes.map((outcome) => JSON.stringify(looks[outcome][trait]))).size).toBe(outcomes.length)
    }
  })

  test('only green goes on after 4 seconds; the rest wants reading', () => {
    expect(staysFor(verified(2))).toBe(4)
    expect([
      staysFor(verified(1)),
      staysFor(verified(0)),
      staysFor({ kind: 'refused', reason: 'expired' }),
      staysFor({ kind: 'unsure', reason: 'no-keys' }),
    ]).toEqual([8, 8, 8, 8])
  })
})
