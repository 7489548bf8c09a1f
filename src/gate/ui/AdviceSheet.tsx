import { useEffect, useRef, type ReactElement } from 'react'
import type { Shown } from '../session/session.ts'
import type { Staleness } from '../trust/time.ts'
import { adviceOn } from './advice.ts'
import { say } from './page-words.ts'

interface Props {
  readonly verdict: Shown
  /** Why the keys look too old, where that is the reason. */
  readonly staleness: Staleness | undefined
  /** What the verdict itself says to do: the sheet begins with it, and adds to it. */
  readonly action: string
  /** The language of `action`, where it is not the page's. */
  readonly lang: string | undefined
  readonly onClose: () => void
}

/** What a guard says and does about a result that is not green. The verdict stays while it is open. */
export default function AdviceSheet({ verdict, staleness, action, lang, onClose }: Props): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
    // Reading begins at the top, and not at the button.
    title.current?.focus()
    // What is tapped or pressed here is not meant for the verdict behind.
    for (const kind of ['click', 'pointerdown', 'keydown']) {
      dialog.current?.addEventListener(kind, (event) => event.stopPropagation())
    }
  }, [])
  const { words, steps } = adviceOn(verdict, staleness)
  return (
    <dialog ref={dialog} className="card advice" aria-labelledby="advice-title" onClose={onClose}>
      <h2 id="advice-title" ref={title} tabIndex={-1}>
        {say('verdict.what-now')}
      </h2>
      <p className="lead" lang={lang} dir="auto">
        {action}
      </p>
      <h3>{say('page.advice.say')}</h3>
      <blockquote>{say(words)}</blockquote>
      <h3>{say('page.advice.steps')}</h3>
      <ol>
        {steps.map((step) => (
          <li key={step}>{say(step)}</li>
        ))}
      </ol>
      <form method="dialog">
        <button type="submit" className="next">
          {say('page.advice.close')}
        </button>
      </form>
    </dialog>
  )
}
