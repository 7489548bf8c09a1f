import type { ReactElement } from 'react'
import { onClock } from './when.ts'
import type { Said } from '../code/held.ts'
import { say, statusWords } from './words.ts'

/** What a code says, in words, for who holds it up. */
export function Facts({ said, printed = false }: { said: Said; printed?: boolean }): ReactElement {
  const { status, initials, audience, issuedAt, expiresAt, issuer } = said
  return (
    <dl className="facts">
      <dt>{say.code.says}</dt>
      <dd>{statusWords[status]}</dd>
      {initials !== undefined && (
        <>
          <dt>{say.code.initials}</dt>
          <dd>{initials}</dd>
        </>
      )}
      {audience !== undefined && (
        <>
          <dt>{say.code.only}</dt>
          <dd>{audience}</dd>
        </>
      )}
      {printed && (
        <>
          <dt>{say.paper.made}</dt>
          <dd>{onClock(issuedAt)}</dd>
        </>
      )}
      <dt>{say.code.until}</dt>
      <dd>{onClock(expiresAt)}</dd>
      {printed && (
        <>
          <dt>{say.paper.by}</dt>
          <dd>{new URL(issuer).host}</dd>
        </>
      )}
    </dl>
  )
}
