import { Suspense, type ReactElement } from 'react'
import type { Gate } from '../gate.ts'
import type { Panel } from '../session/session.ts'
import { HelpPanel } from './HelpPanel.tsx'
import { LanguageButton } from './LanguageButton.tsx'
import { PageIcon, type PageIconName } from './page-icons.tsx'
import { KeysPanel } from './KeysPanel.tsx'
import { prepareLock } from './Pin.tsx'
import { PracticePanel } from './PracticePanel.tsx'
import { ReadyPanel } from './ReadyPanel.tsx'
import { ScannerPanel } from './ScannerPanel.tsx'
import { SettingsPanel } from './SettingsPanel.tsx'
import { Title } from './Title.tsx'
import { TallyPanel } from './TallyPanel.tsx'
import { useEscape } from './use.ts'
import { prepareLedger } from './use-ledger.ts'
import { say } from './page-words.ts'

type Tab = Exclude<Panel, 'practice' | 'enrolment'>

const panels = {
  ready: { icon: 'ready', Body: ReadyPanel },
  tally: { icon: 'chart', Body: TallyPanel },
  keys: { icon: 'key', Body: KeysPanel },
  settings: { icon: 'gear', Body: SettingsPanel },
  help: { icon: 'question', Body: HelpPanel },
  scanner: { icon: 'gear', Body: ScannerPanel },
} as const satisfies Record<Tab, { icon: PageIconName; Body: (props: { gate: Gate }) => ReactElement }>

const order = ['ready', 'tally', 'keys', 'settings', 'help'] as const satisfies readonly Tab[]

/** How long the pages wait for the disk before they are shown without what it has for them, in milliseconds. */
const PREPARE_MS = 500

/** The pages, and what the first of them would have to wait for. What cannot be had is missed where it is wanted. */
export async function prepare(gate: Gate): Promise<{ readonly default: typeof Panels }> {
  const prepared = Promise.allSettled([prepareLock(gate), prepareLedger(gate)])
  await Promise.race([prepared, new Promise((over) => setTimeout(over, PREPARE_MS))])
  return { default: Panels }
}

/** Everything that is not scanning, one page each. Loaded after the scan screen. */
function Panels({ gate, panel }: { gate: Gate; panel: Panel }): ReactElement {
  if (panel === 'practice') return <PracticePanel gate={gate} />
  // It is shown where nothing else is yet.
  return panel === 'enrolment' ? <></> : <Page gate={gate} panel={panel} />
}

function Page({ gate, panel }: { gate: Gate; panel: Tab }): ReactElement {
  const { Body } = panels[panel]
  useEscape(() => gate.dispatch({ type: 'return' }))
  return (
    <main className="panel" data-screen={panel}>
      <header>
        <Title key={panel}>{say(`page.${panel}`)}</Title>
        <LanguageButton gate={gate} />
      </header>
      {/* What scrolls must be reachable for who has no pointer. */}
      <section className="panel-body" tabIndex={0} aria-label={say(`page.${panel}`)}>
        {/* What a page has to wait for must not take its title and its menu away. */}
        <Suspense>
          <Body gate={gate} />
        </Suspense>
      </section>
      <nav className="tabs" aria-label={say('page.nav')}>
        <button type="button" onClick={() => gate.dispatch({ type: 'return' })}>
          <PageIcon name="back" />
          {say('page.scan')}
        </button>
        {order.map((name) => (
          <button
            key={name}
            type="button"
            aria-current={name === panel ? 'page' : undefined}
            onClick={() => gate.dispatch({ type: 'open', panel: name })}
          >
            <PageIcon name={panels[name].icon} />
            {say(`page.${name}`)}
          </button>
        ))}
      </nav>
    </main>
  )
}
