import { useId, type ReactElement } from 'react'

interface ChoiceProps {
  readonly type: 'checkbox' | 'radio'
  readonly name: string
  readonly label: string
  readonly about: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

/** A choice with what it means; the whole card can be tapped. */
export function Choice({ type, name, label, about, checked, onChange }: ChoiceProps): ReactElement {
  const id = useId()
  return (
    <div className="choice">
      <div>
        <label htmlFor={id}>{label}</label>
        <small id={`${id}-about`}>{about}</small>
      </div>
      <input
        id={id}
        type={type}
        name={name}
        aria-describedby={`${id}-about`}
        checked={checked}
        onChange={({ target }) => onChange(target.checked)}
      />
    </div>
  )
}
