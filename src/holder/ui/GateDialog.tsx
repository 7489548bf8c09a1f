import { useEffect, useEffectEvent, useRef, useState, type ReactElement } from 'react'
import { gateOnPoster, gateTyped } from '../code/poster.ts'
import { canReadPosters, readPosters, type CameraState } from '../device/poster-camera.ts'
import { Field } from './Field.tsx'
import { say } from './words.ts'

const words = say.gate

interface GateDialogProps {
  readonly onGate: (gate: string) => void
  readonly onClose: () => void
}

/** Which gate a live code is for: read from its poster where the browser can, and typed everywhere. */
export default function GateDialog({ onGate, onClose }: GateDialogProps): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null)
  const video = useRef<HTMLVideoElement>(null)
  const [camera, setCamera] = useState<CameraState | 'none'>('none')
  const [typed, setTyped] = useState('')
  const [fault, setFault] = useState<string>()

  const take = useEffectEvent((text: string) => {
    const gate = gateOnPoster(text)
    if (gate === undefined) return setFault(words.notAPoster)
    onGate(gate)
    dialog.current?.close()
  })
  useEffect(() => dialog.current?.showModal(), [])
  useEffect(() => {
    void canReadPosters().then((can) => setCamera(can ? 'off' : 'none'))
  }, [])
  const reads = camera === 'off' || camera === 'on'
  useEffect(() => {
    if (!reads || !video.current) return undefined
    return readPosters(video.current, (text) => take(text), setCamera)
  }, [reads])

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
        <p>{reads ? words.camera : camera === 'denied' ? words.denied : words.noCamera}</p>
        {reads && <video ref={video} className="poster" muted playsInline />}
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
