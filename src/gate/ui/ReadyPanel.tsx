import type { ReactElement } from 'react'
import { dropFiles } from '../../browser/app.ts'
import { isReady } from '../device/readiness.ts'
import type { Gate } from '../gate.ts'
import { Icon } from './icons.tsx'
import { PageIcon } from './page-icons.tsx'
import { dayAt } from '../tally/local.ts'
import { totalOf, sumOf } from '../tally/counts.ts'
import { hoursOfDay, shiftOn } from '../tally/tally.ts'
import { sinceWords } from './when.ts'
import { checksOf } from './checks.ts'
import { useRead } from './use.ts'
import { useLedger } from './use-ledger.ts'
import { say } from './page-words.ts'

/** Whether this device can be carried away from the network, and what is missing. */
export function ReadyPanel({ gate }: { gate: Gate }): ReactElement {
  const readiness = useRead(gate.readiness)
  const install = useRead(gate.installer)
  const { updateWaits } = useRead(gate.app)
  const { config } = useRead(gate.keyring)
  return (
    <>
      <Today gate={gate} />
      <p className="lead">{say(isReady(readiness) ? 'page.ready.yes' : 'page.ready.no')}</p>
      <ul className="checks">
        {checksOf(readiness).map(({ label, done, needed, todo }) => (
          <li key={label} data-done={done} data-needed={needed}>
            <Icon name={done ? 'tick' : 'question'} />
            <div>
              <b>{label}</b> <span className="unseen">{say(done ? 'page.check.done' : 'page.check.not-yet')}</span>
              {!done && <p>{todo}</p>}
            </div>
          </li>
        ))}
      </ul>
      {readiness.appStored === 'damaged' && (
        <button type="button" className="next" onClick={() => void dropFiles().then(() => location.reload())}>
          {say('page.ready.store-again')}
        </button>
      )}
      <section>
        <h2>{say('page.install.title')}</h2>
        <p>{say(`page.install.${install}`)}</p>
        {install === 'offered' && (
          <button type="button" className="next" onClick={() => void gate.installer.install()}>
            {say('page.install.now')}
          </button>
        )}
      </section>
      {updateWaits && (
        <section>
          <h2>{say('page.update.title')}</h2>
          <p>{say('page.update.about')}</p>
          <button type="button" className="next" onClick={gate.app.update}>
            {say('page.update.now')}
          </button>
        </section>
      )}
      <section>
        <h2>{say('page.gate.title')}</h2>
        <dl className="facts">
          <dt>{say('page.gate.operator')}</dt>
          <dd>{config?.operator ?? say('page.gate.not-set')}</dd>
          <dt>{say('page.gate.gate')}</dt>
          <dd>{config?.gate ?? say('page.gate.not-set')}</dd>
          <dt>{say('page.gate.takes')}</dt>
          <dd>
            {config?.audience === undefined
              ? say('page.gate.anybody')
              : say('page.gate.anybody-and', { audience: config.audience })}
          </dd>
        </dl>
      </section>
    </>
  )
}

/** Today's count, in reach of staff: the menu opens on it. */
function Today({ gate }: { gate: Gate }): ReactElement {
  const { tally } = useRead(useLedger(gate))
  const now = gate.clock()
  const shift = shiftOn(tally, now)
  const today = totalOf(sumOf(hoursOfDay(tally.hours, dayAt(now))))
  return (
    <button type="button" className="tally-today" onClick={() => gate.dispatch({ type: 'open', panel: 'tally' })}>
      <PageIcon name="chart" />
      <span>
        <b>{say('page.tally.scanned-today', { scans: today })}</b>
        <br />
        {shift
          ? say('page.tally.shift-since', { start: sinceWords(shift.start, dayAt(now)) })
          : say('page.tally.no-shift')}
      </span>
      <PageIcon name="forward" />
    </button>
  )
}
