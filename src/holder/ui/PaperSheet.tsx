import type { ReactElement } from 'react'
import { onClock } from '../../browser/format.ts'
import type { Said } from '../code/held.ts'
import { Qr } from './Qr.tsx'
import { say, statusWords } from './words.ts'

const words = say.paper

/** What is printed, as it is printed: a square of 45 mm, and in words what stands in it. */
export function PaperSheet({ said, token }: { said: Said; token: string }): ReactElement {
  const { status, initials, audience, issuedAt, expiresAt, issuer } = said
  return (
    <>
      <article className="sheet">
        <h2>{words.title}</h2>
        <div className="sheet-code">
          <Qr text={token} ecc="M" label={words.qr} border={0} />
        </div>
        <p className="sheet-says">
          {say.code.says}: <b>{statusWords[status]}</b>
        </p>
        <dl className="facts">
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
          <dt>{words.made}</dt>
          <dd>{onClock(issuedAt)}</dd>
          <dt>{say.code.until}</dt>
          <dd>{onClock(expiresAt)}</dd>
          <dt>{words.by}</dt>
          <dd>{new URL(issuer).host}</dd>
        </dl>
        <p className="small">{initials === undefined ? words.howNoInitials : words.how}</p>
        <p className="small">{words.fold}</p>
        <p className="small">{words.withdraw(location.host + location.pathname)}</p>
      </article>
      <button type="button" className="next" onClick={() => window.print()}>
        {words.print}
      </button>
    </>
  )
}
