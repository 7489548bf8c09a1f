import { use, type ReactElement } from 'react'
import { dropFiles } from '../../browser/app.ts'
import { isReady } from '../device/readiness.ts'
import type { Gate } from '../gate.ts'
import { Icon } from './icons.tsx'
import { dayAt } from '../tally/local.ts'
import { totalOf, sumOf } from '../tally/counts.ts'
import { hoursOfDay, shiftOn } from '../tally/tally.ts'
import { sinceWords } from './when.ts'
import { checksOf } from './checks.ts'
import { useRead } from './use.ts'
import { installWords, tallyWords } from './page-words.ts'

/** Whether this device can be carried away from the network, and what is missing. */
export function ReadyPanel({ gate }: { gate: Gate }): ReactElement {
  const readiness = useRead(gate.readiness)
  const install = useRead(gate.installer)
  const { updateWaits } = useRead(gate.app)
  const { config } = useRead(gate.keyring)
  return (
    <>
      <Today gate={gate} />
      <p className="lead">
        {isReady(readiness) ? 'This device is ready to work offline.' : 'This device is not ready to work offline.'}
      </p>
      <ul className="checks">
        {checksOf(readiness).map(({ label, done, needed, todo }) => (
          <li key={label} data-done={done} data-needed={needed}>
            <Icon name={done ? 'tick' : 'question'} />
            <div>
              <b>{label}</b> <span className="unseen">{done ? 'yes' : 'not yet'}</span>
              {!done && <p>{todo}</p>}
            </div>
          </li>
        ))}
      </ul>
      {readiness.appStored === 'damaged' && (
        <button type="button" className="next" onClick={() => void dropFiles().then(() => location.reload())}>
          Store again
        </button>
      )}
      <section>
        <h2>Install</h2>
        <p>{installWords[install]}</p>
        {install === 'offered' && (
          <button type="button" className="next" onClick={() => void gate.installer.install()}>
            Install
          </button>
        )}
      </section>
      {updateWaits && (
        <section>
          <h2>New version</h2>
          <p>A new version is stored and ready. Updating takes a second.</p>
          <button type="button" className="next" onClick={gate.app.update}>
            Update now
          </button>
        </section>
      )}
      <section>
        <h2>This gate</h2>
        <dl className="facts">
          <dt>Operator</dt>
          <dd>{config?.operator ?? 'not set'}</dd>
          <dt>Gate</dt>
          <dd>{config?.gate ?? 'not set'}</dd>
          <dt>Takes codes made for</dt>
          <dd>{config?.audience === undefined ? 'anybody only' : `anybody, and “${config.audience}”`}</dd>
        </dl>
      </section>
    </>
  )
}

/** Today's count, in reach of staff: the menu opens on it. */
function Today({ gate }: { gate: Gate }): ReactElement {
  const { tally } = useRead(use(gate.ledger))
  const now = gate.clock()
  const shift = shiftOn(tally, now)
  const today = totalOf(sumOf(hoursOfDay(tally.hours, dayAt(now))))
  return (
    <button type="button" className="tally-today" onClick={() => gate.dispatch({ type: 'open', panel: 'tally' })}>
      <Icon name="chart" />
      <span>
        <b>{tallyWords.scannedToday(today)}</b>
        <br />
        {shift ? tallyWords.shiftSince(sinceWords(shift.start, dayAt(now))) : tallyWords.noShift}
      </span>
      <Icon name="forward" />
    </button>
  )
}
