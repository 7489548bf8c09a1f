import type { ReactElement } from 'react'
import { onClock } from './when.ts'
import type { Holder } from '../holder.ts'
import { Page } from './Page.tsx'
import { UpdateOffer } from './UpdateOffer.tsx'
import { useNow, useRead } from './use.ts'
import { formWords, say, statusWords } from './words.ts'

/** The codes on this page, for a family may share a phone. */
export function HomeScreen({ holder }: { holder: Holder }): ReactElement {
  const { codes } = useRead(holder.flow)
  const now = useNow(holder.moments.clock)
  return (
    <Page
      holder={holder}
      screen="home"
      title={say.home.title}
      acts={
        <>
          <button type="button" className="next" onClick={() => holder.dispatch({ type: 'begin', errand: 'code' })}>
            {say.home.another}
          </button>
          <button
            type="button"
            className="plain"
            onClick={() => holder.dispatch({ type: 'begin', errand: 'consents' })}
          >
            {say.agree.consents}
          </button>
        </>
      }
    >
      <UpdateOffer app={holder.app} />
      <ul className="codes">
        {codes.map(({ code, said, kept }) => (
          <li key={code.id}>
            <button type="button" onClick={() => holder.dispatch({ type: 'show', id: code.id })}>
              <b>{code.label}</b>
              <span>
                {formWords[said.live ? 'live' : 'paper'].kind}: {statusWords[said.status]}
              </span>
              <small>
                {now >= said.expiresAt ? say.home.over : `${say.home.until} ${onClock(said.expiresAt)}`}
                {!kept && ` · ${say.home.notKept}`}
              </small>
            </button>
          </li>
        ))}
      </ul>
    </Page>
  )
}
