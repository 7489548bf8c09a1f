import type { ReactElement } from 'react'
import type { Policy } from '../../core/policies.ts'
import type { Gate } from '../gate.ts'
import { policyOf } from '../session/session.ts'
import { outcomes } from '../session/settings.ts'
import { Icon } from './icons.tsx'
import { looks, textFor } from './looks.ts'
import { say } from './page-words.ts'
import { useRead } from './use.ts'

export function HelpPanel({ gate }: { gate: Gate }): ReactElement {
  const { config } = useRead(gate.keyring)
  return (
    <>
      <button type="button" className="next" onClick={() => gate.dispatch({ type: 'open', panel: 'practice' })}>
        {say('page.practice.again')}
      </button>
      <h2>{say('page.help.results')}</h2>
      <ul className="meanings">
        {outcomes.map((outcome) => (
          <li key={outcome}>
            <span className="swatch" data-tone={looks[outcome].tone}>
              <Icon name={looks[outcome].icon} />
            </span>
            <div>
              <b>{say(`page.outcome.${outcome}`)}</b>
              <p>{say(`page.help.${outcome}`)}</p>
              <Rule policy={policyOf(outcome, config?.policies)} />
            </div>
          </li>
        ))}
      </ul>
      <h2>{say('page.help.scanning')}</h2>
      <ul>
        <li>{say('page.help.hold-code')}</li>
        <li>{say('page.help.tap-result')}</li>
        <li>{say('page.help.live-code')}</li>
        <li>{say('page.help.no-camera')}</li>
      </ul>
      <h2>{say('page.help.privacy')}</h2>
      <p>{say('page.help.privacy-about')}</p>
    </>
  )
}

/** What the operator has staff do here. */
function Rule({ policy }: { policy: Policy | undefined }): ReactElement | null {
  const [tag, text] = textFor(policy?.action ?? []) ?? []
  if (text === undefined) return null
  return (
    <p>
      {say('page.help.here')}{' '}
      <b lang={tag || undefined} dir="auto">
        {text}
      </b>
    </p>
  )
}
