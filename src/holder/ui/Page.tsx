import { useEffect, useRef, type ReactElement, type ReactNode } from 'react'
import type { Holder } from '../holder.ts'
import type { Screen } from '../session/flow.ts'
import { TroubleCard } from './TroubleCard.tsx'
import { useRead } from './use.ts'
import { say } from './words.ts'

interface PageProps {
  readonly holder: Holder
  readonly screen: Screen['at']
  readonly title: string
  readonly step?: readonly [at: number, of: number]
  readonly back?: boolean
  /** White whatever the device's scheme, for a code on it to be read. */
  readonly bright?: boolean
  readonly children: ReactNode
  /** What can be done, in reach of a thumb. */
  readonly acts?: ReactNode
}

/** What every screen has: where one is, a way back, what went wrong, and what to do. */
export function Page({ holder, screen, title, step, back, bright, children, acts }: PageProps): ReactElement {
  const { trouble } = useRead(holder.flow)
  const heading = useRef<HTMLHeadingElement>(null)
  // A screen reader starts each screen at its name.
  useEffect(() => heading.current?.focus(), [])
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <main className="page" data-screen={screen} data-bright={bright}>
      <header className="page-top">
        <div className="page-bar">
          {back ? (
            <button type="button" className="back" onClick={() => holder.dispatch({ type: 'back' })}>
              <svg className="icon" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
                <path d="M30 8L14 24l16 16" />
              </svg>
              {say.back}
            </button>
          ) : (
            <span className="product">{say.product}</span>
          )}
          {step && <span className="step">{say.stepOf(step[0], step[1])}</span>}
        </div>
        {step && (
          <div className="steps" aria-hidden="true">
            {Array.from({ length: step[1] }, (_, at) => (
              <i key={at} data-done={at < step[0] || undefined} />
            ))}
          </div>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
      </header>
      <div className="page-body">
        {trouble && <TroubleCard holder={holder} trouble={trouble} />}
        {children}
      </div>
      {acts && <footer className="page-acts">{acts}</footer>}
    </main>
  )
}
