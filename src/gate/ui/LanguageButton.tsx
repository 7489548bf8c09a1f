import { lazy, Suspense, useState, type ReactElement } from 'react'
import type { Gate } from '../gate.ts'
import { Icon } from './icons.tsx'
import { say } from './words.ts'

/** Without its file the gate speaks on as it does. */
const LanguageList = lazy(() => import('./LanguageList.tsx').catch(() => ({ default: () => <></> })))

/** On every screen: this, and then the language. Its sign and its own name are what a stranger to the words finds it by. */
export function LanguageButton({ gate, onOpen }: { gate: Gate; onOpen?: () => void }): ReactElement {
  const [open, setOpen] = useState(false)
  return (
    // What is done in here is no tap on the screen behind it, and no key of it.
    <div
      className="language"
      role="presentation"
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        // Escape closes the list; where there is none, it leaves the screen as from anywhere else.
        if (open || event.key !== 'Escape') event.stopPropagation()
      }}
    >
      <button
        type="button"
        onClick={() => {
          onOpen?.()
          setOpen(true)
        }}
      >
        <Icon name="globe" />
        <span className="unseen">{say('language.title')}:</span> <span>{say('language.name')}</span>
      </button>
      {open && (
        <Suspense>
          <LanguageList gate={gate} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}
