// The session, as a reducer: scan, judge, show, return. It knows no DOM and no clock, and holds no code, only verdicts.
import type { Policy, StatusName } from '../../core/policies.ts'
import type { Misread, Verdict, Verified } from '../../core/verdict.ts'
import type { ScannerTrouble } from '../scan/scanners.ts'
import type { Outcome } from './settings.ts'

/**
 * Those with a tab of their own; `practice` and `enrolment`, which have the whole screen; and `scanner`, which the settings
 * lead to.
 */
export type Panel = 'ready' | 'tally' | 'keys' | 'settings' | 'help' | 'practice' | 'enrolment' | 'scanner'

/** A verdict that fills the screen: any but `unreadable`. */
export type Shown = Exclude<Verdict, { kind: 'unreadable' }>

export type View =
  | { readonly at: 'scan' }
  /** A code was read and is being judged; `fetching` while newer keys are asked for on its behalf. */
  | { readonly at: 'judging'; readonly fetching: boolean }
  /**
   * `seenAgo`: this gate saw the same code so many seconds ago. `pinned`: somebody holds it, so it does not return by itself.
   * `serial` tells one verdict from the next.
   */
  | {
      readonly at: 'verdict'
      readonly verdict: Shown
      readonly seenAgo: number | undefined
      readonly pinned: boolean
      readonly serial: number
    }
  | { readonly at: 'panel'; readonly panel: Panel }

/** A line on the scan screen, where there is no verdict. */
export type Note = Misread | ScannerTrouble | 'no-code-in-picture' | 'not-a-picture'

export interface Session {
  readonly view: View
  readonly note: { readonly about: Note; readonly serial: number } | undefined
  readonly serial: number
}

export type SessionEvent =
  | { readonly type: 'code' }
  | { readonly type: 'fetching' }
  | { readonly type: 'judged'; readonly verdict: Verdict; readonly seenAgo?: number | undefined }
  | { readonly type: 'note'; readonly about: Note }
  | { readonly type: 'note-over' }
  | { readonly type: 'pin' }
  | { readonly type: 'return' }
  | { readonly type: 'hidden' }
  | { readonly type: 'open'; readonly panel: Panel }

export const freshSession: Session = { view: { at: 'scan' }, note: undefined, serial: 0 }

/** Whether a code may be taken now: only the scan screen takes codes. */
export const takesCodes = ({ view }: Session): boolean => view.at === 'scan'

export function step(session: Session, event: SessionEvent): Session {
  const { view, serial } = session
  const scan: Session = { ...session, view: { at: 'scan' } }
  switch (event.type) {
    case 'code':
      return view.at === 'scan' ? { ...session, view: { at: 'judging', fetching: false }, note: undefined } : session
    case 'fetching':
      return view.at === 'judging' ? { ...session, view: { at: 'judging', fetching: true } } : session
    case 'judged': {
      // A verdict that comes after the app went to the background, or after a panel was opened, is nobody's any more.
      if (view.at !== 'judging') return session
      const { verdict, seenAgo } = event
      if (verdict.kind === 'unreadable') {
        return { ...scan, note: { about: verdict.reason, serial: serial + 1 }, serial: serial + 1 }
      }
      return {
        ...session,
        view: { at: 'verdict', verdict, seenAgo, pinned: false, serial: serial + 1 },
        serial: serial + 1,
      }
    }
    case 'note':
      return view.at === 'scan'
        ? { ...session, note: { about: event.about, serial: serial + 1 }, serial: serial + 1 }
        : session
    case 'note-over':
      return session.note ? { ...session, note: undefined } : session
    case 'pin':
      return view.at === 'verdict' && !view.pinned ? { ...session, view: { ...view, pinned: true } } : session
    case 'return':
      return view.at === 'scan' ? session : scan
    case 'hidden':
      return view.at === 'verdict' || view.at === 'judging' ? scan : session
    case 'open':
      return view.at === 'scan' || view.at === 'panel'
        ? { ...session, view: { at: 'panel', panel: event.panel }, note: undefined }
        : session
  }
}

/** The outcome that each status is. */
export const byStatus = { 2: 'full', 1: 'partly', 0: 'none' } as const satisfies Record<Verified['status'], StatusName>

/** Which of the five outcomes a verdict is. */
export const outcomeOf = (verdict: Shown): Outcome =>
  verdict.kind === 'verified' ? byStatus[verdict.status] : verdict.kind

/** What a place has its staff do, where it says so: of a proven status alone. */
export const policyOf = (outcome: Outcome, policies: Readonly<Partial<Record<Outcome, Policy>>> = {}) =>
  policies[outcome]

/** How long a verdict stays before the screen returns to scanning, in seconds. */
export const staysFor = (verdict: Shown, policy?: Policy): number =>
  policy?.returnAfter ?? (verdict.kind === 'verified' && verdict.status === 2 ? 4 : 8)
