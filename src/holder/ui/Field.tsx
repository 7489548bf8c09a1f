import { useId, type InputHTMLAttributes, type ReactElement } from 'react'

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string
  readonly help?: string
  /** What is wrong with what stands in it. */
  readonly fault?: string | undefined
}

/** An input with its words, which a screen reader reads with it. */
export function Field({ label, help, fault, ...input }: FieldProps): ReactElement {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {help !== undefined && <small id={`${id}-help`}>{help}</small>}
      <input
        {...input}
        id={id}
        aria-invalid={fault !== undefined}
        aria-describedby={
          `${help === undefined ? '' : `${id}-help`} ${fault === undefined ? '' : `${id}-fault`}`.trim() || undefined
        }
      />
      {fault !== undefined && (
        <p className="fault" id={`${id}-fault`} role="alert">
          {fault}
        </p>
      )}
    </div>
  )
}
