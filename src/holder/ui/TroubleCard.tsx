import type { ReactElement } from 'react'
import type { Trouble } from '../ask/trouble.ts'
import type { Holder } from '../holder.ts'
import { useNow } from './use.ts'
import { detailOf, troubleWords, wayWords, type Way } from './words.ts'

/** What went wrong, what to do, and where there is one, a button that does it. */
export function TroubleCard({ holder, trouble }: { holder: Holder; trouble: Trouble }): ReactElement {
  const { title, todo, way } = troubleWords[trouble.name]
  const detail = detailOf(trouble, useNow(holder.moments.clock))
  return (
    <section className="trouble" role="alert" data-trouble={trouble.name}>
      <h2>{title}</h2>
      <p>{todo}</p>
      {detail !== '' && <p className="strong">{detail}</p>}
      {way !== 'none' && (
        <button type="button" className="quiet" onClick={() => takeWay(holder, way)}>
          {wayWords[way]}
        </button>
      )}
    </section>
  )
}

function takeWay(holder: Holder, way: Exclude<Way, 'none'>): void {
  switch (way) {
    case 'otp':
      return void holder.errands.sendOtp()
    case 'person':
      return holder.dispatch({ type: 'to-person' })
    case 'paper':
      return holder.dispatch({ type: 'to-paper' })
    case 'restart':
      return holder.dispatch({ type: 'begin', errand: 'consents' })
  }
}
