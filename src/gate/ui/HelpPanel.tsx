import type { ReactElement } from 'react'
import type { Policy } from '../../core/policies.ts'
import type { Gate } from '../gate.ts'
import { policyOf } from '../session/session.ts'
import { outcomes } from '../session/settings.ts'
import { Icon } from './icons.tsx'
import { looks, textFor } from './looks.ts'
import { outcomeWords, practiceWords, resultHelp, ruleHere } from './page-words.ts'
import { useRead } from './use.ts'

export function HelpPanel({ gate }: { gate: Gate }): ReactElement {
  const { config } = useRead(gate.keyring)
  return (
    <>
      <button type="button" className="next" onClick={() => gate.dispatch({ type: 'open', panel: 'practice' })}>
        {practiceWords.again}
      </button>
      <h2>What the results mean</h2>
      <ul className="meanings">
        {outcomes.map((outcome) => (
          <li key={outcome}>
            <span className="swatch" data-tone={looks[outcome].tone}>
              <Icon name={looks[outcome].icon} />
            </span>
            <div>
              <b>{outcomeWords[outcome]}</b>
              <p>{resultHelp[outcome]}</p>
              <Rule policy={policyOf(outcome, config?.policies)} />
            </div>
          </li>
        ))}
      </ul>
      <h2>Scanning</h2>
      <ul>
        <li>Hold the whole code inside the frame, about a hand’s length away. Any angle will do.</li>
        <li>Tap a result to go on. Hold it, or press “Keep open”, to read it in peace.</li>
        <li>A live code renews itself every half minute. A picture of it is refused.</li>
        <li>No camera? Open or drop a picture, paste the text, or use a scanner that types.</li>
      </ul>
      <h2>Privacy</h2>
      <p>
        What you scan is checked on this device and forgotten with the result. No name, number or code is stored or
        sent: only how many of each result there were in each hour, on this device alone. The device only ever fetches
        lists of keys and of withdrawn codes. One exception is not ours to mend: when a phone’s own camera opens the
        gate with a code in the address, that phone’s browser keeps the address.
      </p>
    </>
  )
}

/** What the operator has staff do here. */
function Rule({ policy }: { policy: Policy | undefined }): ReactElement | null {
  const [tag, text] = textFor(policy?.action ?? []) ?? []
  if (text === undefined) return null
  return (
    <p>
      {ruleHere} <b lang={tag || undefined}>{text}</b>
    </p>
  )
}
