import type { ReactElement } from 'react'
import { playOutcome, vibrate } from '../device/feedback.ts'
import { standUp } from '../device/stand.ts'
import type { Gate } from '../gate.ts'
import { policyOf } from '../session/session.ts'
import { outcomes, replayChoices } from '../session/settings.ts'
import { looks } from './looks.ts'
import { Locked, PinSetting, useLock } from './Pin.tsx'
import { useRead } from './use.ts'
import { say } from './page-words.ts'
import { onClock } from './words.ts'

const senses = ['sound', 'vibration'] as const

export function SettingsPanel({ gate }: { gate: Gate }): ReactElement {
  return (
    <Locked gate={gate}>
      <Choices gate={gate} />
    </Locked>
  )
}

function Choices({ gate }: { gate: Gate }): ReactElement {
  const settings = useRead(gate.settings)
  const { config } = useRead(gate.keyring)
  const { reader, fellBack } = useRead(gate.viewfinder)
  return (
    <>
      <h2>{say('page.settings.senses')}</h2>
      {outcomes.map((outcome) => (
        <fieldset key={outcome} className="senses">
          <legend>{say(`page.outcome.${outcome}`)}</legend>
          {senses.map((name) => (
            <label key={name}>
              <input
                type="checkbox"
                checked={settings[name][outcome]}
                onChange={({ target }) => gate.change({ [name]: { ...settings[name], [outcome]: target.checked } })}
              />
              {say(`page.sense.${name}`)}
            </label>
          ))}
          <button
            type="button"
            className="quiet"
            aria-label={say('page.settings.try-of', { outcome: say(`page.outcome.${outcome}`) })}
            onClick={() => {
              void playOutcome(outcome, policyOf(outcome, config?.policies))
              vibrate(looks[outcome].pulse)
            }}
          >
            {say('page.settings.try')}
          </button>
        </fieldset>
      ))}
      <h2>{say('page.settings.replay')}</h2>
      <label className="choice">
        {say('page.settings.replay-within')}
        <select
          value={settings.replayMinutes}
          onChange={({ target }) => gate.change({ replayMinutes: Number(target.value) })}
        >
          {replayChoices.map((minutes) => (
            <option key={minutes} value={minutes}>
              {minutes === 0 ? say('page.settings.replay-never') : say('page.settings.replay-minutes', { minutes })}
            </option>
          ))}
        </select>
      </label>
      <p className="small">{say('page.settings.replay-about')}</p>
      <h2>{say('page.scanner')}</h2>
      <button type="button" className="quiet" onClick={() => gate.dispatch({ type: 'open', panel: 'scanner' })}>
        {say('page.scanner.open')}
      </button>
      <h2>{say('page.quiet.title')}</h2>
      {(['quietFrom', 'quietTo'] as const).map((end) => (
        <label key={end} className="choice">
          {say(`page.quiet.${end}`)}
          <input type="time" value={settings[end]} onChange={({ target }) => gate.change({ [end]: target.value })} />
        </label>
      ))}
      <p className="small">{say('page.quiet.about')}</p>
      <h2>{say('page.kiosk-start.title')}</h2>
      <KioskSetting gate={gate} />
      <h2>{say('page.pin.title')}</h2>
      <PinSetting gate={gate} />
      <h2>{say('page.settings.app')}</h2>
      <dl className="facts">
        <dt>{say('page.settings.built')}</dt>
        <dd>{onClock(gate.buildTime)}</dd>
        <dt>{say('page.settings.reader')}</dt>
        <dd>{say(`page.reader.${fellBack ? 'fell-back' : reader}`)}</dd>
      </dl>
    </>
  )
}

function KioskSetting({ gate }: { gate: Gate }): ReactElement {
  const { isSet } = useRead(useLock(gate))
  return (
    <>
      <p>{say('page.kiosk-start.about')}</p>
      <p data-kiosk-pin={isSet ? 'set' : 'none'}>
        {say(isSet ? 'page.kiosk-start.locked' : 'page.kiosk-start.anyone')}
      </p>
      <button type="button" className="quiet" onClick={() => standUp(gate)}>
        {say('page.kiosk-start.start')}
      </button>
    </>
  )
}
