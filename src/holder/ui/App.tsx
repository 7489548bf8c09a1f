import { createElement, type ReactElement } from 'react'
import { useLoaded } from '../../browser/use-loaded.ts'
import type { Holder } from '../holder.ts'
import { AgreeScreen } from './AgreeScreen.tsx'
import { FormScreen } from './FormScreen.tsx'
import { HomeScreen } from './HomeScreen.tsx'
import { OtpScreen } from './OtpScreen.tsx'
import { Page } from './Page.tsx'
import { PersonScreen } from './PersonScreen.tsx'
import { useRead } from './use.ts'
import { say } from './words.ts'

const loadCodeScreen = () => import('./CodeScreen.tsx')
const loadConsentsScreen = () => import('./ConsentsScreen.tsx')

/** One screen at a time. Those of a later step are fetched while the person reads the first. */
export function App({ holder }: { holder: Holder }): ReactElement | null {
  const { screen } = useRead(holder.flow)
  const codeScreen = useLoaded(loadCodeScreen, screen.at === 'code', 0)
  const consentsScreen = useLoaded(loadConsentsScreen, screen.at === 'consents', 0)
  switch (screen.at) {
    case 'home':
      return <HomeScreen holder={holder} />
    case 'agree':
      return <AgreeScreen holder={holder} />
    case 'form':
      return <FormScreen holder={holder} />
    case 'person':
      return <PersonScreen holder={holder} errand={screen.errand} />
    case 'otp':
      return <OtpScreen key={screen.sent.txn} holder={holder} errand={screen.errand} sent={screen.sent} />
    case 'code':
      return codeScreen ? createElement(codeScreen, { key: screen.id, holder, id: screen.id }) : null
    case 'consents':
      return consentsScreen ? createElement(consentsScreen, { holder, consents: screen.consents }) : null
    case 'delivered':
      return (
        <Page holder={holder} screen="delivered" title={say.delivered.title}>
          <p className="lead">{say.delivered.about}</p>
        </Page>
      )
  }
}
