// What a person asks the page to do: each errand is asked of the service or of the device, and ends as an event.
import { readMobile, readName, readOtp } from '../ask/person.ts'
import { MANAGE_CONSENTS, type Service } from '../ask/service.ts'
import { makeHolderKey, saidBy, type HeldCode } from '../code/held.ts'
import type { CodeStore } from '../code/store.ts'
import type { Readable } from '../../browser/store.ts'
import type { Delivered } from '../embed.ts'
import type { Flow, FlowEvent, Listed } from './flow.ts'

export interface Surroundings {
  readonly flow: Readable<Flow>
  readonly dispatch: (event: FlowEvent) => void
  readonly service: Service
  readonly store: CodeStore
  /** Seconds since 1970 UTC. */
  readonly clock: () => number
  /** Who asks, and for what. */
  readonly purpose: string
  readonly verifier: string | undefined
  readonly deliver: (answer: Delivered) => void
  /** Asks the browser not to clear what is kept. */
  readonly persist: () => Promise<unknown>
}

export interface Errands {
  /** Finds out the name of who asks. */
  introduce(): Promise<void>
  /** Sends an OTP to the person in the draft, or another one. */
  sendOtp(): Promise<void>
  /** Takes an OTP that has its six digits; false for any other text. */
  enterOtp(typed: string): Promise<boolean>
  keep(id: string): Promise<void>
  forget(id: string): Promise<void>
  withdraw(id: string): Promise<void>
}

export function createErrands(around: Surroundings): Errands {
  const { flow, dispatch, service, store, clock } = around

  async function issue(txn: string, otp: string): Promise<void> {
    const { draft, embedded } = flow.read()
    const live = draft.form === 'live' && !embedded
    const pair = live ? await makeHolderKey().catch(() => undefined) : undefined
    if (live && !pair) return dispatch({ type: 'failed', trouble: { name: 'no-key' } })
    const answer = await service.confirm(txn, otp, pair?.jwk)
    if (!answer.ok) return dispatch({ type: 'failed', trouble: answer.trouble })
    const { token, status, expiresAt, clockAhead } = answer.value
    const said = saidBy(token)
    if (!said || said.live !== live) return dispatch({ type: 'failed', trouble: { name: 'bad-answer' } })
    if (embedded) {
      around.deliver({ token, status, expiresAt })
      return dispatch({ type: 'delivered' })
    }
    const code: HeldCode = { id: crypto.randomUUID(), label: draft.fullName.trim(), token, key: pair?.key }
    dispatch({ type: 'issued', listed: { code, said, kept: false, clockAhead } })
    if (draft.keep) await keep(code.id)
  }

  async function keep(id: string): Promise<void> {
    const code = codeOf(flow.read().codes, id)
    if (!code) return
    const kept = await store.keep(code)
    if (kept !== 'kept') {
      return dispatch({ type: 'failed', trouble: { name: kept === 'full' ? 'storage-full' : 'not-kept' } })
    }
    dispatch({ type: 'kept', id })
    await around.persist()
  }

  return {
    keep,
    async introduce() {
      if (around.verifier === undefined) return
      const answer = await service.verifierName(around.verifier)
      if (answer.ok) dispatch({ type: 'introduced', name: answer.value })
      // Whatever else went wrong is told when it matters.
      else if (answer.trouble.name === 'unknown-verifier') dispatch({ type: 'failed', trouble: answer.trouble })
    },
    async sendOtp() {
      const { screen, draft, busy } = flow.read()
      const name = readName(draft.fullName)
      const mobile = readMobile(draft.mobile)
      if (busy || !('errand' in screen) || !('name' in name) || !('mobile' in mobile)) return
      dispatch({ type: 'asking' })
      const consent =
        screen.errand === 'consents'
          ? { purpose: MANAGE_CONSENTS, share_initials: false }
          : {
              purpose: around.purpose,
              share_initials: draft.shareInitials,
              ...(around.verifier === undefined ? {} : { verifier: around.verifier }),
            }
      const answer = await service.sendOtp({ mobile: mobile.mobile, full_name: name.name, consent })
      dispatch(answer.ok ? { type: 'sent', sent: answer.value } : { type: 'failed', trouble: answer.trouble })
    },
    async enterOtp(typed) {
      const { screen, busy } = flow.read()
      const otp = readOtp(typed)
      if (otp === undefined) return false
      if (busy || screen.at !== 'otp') return true
      const { txn, expiresAt } = screen.sent
      if (clock() >= expiresAt) {
        dispatch({ type: 'failed', trouble: { name: 'otp-over' } })
        return true
      }
      dispatch({ type: 'asking' })
      if (screen.errand === 'code') await issue(txn, otp)
      else {
        const answer = await service.consents(txn, otp)
        dispatch(answer.ok ? { type: 'listed', consents: answer.value } : { type: 'failed', trouble: answer.trouble })
      }
      return true
    },
    async forget(id) {
      await store.forget(id)
      dispatch({ type: 'forgotten', id })
    },
    async withdraw(id) {
      const { screen, busy } = flow.read()
      if (busy || screen.at !== 'consents') return
      dispatch({ type: 'asking' })
      const answer = await service.withdraw(screen.consents.manage, id)
      dispatch(answer.ok ? { type: 'withdrawn', id, at: answer.value } : { type: 'failed', trouble: answer.trouble })
    },
  }
}

const codeOf = (codes: readonly Listed[], id: string): HeldCode | undefined =>
  codes.find(({ code }) => code.id === id)?.code
