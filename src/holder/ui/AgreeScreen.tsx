import type { ReactElement } from 'react'
import type { Holder } from '../holder.ts'
import { isAtRoot } from '../session/flow.ts'
import { Choice } from './Choice.tsx'
import { Page } from './Page.tsx'
import { UpdateOffer } from './UpdateOffer.tsx'
import { useRead } from './use.ts'
import { ownPurpose, say } from './words.ts'

const words = say.agree

/** Consent, in plain words: who, what, what for, for how long. Nothing was asked of anybody before it. */
export function AgreeScreen({ holder }: { holder: Holder }): ReactElement {
  const flow = useRead(holder.flow)
  const { draft, embedded, asker } = flow
  const { purpose } = holder
  return (
    <Page
      holder={holder}
      screen="agree"
      title={asker === undefined ? words.title : words.titleAsked}
      step={[1, embedded ? 3 : 4]}
      back={!isAtRoot(flow)}
      acts={
        <>
          <button type="button" className="next" onClick={() => holder.dispatch({ type: 'agreed' })}>
            {words.next}
          </button>
          {!embedded && (
            <button
              type="button"
              className="plain"
              onClick={() => holder.dispatch({ type: 'begin', errand: 'consents' })}
            >
              {words.consents}
            </button>
          )}
        </>
      }
    >
      <UpdateOffer app={holder.app} />
      <p className="lead">{asker === undefined ? words.lead : words.asks(asker)}</p>
      <dl className="terms">
        {purpose !== ownPurpose && (
          <div>
            <dt>{words.whatFor}</dt>
            <dd>{purpose}</dd>
          </div>
        )}
        <div>
          <dt>{words.who}</dt>
          <dd>{asker === undefined ? words.whoAnybody : words.whoOne(asker)}</dd>
        </div>
        <div>
          <dt>{words.what}</dt>
          <dd>{words.whatSaid}</dd>
        </div>
        <div>
          <dt>{words.long}</dt>
          <dd>{embedded ? words.longAsked : words.longSaid}</dd>
        </div>
        <div>
          <dt>{words.kept}</dt>
          <dd>{words.keptSaid}</dd>
        </div>
      </dl>
      <Choice
        type="checkbox"
        name="initials"
        label={words.initials}
        about={words.initialsAbout}
        checked={draft.shareInitials}
        onChange={(shareInitials) => holder.dispatch({ type: 'draft', changes: { shareInitials } })}
      />
    </Page>
  )
}
