import { useEffect, type ReactElement } from 'react'
import { isReturn } from '../../core/return-to.ts'
import type { Gate } from '../gate.ts'
import { outcomeOf, type View } from '../session/session.ts'
import type { Outcome } from '../session/settings.ts'
import { say } from './page-words.ts'
import { useRead } from './use.ts'

/** What the page that opened the gate is told, in the fragment: no server sees that unless the page passes it on. */
const kinds = {
  full: 'green',
  partly: 'amber',
  none: 'red',
  refused: 'refused',
  unsure: 'unsure',
} as const satisfies Record<Outcome, string>

/** Once a verdict was looked at, the gate goes back to the page that opened it, where the operator allows its address. */
export default function HandBack({ gate, asked }: { gate: Gate; asked: string }): ReactElement | null {
  const { config } = useRead(gate.keyring)
  const allowed = config && isReturn(asked, config.returnTo)

  useEffect(() => {
    if (!allowed) return undefined
    let before: View = gate.session.read().view
    return gate.session.subscribe(() => {
      const { view } = gate.session.read()
      // In the background a verdict is gone unseen, and nobody is told of it.
      if (before.at === 'verdict' && view.at === 'scan' && document.visibilityState === 'visible')
        location.assign(`${asked}#kyc-vs=${kinds[outcomeOf(before.verdict)]}`)
      before = view
    })
  }, [gate, allowed, asked])

  if (!config) return null
  return (
    <p className="line" data-return={allowed ? 'allowed' : 'refused'}>
      {allowed ? say('page.hand-back.allowed', { host: new URL(asked).host }) : say('page.hand-back.refused')}
    </p>
  )
}
