import type { ReactElement } from 'react'
import { play, vibrate } from '../device/feedback.ts'
import type { Gate } from '../gate.ts'
import { policyOf } from '../session/session.ts'
import { outcomes, replayChoices } from '../session/settings.ts'
import { onClock } from '../../browser/format.ts'
import { looks, soundOf } from './looks.ts'
import { Locked, PinSetting } from './Pin.tsx'
import { useRead } from './use.ts'
import { outcomeWords, pinWords, readerWords, replayWords } from './page-words.ts'

const senses = [
  { name: 'sound', label: 'Sound' },
  { name: 'vibration', label: 'Vibration' },
] as const

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
      <h2>Sound and vibration</h2>
      {outcomes.map((outcome) => (
        <fieldset key={outcome} className="senses">
          <legend>{outcomeWords[outcome]}</legend>
          {senses.map(({ name, label }) => (
            <label key={name}>
              <input
                type="checkbox"
                checked={settings[name][outcome]}
                onChange={({ target }) => gate.change({ [name]: { ...settings[name], [outcome]: target.checked } })}
              />
              {label}
            </label>
          ))}
          <button
            type="button"
            className="quiet"
            aria-label={`Try: ${outcomeWords[outcome]}`}
            onClick={() => {
              void play(soundOf(outcome, policyOf(outcome, config?.policies)))
              vibrate(looks[outcome].pulse)
            }}
          >
            Try
          </button>
        </fieldset>
      ))}
      <h2>{replayWords.title}</h2>
      <label className="choice">
        {replayWords.within}
        <select
          value={settings.replayMinutes}
          onChange={({ target }) => gate.change({ replayMinutes: Number(target.value) })}
        >
          {replayChoices.map((minutes) => (
            <option key={minutes} value={minutes}>
              {minutes === 0 ? replayWords.never : replayWords.minutes(minutes)}
            </option>
          ))}
        </select>
      </label>
      <p className="small">{replayWords.about}</p>
      <h2>{pinWords.title}</h2>
      <PinSetting gate={gate} />
      <h2>About this app</h2>
      <dl className="facts">
        <dt>Built</dt>
        <dd>{onClock(gate.buildTime)}</dd>
        <dt>Reader</dt>
        <dd>{readerWords[fellBack ? 'fellBack' : reader]}</dd>
      </dl>
    </>
  )
}
