import { useEffect, useEffectEvent, useRef, useState, type ReactElement } from 'react'
import { gateOnPoster, gateTyped } from '../../browser/poster.ts'
import { readPhoto, watchForPosters, type CameraState } from '../device/poster-reader.ts'
import { Field } from './Field.tsx'
import { say } from './words.ts'

const words = say.gate

interface GateDialogProps {
  readonly onGate: (gate: string) => void
  readonly onClose: () => void
}

/** Which gate a live code is for: read from its poster, by the camera or from a photo of it, or typed. */
export default function GateDialog({ onGate, onClose }: GateDialogProps): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null)
  const video = useRef<HTMLVideoElement>(null)
  const photo = useRef<HTMLInputElement>(null)
  const [camera, setCamera] = useState<CameraState>('starting')
  const [typed, setTyped] = useState('')
  const [fault, setFault] = useState<string>()

  const take = useEffectEvent((text: string) => {
    const gate = gateOnPoster(text)
    if (gate === undefined) return setFault(words.notAPoster)
    onGate(gate)
    dialog.current?.close()
  })
  useEffect(() => dialog.current?.showModal(), [])
  useEffect(() => (video.current ? watchForPosters(video.current, (text) => take(text), setCamera) : undefined), [])
  const sees = camera === 'starting' || camera === 'on'

  return (
    <dialog ref={dialog} className="card" aria-labelledby="gate-title" onClose={onClose}>
      <form
        className="fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          const gate = gateTyped(typed)
          if (gate === undefined) return setFault(words.fault)
          onGate(gate)
          dialog.current?.close()
        }}
      >
        <h2 id="gate-title">{words.title}</h2>
        <p>{words.about}</p>
        <p>{sees ? words.camera : camera === 'denied' ? words.denied : words.noCamera}</p>
        <video ref={video} className="poster" hidden={!sees} aria-label={words.video} muted playsInline />
        <button type="button" className="quiet" onClick={() => photo.current?.click()}>
          {words.photo}
        </button>
        <input
          ref={photo}
          type="file"
          accept="image/*"
          hidden
          aria-label={words.photo}
          onChange={({ target }) => {
            const [picture] = target.files ?? []
            target.value = ''
            if (picture) void readPhoto(picture).then((text) => take(text ?? ''))
          }}
        />
        <Field
          label={words.label}
          fault={fault}
          name="gate"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        <div className="row">
          <button type="button" className="quiet" onClick={() => dialog.current?.close()}>
            {say.cancel}
          </button>
          <button type="submit" className="next">
            {words.yes}
          </button>
        </div>
      </form>
    </dialog>
  )
}
