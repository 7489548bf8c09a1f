import { useState, type ReactElement } from 'react'
import { readMobile, readName, type PersonFault } from '../ask/person.ts'
import type { Holder } from '../holder.ts'
import type { Errand } from '../session/flow.ts'
import { Field } from './Field.tsx'
import { Page } from './Page.tsx'
import { useRead } from './use.ts'
import { faultWords, say } from './words.ts'

const words = say.person

interface Faults {
  readonly name?: PersonFault
  readonly mobile?: PersonFault
}

/** Who it is about. The number is used for the OTP, and both find the person on the register. */
export function PersonScreen({ holder, errand }: { holder: Holder; errand: Errand }): ReactElement {
  const { draft, busy, embedded } = useRead(holder.flow)
  const [faults, setFaults] = useState<Faults>({})
  const submit = (form: HTMLFormElement): void => {
    const name = readName(draft.fullName)
    const mobile = readMobile(draft.mobile)
    setFaults({
      ...('fault' in name ? { name: name.fault } : {}),
      ...('fault' in mobile ? { mobile: mobile.fault } : {}),
    })
    if ('name' in name && 'mobile' in mobile) void holder.errands.sendOtp()
    else form.querySelector<HTMLInputElement>('fault' in name ? '[name="name"]' : '[name="tel"]')?.focus()
  }
  return (
    <Page
      holder={holder}
      screen="person"
      title={words.title[errand]}
      {...(errand === 'code' ? { step: embedded ? [2, 3] : [3, 4] } : {})}
      back
      acts={
        <button type="submit" form="person" className="next" disabled={busy}>
          {busy ? say.working : words.next}
        </button>
      }
    >
      <form
        id="person"
        className="fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          submit(event.currentTarget)
        }}
      >
        <Field
          label={words.name}
          help={words.nameHelp}
          fault={faults.name && faultWords[faults.name]}
          name="name"
          autoComplete="name"
          autoCapitalize="words"
          spellCheck={false}
          enterKeyHint="next"
          value={draft.fullName}
          onChange={({ target }) => holder.dispatch({ type: 'draft', changes: { fullName: target.value } })}
        />
        <Field
          label={words.mobile}
          help={words.mobileHelp}
          fault={faults.mobile && faultWords[faults.mobile]}
          name="tel"
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          enterKeyHint="send"
          value={draft.mobile}
          onChange={({ target }) => holder.dispatch({ type: 'draft', changes: { mobile: target.value } })}
        />
      </form>
    </Page>
  )
}
