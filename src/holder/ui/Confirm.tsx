import { useEffect, useRef, type ReactElement } from 'react'
import { say } from './words.ts'

interface ConfirmProps {
  readonly title: string
  readonly about: string
  readonly yes: string
  readonly onYes: () => void
  readonly onClose: () => void
}

/** Asks once more before what cannot be undone. */
export function Confirm({ title, about, yes, onYes, onClose }: ConfirmProps): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="card" aria-labelledby="confirm-title" onClose={onClose}>
      <form method="dialog" onSubmit={onYes}>
        <h2 id="confirm-title">{title}</h2>
        <p>{about}</p>
        <div className="row">
          <button type="button" className="quiet" onClick={() => dialog.current?.close()}>
            {say.cancel}
          </button>
          <button type="submit" className="next">
            {yes}
          </button>
        </div>
      </form>
    </dialog>
  )
}
