import { lazy, Suspense, type ReactElement } from 'react'
import type { Gate } from '../gate.ts'
import { ScanScreen } from './ScanScreen.tsx'
import { useRead } from './use.ts'
import { VerdictScreen } from './VerdictScreen.tsx'

const Panels = lazy(() => import('./Panels.tsx'))

/** One screen at a time. The viewfinder stays mounted under a verdict, so that the next scan starts at once. */
export function App({ gate }: { gate: Gate }): ReactElement {
  const { view } = useRead(gate.session)
  return (
    <>
      <ScanScreen gate={gate} shown={view.at === 'scan' || view.at === 'judging'} />
      {view.at === 'verdict' && (
        <VerdictScreen
          key={view.serial}
          gate={gate}
          verdict={view.verdict}
          seenAgo={view.seenAgo}
          pinned={view.pinned}
        />
      )}
      {view.at === 'panel' && (
        <Suspense>
          <Panels gate={gate} panel={view.panel} />
        </Suspense>
      )}
    </>
  )
}
