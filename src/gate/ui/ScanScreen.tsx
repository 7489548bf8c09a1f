import { createElement, lazy, Suspense, useEffect, useRef, useState, type ReactElement } from 'react'
import { useLoaded } from '../../browser/use-loaded.ts'
import type { Gate } from '../gate.ts'
import type { ViewfinderState } from '../scan/viewfinder.ts'
import { Icon } from './icons.tsx'
import { LanguageButton } from './LanguageButton.tsx'
import { Picture, useFocusing } from './Picture.tsx'
import { StatusPill } from './StatusPill.tsx'
import { useRead, useSettled } from './use.ts'
import { say } from './words.ts'

/** A card whose file is gone from the device must not stop the scanning. */
const goWithout = () => ({ default: () => <></> })

const CameraFaultCard = lazy(() => import('./CameraFaultCard.tsx').catch(goWithout))
const HandBack = lazy(() => import('./HandBack.tsx').catch(goWithout))
const PasteDialog = lazy(() => import('./PasteDialog.tsx'))
/** Where they stand, and whether they are needed, decides where all else stands: the screen waits for them. */
const loadPolicyList = () => import('./PolicyList.tsx')
const loadFirstRunCard = () => import('./FirstRunCard.tsx')

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
  const policyList = useLoaded(loadPolicyList, false, 0)
  const firstRunCard = useLoaded(loadFirstRunCard, false, welcomed ? undefined : 0)
  const settled = useSettled(gate, policyList !== undefined && (welcomed || firstRunCard !== undefined))

  // Whoever opened a page from the keyboard is back at what opened it.
  const left = useRef<HTMLElement>(undefined)
  useEffect(() => {
    if (!shown) return undefined
    if (document.activeElement === document.body) left.current?.focus()
    const keep = ({ target }: FocusEvent): void => {
      left.current = target instanceof HTMLElement && target.matches(':focus-visible') ? target : undefined
    }
    window.addEventListener('focusin', keep)
    return () => window.removeEventListener('focusin', keep)
  }, [shown])

  useEffect(() => {
    if (!note) return undefined
    const over = setTimeout(() => gate.dispatch({ type: 'note-over' }), NOTE_MS)
    return () => clearTimeout(over)
  }, [gate, note])

  const isOn = finder.camera === 'on' || finder.camera === 'starting' || finder.camera === 'off'
  return (
    <main
      className="scan"
      data-settled={settled || undefined}
      data-screen={shown ? 'scan' : undefined}
      data-reader={finder.reader}
      inert={!shown}
    >
      <Picture gate={gate} finder={finder} focusing={focusing} />
      <header className="scan-top">
        {settled && (config ?? configFault) && (
          <>
            <h1 dir="auto">{config?.operator ?? say('app.name')}</h1>
            {/* Its list goes when a verdict or a page comes. */}
            {shown && <LanguageButton gate={gate} />}
            <StatusPill gate={gate} configFault={configFault} />
            {config && policyList && createElement(policyList, { policies: config.policies })}
          </>
        )}
      </header>

      <div className="scan-middle">
        {settled &&
          (isOn ? (
            <Aim judging={view.at === 'judging'} />
          ) : (
            <Suspense>
              <CameraFaultCard gate={gate} finder={finder} />
            </Suspense>
          ))}
      </div>

      <div className="scan-lines" role="status">
        {view.at === 'judging' && view.fetching && <p className="line">{say('scan.asking')}</p>}
        {finder.camera === 'on' && finder.black && (
          <p className="line" data-picture="black">
            {say(finder.torch === 'off' ? 'scan.black-with-light' : 'scan.black')}
          </p>
        )}
        {finder.fellBack && <FellBack />}
        {gate.returnTo !== undefined && (
          <Suspense>
            <HandBack gate={gate} asked={gate.returnTo} />
          </Suspense>
        )}
        {note && (
          <p
            key={note.serial}
            className="line"
            data-verdict={note.about in misread ? 'unreadable' : undefined}
            data-reason={note.about in misread ? note.about : undefined}
          >
            {say(`note.${note.about}`)}
          </p>
        )}
      </div>

      {updateWaits && shown && (
        <div className="line offer">
          <span>{say('scan.new-version')}</span>
          <button type="button" onClick={gate.app.update}>
            {say('scan.update')}
          </button>
        </div>
      )}
      {settled && !welcomed && firstRunCard && createElement(firstRunCard, { gate })}
      {settled && finder.camera === 'on' && (finder.zoom || finder.canFocus) && (
        <LensControls gate={gate} finder={finder} onFocus={() => focusing.focusOn()} />
      )}
      {settled && <Controls gate={gate} finder={finder} onPaste={() => setPasting(true)} />}
      {pasting && (
        <Suspense>
          <PasteDialog gate={gate} onClose={() => setPasting(false)} />
        </Suspense>
      )}
      {hovering && <p className="drop-here">{say('scan.drop')}</p>}
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
  return over ? null : <p className="line">{say('scan.fell-back')}</p>
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
          {say('scan.focus')}
        </button>
      )}
      {zoom && (
        <label>
          <span className="unseen">{say('scan.zoom')}</span>
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
      <p>{say('scan.aim')}</p>
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
    <nav className="controls" aria-label={say('scan.controls')}>
      {finder.torch !== 'none' && (
        <button type="button" aria-pressed={finder.torch === 'on'} onClick={() => void gate.viewfinder.toggleTorch()}>
          <Icon name="torch" />
          {say('scan.light')}
        </button>
      )}
      <button type="button" onClick={() => file.current?.click()}>
        <Icon name="picture" />
        {say('scan.picture')}
      </button>
      <input
        ref={file}
        type="file"
        accept="image/*"
        hidden
        aria-label={say('scan.picture-of-code')}
        onChange={({ target }) => {
          const [picture] = target.files ?? []
          target.value = ''
          if (picture) void gate.openPicture(picture)
        }}
      />
      <button type="button" onClick={onPaste}>
        <Icon name="text" />
        {say('scan.text')}
      </button>
      {finder.canSwitch && (
        <button type="button" onClick={() => void gate.viewfinder.switchCamera()}>
          <Icon name="flip" />
          {say('scan.camera')}
        </button>
      )}
      <button type="button" onClick={() => gate.dispatch({ type: 'open', panel: 'ready' })}>
        <Icon name="menu" />
        {say('scan.menu')}
      </button>
    </nav>
  )
}
