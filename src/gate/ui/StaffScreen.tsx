import { useEffect, useRef, type ReactElement } from 'react'
import { leaveStand } from '../device/stand.ts'
import type { Gate } from '../gate.ts'
import { LanguageButton } from './LanguageButton.tsx'
import { say } from './page-words.ts'
import { Locked, useLock } from './Pin.tsx'
import { useEscape, useRead } from './use.ts'

/** Left alone, it goes back to scanning: whoever comes next is no staff. In milliseconds. */
const LEFT_ALONE = 60_000

/** What staff do at a kiosk, behind the PIN where there is one. */
export function StaffScreen({ gate }: { gate: Gate }): ReactElement {
  const { isSet } = useRead(useLock(gate))
  const { configFault, refreshing } = useRead(gate.keyring)
  const { doubt, freshness } = useRead(gate.readiness)
  const { updateWaits } = useRead(gate.app)
  const { canSwitch } = useRead(gate.viewfinder)
  const title = useRef<HTMLHeadingElement>(null)
  const state = configFault
    ? say('page.refresh.bad-config')
    : doubt
      ? say(`verdict.${doubt}.meaning`)
      : say(`keys.${freshness}`)
  const back = (): void => gate.dispatch({ type: 'return' })

  useEscape(back)
  useEffect(() => {
    title.current?.focus()
    const over = setTimeout(() => gate.dispatch({ type: 'return' }), LEFT_ALONE)
    return () => clearTimeout(over)
  }, [gate])

  return (
    <main className="panel" data-screen="staff">
      <header>
        <h1 ref={title} tabIndex={-1}>
          {say('page.staff.title')}
        </h1>
        <LanguageButton gate={gate} />
      </header>
      <section className="panel-body" tabIndex={0} aria-label={say('page.staff.title')}>
        <p className="lead">{state}</p>
        <p data-pin={isSet ? 'set' : 'none'}>{say(isSet ? 'page.staff.locked' : 'page.staff.anyone')}</p>
        <Locked gate={gate}>
          <button type="button" className="next" onClick={() => leaveStand(gate)}>
            {say('page.staff.leave')}
          </button>
          {canSwitch && (
            <button type="button" className="quiet" onClick={() => void gate.viewfinder.switchCamera()}>
              {say('page.staff.camera')}
            </button>
          )}
          {updateWaits && (
            <button type="button" className="quiet" onClick={gate.app.update}>
              {say('page.staff.update')}
            </button>
          )}
        </Locked>
        <button type="button" className="quiet" disabled={refreshing} onClick={() => void gate.keyring.refresh()}>
          {say('page.staff.refresh')}
        </button>
        <button type="button" className="quiet" onClick={back}>
          {say('page.staff.back')}
        </button>
      </section>
    </main>
  )
}
