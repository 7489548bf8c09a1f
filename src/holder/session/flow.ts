// A person's way through the page, as a reducer: agree, how, who, OTP, code. It knows no DOM, no network and no clock.
import type { Consents, Sent } from '../ask/service.ts'
import type { Trouble } from '../ask/trouble.ts'
import type { HeldCode, Said } from '../code/held.ts'

/** What an OTP is asked for: a new code, or to see and withdraw consents. */
export type Errand = 'code' | 'consents'
export type Form = 'live' | 'paper'

/** What was said so far. It is gone as soon as there is an answer. */
export interface Draft {
  readonly shareInitials: boolean
  readonly form: Form
  /** Keep the code on this device. */
  readonly keep: boolean
  readonly fullName: string
  readonly mobile: string
}

export type Screen =
  | { readonly at: 'home' }
  | { readonly at: 'agree' }
  | { readonly at: 'form' }
  | { readonly at: 'person'; readonly errand: Errand }
  | { readonly at: 'otp'; readonly errand: Errand; readonly sent: Sent }
  | { readonly at: 'code'; readonly id: string }
  | { readonly at: 'consents'; readonly consents: Consents }
  /** The answer went to the page that this one is embedded in. */
  | { readonly at: 'delivered' }

/** A code on this page, kept on the device or not. */
export interface Listed {
  readonly code: HeldCode
  readonly said: Said
  readonly kept: boolean
  /** How far this device's clock was ahead when the code was made, in seconds. */
  readonly clockAhead?: number | undefined
}

export interface Flow {
  readonly screen: Screen
  readonly draft: Draft
  readonly codes: readonly Listed[]
  /** Something was asked of the service, and the answer is not there yet. */
  readonly busy: boolean
  readonly trouble: Trouble | undefined
  /** Who asks: by the name on the service's list, or until that is known, by the id. */
  readonly asker: string | undefined
  /** Framed by another page, which gets the answer: there is no code to show or to keep. */
  readonly embedded: boolean
}

export type FlowEvent =
  | { readonly type: 'opened'; readonly codes: readonly Listed[]; readonly asked: boolean }
  | { readonly type: 'introduced'; readonly name: string }
  | { readonly type: 'begin'; readonly errand: Errand }
  | { readonly type: 'draft'; readonly changes: Partial<Draft> }
  | { readonly type: 'agreed' }
  | { readonly type: 'form-chosen' }
  | { readonly type: 'asking' }
  | { readonly type: 'sent'; readonly sent: Sent }
  | { readonly type: 'failed'; readonly trouble: Trouble }
  | { readonly type: 'issued'; readonly listed: Listed }
  | { readonly type: 'delivered' }
  | { readonly type: 'show'; readonly id: string }
  | { readonly type: 'kept'; readonly id: string }
  | { readonly type: 'forgotten'; readonly id: string }
  | { readonly type: 'listed'; readonly consents: Consents }
  | { readonly type: 'withdrawn'; readonly id: string; readonly at: number }
  | { readonly type: 'to-person' }
  | { readonly type: 'to-paper' }
  | { readonly type: 'back' }

export const emptyDraft: Draft = { shareInitials: false, form: 'live', keep: false, fullName: '', mobile: '' }

export const freshFlow = (embedded: boolean, asker?: string): Flow => ({
  screen: { at: 'agree' },
  draft: emptyDraft,
  codes: [],
  busy: false,
  trouble: undefined,
  asker,
  embedded,
})

/** Where the page begins, and where going back ends. */
const root = ({ codes }: Flow): Screen => ({ at: codes.length > 0 ? 'home' : 'agree' })

export const isAtRoot = (flow: Flow): boolean => flow.screen.at === root(flow).at

export function step(flow: Flow, event: FlowEvent): Flow {
  const { screen, draft, codes } = flow
  const to = (next: Screen, changes: Partial<Flow> = {}): Flow => ({
    ...flow,
    busy: false,
    trouble: undefined,
    ...changes,
    screen: next,
  })
  switch (event.type) {
    case 'opened': {
      const next = { ...flow, codes: event.codes }
      const [only, ...others] = event.codes
      // One code, and nobody asks for another: whoever opens the page wants to show it.
      const screenThen: Screen = event.asked
        ? { at: 'agree' }
        : only && others.length === 0
          ? { at: 'code', id: only.code.id }
          : root(next)
      return { ...next, screen: screenThen }
    }
    case 'introduced':
      return { ...flow, asker: event.name }
    case 'begin':
      return to(event.errand === 'code' ? { at: 'agree' } : { at: 'person', errand: 'consents' }, { draft: emptyDraft })
    case 'draft':
      return { ...flow, draft: { ...draft, ...event.changes } }
    case 'agreed':
      return to(flow.embedded ? { at: 'person', errand: 'code' } : { at: 'form' })
    case 'form-chosen':
      return to({ at: 'person', errand: 'code' })
    case 'asking':
      return { ...flow, busy: true, trouble: undefined }
    case 'sent':
      return screen.at === 'person' || screen.at === 'otp'
        ? to({ at: 'otp', errand: screen.errand, sent: event.sent })
        : flow
    case 'failed':
      return { ...flow, busy: false, trouble: event.trouble }
    case 'issued':
      return to({ at: 'code', id: event.listed.code.id }, { codes: [...codes, event.listed], draft: emptyDraft })
    case 'delivered':
      return to({ at: 'delivered' }, { draft: emptyDraft })
    case 'show':
      return to({ at: 'code', id: event.id })
    case 'kept':
      return {
        ...flow,
        trouble: undefined,
        codes: codes.map((listed) => (listed.code.id === event.id ? { ...listed, kept: true } : listed)),
      }
    case 'forgotten': {
      const left = codes.filter(({ code }) => code.id !== event.id)
      return to(root({ ...flow, codes: left }), { codes: left })
    }
    case 'listed':
      return to({ at: 'consents', consents: event.consents }, { draft: emptyDraft })
    case 'withdrawn':
      return screen.at === 'consents' ? to({ at: 'consents', consents: withdrawn(screen.consents, event) }) : flow
    case 'to-person':
      return screen.at === 'otp' ? to({ at: 'person', errand: screen.errand }) : flow
    case 'to-paper':
      return to({ at: 'form' }, { draft: { ...draft, form: 'paper' } })
    case 'back':
      return back(flow, to)
  }
}

function withdrawn({ manage, list }: Consents, { id, at }: { id: string; at: number }): Consents {
  return { manage, list: list.map((consent) => (consent.id === id ? { ...consent, withdrawnAt: at } : consent)) }
}

function back(flow: Flow, to: (next: Screen) => Flow): Flow {
  const { screen } = flow
  switch (screen.at) {
    case 'form':
      return to({ at: 'agree' })
    case 'person':
      if (screen.errand === 'consents') return to(root(flow))
      return to(flow.embedded ? { at: 'agree' } : { at: 'form' })
    case 'otp':
      return to({ at: 'person', errand: screen.errand })
    case 'home':
    case 'agree':
    case 'code':
    case 'consents':
    case 'delivered':
      return to(root(flow))
  }
}
