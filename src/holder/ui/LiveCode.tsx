import { useEffect, useState, type ReactElement } from 'react'
import { Qr } from '../../browser/Qr.tsx'
import { dueIn, keepMaking, REDRAW_EVERY, type Shown } from '../code/live.ts'
import type { Holder } from '../holder.ts'
import { present } from '../present.ts'
import { useNow } from './use.ts'
import { say } from './words.ts'

interface LiveCodeProps {
  readonly holder: Holder
  readonly token: string
  readonly signer: CryptoKey
  /** The one gate that it is for; any, when there is none. */
  readonly gate: string | undefined
}

/** The token with the holder's proof of this moment, made anew every half minute. */
export function LiveCode({ holder, token, signer, gate }: LiveCodeProps): ReactElement {
  const { moments } = holder
  const [shown, setShown] = useState<Shown>()
  useEffect(() => {
    const make = (now: number): Promise<string> => present(token, { alg: 'ES256', key: signer }, now, gate)
    return keepMaking(make, setShown, moments)
  }, [token, signer, gate, moments])
  return (
    <div className="live">
      {shown ? <Qr text={shown.text} ecc="L" label={say.code.live} /> : <p className="making">{say.code.making}</p>}
      {gate !== undefined && <p className="strong">{say.gate.only(gate)}</p>}
      <p className="hint">
        {shown && <Ring shown={shown} clock={moments.clock} />}
        <span>{say.code.bright}</span>
      </p>
    </div>
  )
}

/** How long the code on show lasts: a ring that empties, and a number. */
function Ring({ shown, clock }: { shown: Shown; clock: () => number }): ReactElement {
  const left = dueIn(shown.madeAt, useNow(clock))
  return (
    <span className="ring" role="timer" aria-live="off" aria-label={say.code.renews(left)}>
      <svg viewBox="0 0 48 48" aria-hidden="true" focusable="false">
        <circle className="ring-track" cx="24" cy="24" r="20" />
        <circle
          key={shown.madeAt}
          className="ring-left"
          cx="24"
          cy="24"
          r="20"
          pathLength={REDRAW_EVERY}
          strokeDasharray={REDRAW_EVERY}
          strokeDashoffset={REDRAW_EVERY - left}
        />
      </svg>
      <b aria-hidden="true">{left}</b>
    </span>
  )
}
