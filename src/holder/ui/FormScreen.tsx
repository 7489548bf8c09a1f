import type { ReactElement } from 'react'
import type { Holder } from '../holder.ts'
import type { Form } from '../session/flow.ts'
import { Choice } from './Choice.tsx'
import { Page } from './Page.tsx'
import { useRead } from './use.ts'
import { formWords, say } from './words.ts'

const forms = ['live', 'paper'] as const satisfies readonly Form[]

/** Phone or paper, and whether it is kept: said before the OTP is sent, for an OTP lasts minutes only. */
export function FormScreen({ holder }: { holder: Holder }): ReactElement {
  const { draft } = useRead(holder.flow)
  return (
    <Page
      holder={holder}
      screen="form"
      title={say.form.title}
      step={[2, 4]}
      back
      acts={
        <button type="button" className="next" onClick={() => holder.dispatch({ type: 'form-chosen' })}>
          {say.form.next}
        </button>
      }
    >
      <fieldset className="choices">
        <legend className="unseen">{say.form.title}</legend>
        {forms.map((form) => (
          <Choice
            key={form}
            type="radio"
            name="form"
            label={formWords[form].name}
            about={formWords[form].about}
            checked={draft.form === form}
            onChange={() => holder.dispatch({ type: 'draft', changes: { form } })}
          />
        ))}
      </fieldset>
      <Choice
        type="checkbox"
        name="keep"
        label={say.keep.label}
        about={say.keep.about}
        checked={draft.keep}
        onChange={(keep) => holder.dispatch({ type: 'draft', changes: { keep } })}
      />
    </Page>
  )
}
