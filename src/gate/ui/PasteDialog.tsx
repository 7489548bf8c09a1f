import { useEffect, useRef, type ReactElement } from 'react'
import type { Gate } from '../gate.ts'
import { say } from './page-words.ts'

/** Where the text of a code is pasted by hand. It is judged, and gone when the dialog closes. */
export default function PasteDialog({ gate, onClose }: { gate: Gate; onClose: () => void }): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null)
  const text = useRef<HTMLTextAreaElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="card" aria-labelledby="paste-title" onClose={onClose}>
      <form
        method="dialog"
        onSubmit={() => {
          const pasted = text.current?.value.trim() ?? ''
          if (pasted !== '') void gate.take({ kind: 'text', text: pasted })
        }}
      >
        <h2 id="paste-title">{say('page.paste.title')}</h2>
        <textarea
          ref={text}
          rows={5}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          aria-labelledby="paste-title"
        />
        <div className="row">
          <button type="button" className="quiet" onClick={() => dialog.current?.close()}>
            {say('page.paste.cancel')}
          </button>
          <button type="submit" className="next">
            {say('page.paste.check')}
          </button>
        </div>
      </form>
    </dialog>
  )
}
