import type { ReactElement } from 'react'
import type { Policies, StatusName } from '../../core/policies.ts'
import { Icon } from './icons.tsx'
import { looks, textFor } from './looks.ts'
import { say } from './words.ts'

const statuses: readonly StatusName[] = ['full', 'partly', 'none']

/** What staff do here on each status that the operator has a line for. No colour: those are for what was proven. */
export default function PolicyList({ policies }: { policies: Policies }): ReactElement | null {
  const lines = statuses.flatMap((status) => {
    const [tag, text] = textFor(policies[status]?.action ?? []) ?? []
    return text === undefined ? [] : [{ status, tag, text }]
  })
  if (lines.length === 0) return null
  return (
    <ul className="policies">
      {lines.map(({ status, tag, text }) => (
        <li key={status}>
          <Icon name={looks[status].icon} />
          <b>{say(`verdict.${status}.word`)}:</b>{' '}
          <span lang={tag || undefined} dir="auto">
            {text}
          </span>
        </li>
      ))}
    </ul>
  )
}
