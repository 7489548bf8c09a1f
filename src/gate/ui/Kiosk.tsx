import { Suspense, useEffect, useState, type ReactElement } from 'react'
import { isQuiet } from '../device/feedback.ts'
import { fillScreen, sayInAddress, watchBattery, type BatteryState } from '../device/stand.ts'
import type { Gate } from '../gate.ts'
import type { ViewfinderState } from '../scan/viewfinder.ts'
import HandBack from './HandBack.tsx'
import { KioskVerdict } from './KioskVerdict.tsx'
import { say } from './page-words.ts'
import { Picture, useFocusing } from './Picture.tsx'
import { StaffScreen } from './StaffScreen.tsx'
import { language, perLanguage } from './language.ts'
import { useRead, useSettled } from './use.ts'
import { fromNow } from './words.ts'

/** How long a line about a code that is none of ours stays, in milliseconds. */
const NOTE_MS = 5000
const steps = [1, 2, 3] as const

/** The gate as a tablet on a stand shows it: for who holds the code, with no way out but the staff's. */
export default function Kiosk({ gate }: { gate: Gate }): ReactElement {
  const { view } = useRead(gate.session)
  // Its file may come after the first screen, and staff may choose another one.
  useRead(language)
  useEffect(() => {
    sayInAddress(true)
    window.addEventListener('click', fillScreen)
    return () => window.removeEventListener('click', fillScreen)
  }, [])
  return (
    <>
      <Idle gate={gate} shown={view.at === 'scan' || view.at === 'judging'} />
      {view.at === 'verdict' && (
        <KioskVerdict key={view.serial} gate={gate} verdict={view.verdict} seenAgo={view.seenAgo} />
      )}
      {view.at === 'panel' && (
        <Suspense>
          <StaffScreen gate={gate} />
        </Suspense>
      )}
    </>
  )
}

function Idle({ gate, shown }: { gate: Gate; shown: boolean }): ReactElement {
  const { view, note } = useRead(gate.session)
  const { config, lastRefresh } = useRead(gate.keyring)
  const { doubt } = useRead(gate.readiness)
  const finder = useRead(gate.viewfinder)
  const focusing = useFocusing(gate, finder)
  useEffect(() => {
    if (!note) return undefined
    const over = setTimeout(() => gate.dispatch({ type: 'note-over' }), NOTE_MS)
    return () => clearTimeout(over)
  }, [gate, note])
  // Undefined until the browser has said it, or that it says nothing.
  const [battery, setBattery] = useState<BatteryState | 'unsaid'>()
  useEffect(() => watchBattery((state) => setBattery(state ?? 'unsaid')), [])
  const settled = useSettled(gate, battery !== undefined && (!doubt || lastRefresh !== undefined))
  const isAble = !doubt && !finder.black && (finder.camera === 'on' || finder.camera === 'starting')

  return (
    <main
      className="kiosk"
      data-screen={shown ? 'scan' : undefined}
      data-kiosk={isAble ? 'able' : 'unable'}
      data-reader={finder.reader}
      data-settled={settled || undefined}
      inert={!shown}
    >
      <header>
        <p className="kiosk-place">{config?.operator ?? ''}</p>
        <h1>{say(isAble ? 'page.kiosk.title' : 'page.kiosk.unable')}</h1>
      </header>
      <div className="kiosk-picture" data-judging={view.at === 'judging' || undefined}>
        <Picture gate={gate} finder={finder} focusing={focusing} />
        <i />
      </div>
      {isAble ? (
        <ol className="kiosk-about">
          {steps.map((step) => (
            <li key={step}>{say(`page.kiosk.step.${step}`)}</li>
          ))}
        </ol>
      ) : (
        <p className="kiosk-about">{say('page.kiosk.unable-about')}</p>
      )}
      <div className="kiosk-lines" role="status">
        {view.at === 'judging' && view.fetching && <p className="line">{say('page.kiosk.judging')}</p>}
        {note && (
          <p key={note.serial} className="line" data-reason={note.about}>
            {say(`page.bearer-note.${note.about}`)}
          </p>
        )}
        {gate.returnTo !== undefined && <HandBack gate={gate} asked={gate.returnTo} />}
      </div>
      <footer>
        <Alive gate={gate} finder={finder} battery={battery === 'unsaid' ? undefined : battery} />
        <button type="button" className="quiet" onClick={() => gate.dispatch({ type: 'open', panel: 'settings' })}>
          {say('page.kiosk.staff')}
        </button>
      </footer>
    </main>
  )
}

const percent = perLanguage((locale) => new Intl.NumberFormat(locale, { style: 'percent' }))
const hourAndMinute = perLanguage((locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'short' }))
/** A time of day as it is set, "06:30"; what a disk has made of it is shown as it is. */
function asOnClock(time: string): string {
  const at = Date.parse(`2000-01-01T${time}`)
  return Number.isNaN(at) ? time : hourAndMinute().format(at)
}

/** How often what moves by itself is looked at again, in milliseconds. */
const LOOK_MS = 15_000

/** That the gate lives: a clock that goes, the camera, the age of the list, the battery where the browser tells; and why it is silent. */
function Alive({
  gate,
  finder,
  battery,
}: {
  gate: Gate
  finder: ViewfinderState
  battery: BatteryState | undefined
}): ReactElement {
  const { doubt, listMade } = useRead(gate.readiness)
  const settings = useRead(gate.settings)
  const [now, setNow] = useState(gate.clock)
  useEffect(() => {
    const looking = setInterval(() => setNow(gate.clock()), LOOK_MS)
    return () => clearInterval(looking)
  }, [gate])
  const { camera, black } = finder
  const level = battery && percent().format(battery.level / 100)
  return (
    <ul className="kiosk-alive">
      <li>{say('page.kiosk.clock', { time: hourAndMinute().format(now * 1000) })}</li>
      <li data-state={stateOf(finder)} data-camera={camera}>
        {say(
          camera === 'on'
            ? black
              ? 'page.kiosk.black'
              : 'page.kiosk.camera'
            : camera === 'starting'
              ? 'page.kiosk.starting'
              : 'page.kiosk.no-camera',
        )}
      </li>
      <li data-state={doubt ? 'bad' : 'good'}>
        {listMade === undefined ? say('page.kiosk.no-list') : say('page.kiosk.list', { ago: fromNow(listMade, now) })}
      </li>
      {battery && level !== undefined && (
        <li data-state={battery.charging || battery.level > 15 ? 'good' : 'bad'}>
          {say(battery.charging ? 'page.kiosk.charging' : 'page.kiosk.battery', { level })}
        </li>
      )}
      {isQuiet(settings, new Date(now * 1000).toTimeString().slice(0, 5)) && (
        <li data-quiet="">{say('page.kiosk.quiet', { time: asOnClock(settings.quietTo) })}</li>
      )}
    </ul>
  )
}

const stateOf = ({ camera, black }: ViewfinderState): 'good' | 'bad' | undefined =>
  camera === 'starting' ? undefined : camera === 'on' && !black ? 'good' : 'bad'
