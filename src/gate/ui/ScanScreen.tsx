import { lazy, Suspense, useEffect, useRef, useState, type ReactElement } from 'react'
import type { Gate } from '../gate.ts'
import type { ViewfinderState } from '../scan/viewfinder.ts'
import { Icon } from './icons.tsx'
import { Picture, useFocusing } from './Picture.tsx'
import { StatusPill } from './StatusPill.tsx'
import { useRead } from './use.ts'
import { deviceWords, lensWords, noteWords } from './words.ts'

/** A card whose file is gone from the device must not stop the scanning. */
const goWithout = () => ({ default: () => <></> })

const CameraFaultCard = lazy(() => import('./CameraFaultCard.tsx').catch(goWithout))
const PolicyList = lazy(() => import('./PolicyList.tsx').catch(goWithout))
const PasteDialog = lazy(() => import('./PasteDialog.tsx'))
const FirstRunCard = lazy(() => import('./FirstRunCard.tsx').catch(goWithout))

/** How long a line about a code that is none of ours stays, in milliseconds. */
const NOTE_MS = 5000
/** And one about the device, which is of use for longer. */
const DEVICE_MS = 15_000

/** The screen that staff see all day: the camera's picture, a frame to aim with, and everything in reach of a thumb. */
export function ScanScreen({ gate, shown }: { gate: Gate; shown: boolean }): ReactElement {
  const { view, note } = useRead(gate.session)
  const { config, configFault } = useRead(gate.keyring)
  const { updateWaits } = useRead(gate.app)
  const { welcomed } = useRead(gate.settings)
  const hovering = useRead(gate.hovering)
  const finder = useRead(gate.viewfinder)
  const focusing = useFocusing(gate, finder)
  const [pasting, setPasting] = useState(false)

  useEffect(() => {
    if (!note) return undefined
    const over = setTimeout(() => gate.dispatch({ type: 'note-over' }), NOTE_MS)
    return () => clearTimeout(over)
  }, [gate, note])

  const isOn = finder.camera === 'on' || finder.camera === 'starting' || finder.camera === 'off'
  return (
    <main className="scan" data-screen={shown ? 'scan' : undefined} data-reader={finder.reader} inert={!shown}>
      <Picture gate={gate} finder={finder} focusing={focusing} />
      <header className="scan-top">
        {(config ?? configFault) && (
          <>
            <h1>{config?.operator ?? 'KYC-VS Gate'}</h1>
            <StatusPill gate={gate} configFault={configFault} />
            {config && (
              <Suspense>
                <PolicyList policies={config.policies} />
              </Suspense>
            )}
          </>
        )}
      </header>

      <div className="scan-middle">
        {isOn ? (
          <Aim judging={view.at === 'judging'} />
        ) : (
          <Suspense>
            <CameraFaultCard gate={gate} finder={finder} />
          </Suspense>
        )}
      </div>

      <div className="scan-lines" role="status">
        {view.at === 'judging' && view.fetching && <p className="line">Unknown key: asking for newer keys …</p>}
        {finder.camera === 'on' && finder.black && (
          <p className="line" data-picture="black">
            {finder.torch === 'off' ? deviceWords.blackWithLight : deviceWords.black}
          </p>
        )}
        {finder.fellBack && <FellBack />}
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
      {!welcomed && (
        <Suspense>
          <FirstRunCard gate={gate} />
        </Suspense>
      )}
      {finder.camera === 'on' && (finder.zoom || finder.canFocus) && (
        <LensControls gate={gate} finder={finder} onFocus={() => focusing.focusOn()} />
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

/** Said once, for a while; the settings say it for as long as it is so. */
function FellBack(): ReactElement | null {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const ends = setTimeout(() => setOver(true), DEVICE_MS)
    return () => clearTimeout(ends)
  }, [])
  return over ? null : <p className="line">{deviceWords.fellBack}</p>
}

/** What the lens can do, right above what the thumb reaches anyhow. */
function LensControls({
  gate,
  finder: { zoom, canFocus },
  onFocus,
}: {
  gate: Gate
  finder: ViewfinderState
  onFocus: () => void
}): ReactElement {
  return (
    <div className="lens">
      {canFocus && (
        <button type="button" onClick={onFocus}>
          <Icon name="focus" />
          {lensWords.focus}
        </button>
      )}
      {zoom && (
        <label>
          <span className="unseen">{lensWords.zoom}</span>
          <input
            type="range"
            min={zoom.min}
            max={zoom.max}
            step={zoom.step}
            value={zoom.value}
            onChange={({ target }) => void gate.viewfinder.setZoom(Number(target.value))}
          />
        </label>
      )}
    </div>
  )
}

function Aim({ judging }: { judging: boolean }): ReactElement {
  return (
    <div className="aim" data-judging={judging || undefined}>
      <i />
      <p>Hold the code in the frame</p>
    </div>
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
