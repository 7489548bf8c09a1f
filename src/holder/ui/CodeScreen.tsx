import { lazy, Suspense, useEffect, useState, type ReactElement } from 'react'
import { keepAwake } from '../../browser/wake-lock.ts'
import type { Holder } from '../holder.ts'
import { isAtRoot, type Listed } from '../session/flow.ts'
import { Confirm } from './Confirm.tsx'
import { Facts } from './Facts.tsx'
import { LiveCode } from './LiveCode.tsx'
import { Page } from './Page.tsx'
import { PaperSheet } from './PaperSheet.tsx'
import { useNow, useRead } from './use.ts'
import { formWords, say } from './words.ts'

const GateDialog = lazy(() => import('./GateDialog.tsx'))

const words = say.code
/** A clock that is further off, in seconds, has its live codes refused before they are made anew. */
const CLOCK_OFF = 25

/** One code, to be held up to a gate or printed. */
export default function CodeScreen({ holder, id }: { holder: Holder; id: string }): ReactElement | null {
  const { codes } = useRead(holder.flow)
  const listed = codes.find(({ code }) => code.id === id)
  return listed ? <Shown holder={holder} listed={listed} several={codes.length > 1} /> : null
}

interface ShownProps {
  readonly holder: Holder
  readonly listed: Listed
  readonly several: boolean
}

function Shown({ holder, listed, several }: ShownProps): ReactElement {
  const flow = useRead(holder.flow)
  const { code, said, kept } = listed
  const [gate, setGate] = useState<string>()
  const [asking, setAsking] = useState<'gate' | 'remove'>()
  const isOver = useNow(holder.moments.clock) >= said.expiresAt
  const { key } = code
  const isLive = key !== undefined && said.live
  useEffect(() => keepAwake(), [])

  const acts = [
    !isLive && !isOver && (
      <button key="print" type="button" className="next" onClick={() => window.print()}>
        {say.paper.print}
      </button>
    ),
    !kept && (
      <button key="keep" type="button" className="quiet" onClick={() => void holder.errands.keep(code.id)}>
        {say.keep.now}
      </button>
    ),
    isLive && !isOver && (
      <button
        key="gate"
        type="button"
        className="quiet"
        onClick={() => (gate === undefined ? setAsking('gate') : setGate(undefined))}
      >
        {gate === undefined ? say.gate.open : say.gate.any}
      </button>
    ),
  ].filter((act) => act !== false)

  return (
    <Page
      holder={holder}
      screen="code"
      title={several ? code.label : formWords[isLive ? 'live' : 'paper'].kind}
      back={!isAtRoot(flow)}
      bright
      acts={acts.length > 0 ? acts : undefined}
    >
      {isOver ? (
        <section className="trouble" role="alert" data-trouble="code-over">
          <h2>{words.over}</h2>
          <p>{words.overTodo}</p>
        </section>
      ) : isLive ? (
        <>
          <ClockNote ahead={listed.clockAhead} />
          <LiveCode holder={holder} token={code.token} signer={key} gate={gate} />
        </>
      ) : (
        <PaperSheet said={said} token={code.token} />
      )}
      {(isLive || isOver) && <Facts said={said} />}
      <p className="small">
        {kept ? say.keep.kept : say.keep.notKept} {isLive && words.noProof}
      </p>
      <div className="row wrap">
        <button type="button" className="plain" onClick={() => holder.dispatch({ type: 'begin', errand: 'code' })}>
          {words.another}
        </button>
        <button type="button" className="plain" onClick={() => setAsking('remove')}>
          {words.remove}
        </button>
      </div>
      {asking === 'gate' && (
        <Suspense>
          <GateDialog onGate={setGate} onClose={() => setAsking(undefined)} />
        </Suspense>
      )}
      {asking === 'remove' && (
        <Confirm
          title={words.removeTitle}
          about={words.removeAbout(kept)}
          yes={words.removeYes}
          onYes={() => void holder.errands.forget(code.id)}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Page>
  )
}

/** A live code of a phone whose clock is wrong is refused, and nobody at the gate could say why. */
function ClockNote({ ahead }: { ahead: number | undefined }): ReactElement | null {
  if (ahead === undefined || Math.abs(ahead) <= CLOCK_OFF) return null
  return (
    <section className="trouble" role="alert" data-trouble="clock-off">
      <h2>{words.clockTitle}</h2>
      <p>{words.clockTodo}</p>
    </section>
  )
}
