import { useEffect, useEffectEvent, useRef, useState, type ReactElement } from 'react'
import type { Sent } from '../ask/service.ts'
import { awaitMessage } from '../device/web-otp.ts'
import type { Holder } from '../holder.ts'
import type { Errand } from '../session/flow.ts'
import { Field } from './Field.tsx'
import { Page } from './Page.tsx'
import { useNow, useRead } from './use.ts'
import { say } from './words.ts'

const words = say.otp

/** The six digits of the message: typed, pasted, filled in by the keyboard, or handed over by the phone. */
export function OtpScreen({ holder, errand, sent }: { holder: Holder; errand: Errand; sent: Sent }): ReactElement {
  const { draft, busy, embedded, trouble } = useRead(holder.flow)
  const [typed, setTyped] = useState('')
  const [incomplete, setIncomplete] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const now = useNow(holder.moments.clock)
  const wait = sent.resendAt - now

  const enter = async (otp: string): Promise<void> => setIncomplete(!(await holder.errands.enterOtp(otp)))
  const fromMessage = useEffectEvent((otp: string) => {
    setTyped(otp)
    void enter(otp)
  })
  useEffect(() => awaitMessage((otp) => fromMessage(otp)), [])

  const isOver = now >= sent.expiresAt
  useEffect(() => {
    if (isOver) holder.dispatch({ type: 'failed', trouble: { name: 'otp-over' } })
  }, [holder, isOver])
  // It can be typed at once, and so can the next one after a wrong one.
  useEffect(() => {
    if (trouble === undefined || trouble.name === 'wrong-otp') form.current?.querySelector('input')?.select()
  }, [trouble])

  return (
    <Page
      holder={holder}
      screen="otp"
      title={words.title}
      {...(errand === 'code' ? { step: embedded ? [3, 3] : [4, 4] } : {})}
      back
      acts={
        <button type="submit" form="otp" className="next" disabled={busy || isOver}>
          {busy ? say.working : embedded ? words.nextEmbedded : words.next[errand]}
        </button>
      }
    >
      <p>{words.sentTo(draft.mobile)}</p>
      <form
        id="otp"
        ref={form}
        className="fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void enter(typed)
        }}
      >
        <Field
          label={words.label}
          fault={incomplete ? words.fault : undefined}
          name="otp"
          className="otp"
          inputMode="numeric"
          autoComplete="one-time-code"
          enterKeyHint="done"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
      </form>
      {wait <= 0 && !isOver && <p className="small">{words.late}</p>}
      <div className="row wrap">
        <button
          type="button"
          className="quiet"
          disabled={busy || wait > 0}
          onClick={() => void holder.errands.sendOtp()}
        >
          {wait > 0 ? words.resendIn(wait) : words.resend}
        </button>
        <button type="button" className="plain" onClick={() => holder.dispatch({ type: 'to-person' })}>
          {words.change}
        </button>
      </div>
    </Page>
  )
}
