import { useState, type ReactElement } from 'react'
import { onClock } from './when.ts'
import type { Consent, Consents } from '../ask/service.ts'
import type { Holder } from '../holder.ts'
import { Confirm } from './Confirm.tsx'
import { Page } from './Page.tsx'
import { useNow, useRead } from './use.ts'
import { say } from './words.ts'

const words = say.consents

/** What a person agreed to, and taking it back. */
export default function ConsentsScreen({ holder, consents }: { holder: Holder; consents: Consents }): ReactElement {
  const { busy } = useRead(holder.flow)
  const [asking, setAsking] = useState<string>()
  const now = useNow(holder.moments.clock)
  return (
    <Page
      holder={holder}
      screen="consents"
      title={words.title}
      back
      acts={
        <button type="button" className="next" onClick={() => holder.dispatch({ type: 'back' })}>
          {words.done}
        </button>
      }
    >
      {consents.list.length === 0 && <p className="lead">{words.none}</p>}
      <ul className="consents">
        {consents.list.map((consent) => (
          <li key={consent.id} data-withdrawn={consent.withdrawnAt !== undefined}>
            <h2>{consent.verifier ?? words.own}</h2>
            <p>{consent.purpose}</p>
            <dl className="facts">
              <dt>{words.shared}</dt>
              <dd>{consent.initials ? words.sharedInitials : words.sharedStatus}</dd>
              <dt>{words.given}</dt>
              <dd>{onClock(consent.givenAt)}</dd>
              <End consent={consent} now={now} />
            </dl>
            {consent.withdrawnAt === undefined && now < consent.expiresAt && (
              <button type="button" className="quiet" disabled={busy} onClick={() => setAsking(consent.id)}>
                {words.withdraw}
              </button>
            )}
          </li>
        ))}
      </ul>
      {asking !== undefined && (
        <Confirm
          title={words.withdrawTitle}
          about={words.withdrawAbout}
          yes={words.withdraw}
          onYes={() => void holder.errands.withdraw(asking)}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Page>
  )
}

function End({ consent, now }: { consent: Consent; now: number }): ReactElement {
  const { withdrawnAt, expiresAt } = consent
  return (
    <>
      <dt>{withdrawnAt !== undefined ? words.withdrawn : now >= expiresAt ? words.ended : words.ends}</dt>
      <dd>{onClock(withdrawnAt ?? expiresAt)}</dd>
    </>
  )
}
