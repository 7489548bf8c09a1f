import { lazy, Suspense, useEffect, type ReactElement } from 'react'
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
const CodeScreen = lazy(loadCodeScreen)
const ConsentsScreen = lazy(() => import('./ConsentsScreen.tsx'))

/** One screen at a time. */
export function App({ holder }: { holder: Holder }): ReactElement {
  // Fetched while the person reads the first screen: none is blank later for want of it.
  useEffect(() => void loadCodeScreen().catch(() => undefined), [])
  return (
    <Suspense>
      <Screen holder={holder} />
    </Suspense>
  )
}

function Screen({ holder }: { holder: Holder }): ReactElement {
  const { screen } = useRead(holder.flow)
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
      return <CodeScreen key={screen.id} holder={holder} id={screen.id} />
    case 'consents':
      return <ConsentsScreen holder={holder} consents={screen.consents} />
    case 'delivered':
      return (
        <Page holder={holder} screen="delivered" title={say.delivered.title}>
          <p className="lead">{say.delivered.about}</p>
        </Page>
      )
  }
}
