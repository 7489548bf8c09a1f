import { createElement, lazy, Suspense, useState, type ReactElement } from 'react'
import { useLoaded } from '../../browser/use-loaded.ts'
import type { Gate } from '../gate.ts'
import { ScanScreen } from './ScanScreen.tsx'
import { language } from './language.ts'
import { useRead } from './use.ts'
import { VerdictScreen } from './VerdictScreen.tsx'

/** The menu's pages are loaded once the camera has had its second, or at once when one is asked for. In milliseconds. */
const PANELS_AFTER = 1000

/** A device that has lost the file of the kiosk scans as any other. */
const Kiosk = lazy(() => import('./Kiosk.tsx').catch(() => ({ default: Screens })))

const EnrolmentScreen = lazy(() => import('./EnrolmentScreen.tsx'))

export function App({ gate }: { gate: Gate }): ReactElement {
  const { enrolling } = useRead(gate.keyring)
  const { kiosk } = useRead(gate.settings)
  if (enrolling)
    return (
      <Suspense>
        <EnrolmentScreen gate={gate} enrolling={enrolling} />
      </Suspense>
    )
  if (!kiosk) return <Screens gate={gate} />
  return (
    <Suspense fallback={<main className="kiosk" />}>
      <Kiosk gate={gate} />
    </Suspense>
  )
}

/** One screen at a time. The viewfinder stays mounted under a verdict, so that the next scan starts at once. */
function Screens({ gate }: { gate: Gate }): ReactElement {
  const { view } = useRead(gate.session)
  // Whoever says anything says it anew in another language: all that is below this is drawn again.
  useRead(language)
  const [load] = useState(() => () => import('./Panels.tsx').then(({ prepare }) => prepare(gate)))
  const pages = useLoaded(load, view.at === 'panel', PANELS_AFTER)
  // What is not loaded yet does not replace what is there: no screen is ever blank.
  const page = view.at === 'panel' && pages && createElement(pages, { gate, panel: view.panel })
  return (
    <>
      <ScanScreen gate={gate} shown={view.at !== 'verdict' && !page} />
      {view.at === 'verdict' && (
        <VerdictScreen
          key={view.serial}
          gate={gate}
          verdict={view.verdict}
          seenAgo={view.seenAgo}
          pinned={view.pinned}
        />
      )}
      {page}
    </>
  )
}
