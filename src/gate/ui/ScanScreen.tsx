import { lazy, Suspense, useEffect, useRef, useState, type ReactElement } from 'react'
import type { Gate } from '../gate.ts'
import type { ViewfinderState } from '../scan/viewfinder.ts'
import { Icon } from './icons.tsx'
import { StatusPill, WelcomeCard } from './Readiness.tsx'
import { useRead } from './use.ts'
import { cameraWords, noteWords } from './words.ts'

const PasteDialog = lazy(() => import('./PasteDialog.tsx'))

/** How long a line about a code that is none of ours stays, in milliseconds. */
const NOTE_MS = 5000

/** The screen that staff see all day: the camera's picture, a frame to aim with, and everything in reach of a thumb. */
export function ScanScreen({ gate, shown }: { gate: Gate; shown: boolean }): ReactElement {
  const { view, note } = useRead(gate.session)
  const { config, configFault } = useRead(gate.keyring)
  const { updateWaits } = useRead(gate.app)
  const { welcomed } = useRead(gate.settings)
  const hovering = useRead(gate.hovering)
  const finder = useRead(gate.viewfinder)
  const [pasting, setPasting] = useState(false)

  useEffect(() => {
    if (!note) return undefined
    const over = setTimeout(() => gate.dispatch({ type: 'note-over' }), NOTE_MS)
    return () => clearTimeout(over)
  }, [gate, note])

  const isOn = finder.camera === 'on' || finder.camera === 'starting' || finder.camera === 'off'
  return (
    <main className="scan" data-screen={shown ? 'scan' : undefined} data-reader={finder.reader} inert={!shown}>
      <Picture gate={gate} finder={finder} />
      <header className="scan-top">
        <h1>{config?.operator ?? 'KYC-VS Gate'}</h1>
        <StatusPill gate={gate} configFault={configFault} />
      </header>

      <div className="scan-middle">
        {isOn ? <Aim judging={view.at === 'judging'} /> : <CameraFaultCard gate={gate} finder={finder} />}
      </div>

      <div className="scan-lines" role="status">
        {view.at === 'judging' && view.fetching && <p className="line">Unknown key: asking for newer keys …</p>}
        {note && (
          <p
            key={note.serial}
            className="line"
            data-verdict={note.about in misread ? 'unreadable' : undefined}
            data-reason={note.about in misread ? note.about : undefined}
          >
            {noteWords[note.about]}
          </p>
        )}
      </div>

      {updateWaits && shown && (
        <div className="line offer">
          <span>A new version is ready.</span>
          <button type="button" onClick={gate.app.update}>
            Update now
          </button>
        </div>
      )}
      {!welcomed && <WelcomeCard gate={gate} />}
      {finder.zoom && (
        <label className="zoom">
          <span className="unseen">Zoom</span>
          <input
            type="range"
            min={finder.zoom.min}
            max={finder.zoom.max}
            step={finder.zoom.step}
            value={finder.zoom.value}
            onChange={({ target }) => void gate.viewfinder.setZoom(Number(target.value))}
          />
        </label>
      )}
      <Controls gate={gate} finder={finder} onPaste={() => setPasting(true)} />
      {pasting && (
        <Suspense>
          <PasteDialog gate={gate} onClose={() => setPasting(false)} />
        </Suspense>
      )}
      {hovering && <p className="drop-here">Drop the picture of the code</p>}
    </main>
  )
}

const misread = { 'not-a-token': true, 'wrong-profile': true }

function Picture({ gate, finder }: { gate: Gate; finder: ViewfinderState }): ReactElement {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => (video.current ? gate.viewfinder.attach(video.current) : undefined), [gate])
  const pinch = usePinch(gate, finder)
  return (
    <video
      ref={video}
      className="picture"
      data-mirrored={finder.mirrored || undefined}
      aria-label="Camera"
      muted
      playsInline
      {...pinch}
    />
  )
}

/** Two fingers on the picture zoom it, where the camera can. */
function usePinch(gate: Gate, { zoom }: ViewfinderState) {
  const fingers = useRef(new Map<number, { x: number; y: number }>())
  const from = useRef<{ distance: number; value: number }>(undefined)
  const distance = (): number => {
    const [a, b] = [...fingers.current.values()]
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0
  }
  const lift = ({ pointerId }: { pointerId: number }): void => {
    fingers.current.delete(pointerId)
    from.current = undefined
  }
  return {
    onPointerDown({ pointerId, clientX: x, clientY: y }: React.PointerEvent): void {
      fingers.current.set(pointerId, { x, y })
      from.current = zoom && fingers.current.size === 2 ? { distance: distance(), value: zoom.value } : undefined
    },
    onPointerMove({ pointerId, clientX: x, clientY: y }: React.PointerEvent): void {
      if (!fingers.current.has(pointerId)) return
      fingers.current.set(pointerId, { x, y })
      if (!zoom || !from.current || from.current.distance === 0) return
      const value = from.current.value * (distance() / from.current.distance)
      void gate.viewfinder.setZoom(Math.min(zoom.max, Math.max(zoom.min, value)))
    },
    onPointerUp: lift,
    onPointerCancel: lift,
    onPointerLeave: lift,
  }
}

function Aim({ judging }: { judging: boolean }): ReactElement {
  return (
    <div className="aim" data-judging={judging || undefined}>
      <i />
      <p>Hold the code in the frame</p>
    </div>
  )
}

function CameraFaultCard({ gate, finder }: { gate: Gate; finder: ViewfinderState }): ReactElement | null {
  const { camera } = finder
  if (camera === 'on' || camera === 'off' || camera === 'starting') return null
  const { title, todo, again } = cameraWords[camera]
  return (
    <section className="card" data-camera={camera}>
      <h2>{title}</h2>
      <p>{todo}</p>
      {/* An insecure page has no WebCrypto, so it can prove nothing, however a code comes in. */}
      {camera !== 'insecure' && (
        <p>You can still open or drop a picture of a code, paste its text, or use a scanner that types.</p>
      )}
      <button type="button" className="next" onClick={() => void gate.viewfinder.start()}>
        {again}
      </button>
    </section>
  )
}

function Controls({
  gate,
  finder,
  onPaste,
}: {
  gate: Gate
  finder: ViewfinderState
  onPaste: () => void
}): ReactElement {
  const file = useRef<HTMLInputElement>(null)
  return (
    <nav className="controls" aria-label="Scanning">
      {finder.torch !== 'none' && (
        <button type="button" aria-pressed={finder.torch === 'on'} onClick={() => void gate.viewfinder.toggleTorch()}>
          <Icon name="torch" />
          Light
        </button>
      )}
      <button type="button" onClick={() => file.current?.click()}>
        <Icon name="picture" />
        Picture
      </button>
      <input
        ref={file}
        type="file"
        accept="image/*"
        hidden
        aria-label="A picture of a code"
        onChange={({ target }) => {
          const [picture] = target.files ?? []
          target.value = ''
          if (picture) void gate.openPicture(picture)
        }}
      />
      <button type="button" onClick={onPaste}>
        <Icon name="text" />
        Text
      </button>
      {finder.canSwitch && (
        <button type="button" onClick={() => void gate.viewfinder.switchCamera()}>
          <Icon name="flip" />
          Camera
        </button>
      )}
      <button type="button" onClick={() => gate.dispatch({ type: 'open', panel: 'ready' })}>
        <Icon name="menu" />
        Menu
      </button>
    </nav>
  )
}
