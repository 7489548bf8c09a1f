// Composition root: the only file that knows everyone.
import '../browser/trusted-types.ts'
import '../browser/tokens.css'
import './ui/scan.css'
import './ui/verdict.css'
import './ui/pages.css'
import './ui/kiosk.css'
import './ui/low.css'
import './ui/tally.css'
import { startTransition } from 'react'
import { createRoot } from 'react-dom/client'
import { watchApp } from '../browser/app.ts'
import { askToPersist } from '../browser/persist.ts'
import { createStore } from '../browser/store.ts'
import { inflate } from '../inflate.ts'
import { crashCode, type CrashPlace } from './device/crash.ts'
import { watchInstall } from './device/install.ts'
import { judgeReadiness } from './device/readiness.ts'
import type { Gate } from './gate.ts'
import { createViewfinder } from './scan/viewfinder.ts'
import { createJudge } from './session/judge.ts'
import { rememberCodes } from './session/replay.ts'
import { freshSession, outcomeOf, policyOf, step, takesCodes, type SessionEvent } from './session/session.ts'
import { defaultSettings, type Settings } from './session/settings.ts'
import { createKeyring, REFRESH_EVERY } from './trust/keyring.ts'
import { openStore } from './trust/store.ts'
import { App } from './ui/App.tsx'
import { CrashScreen } from './ui/CrashScreen.tsx'

declare const __BUILD_TIME__: number

/** A token in the address came from a phone's own camera. It leaves the address and the history before anything else. */
function takeFragment(): string | undefined {
  const text = location.hash.slice(1)
  if (text === '') return undefined
  history.replaceState(null, '', location.pathname + location.search)
  return text
}

const loadFeedback = () => import('./device/feedback.ts')

/** The address says so for as long as the gate is a kiosk: also where nothing else could be read any more. */
const onStand = (): boolean => new URLSearchParams(location.search).has('kiosk')

/** Seconds since 1970 UTC. */
const clock = (): number => Math.floor(Date.now() / 1000)

/** How long what no first scan needs waits for the camera, and then for the screen to be drawn, in milliseconds. */
const CAMERA_MS = 3000
const DRAWN_MS = 200

/** How long the first screen waits for its language, in milliseconds. Then it comes in English, and changes when it can. */
const LANGUAGE_MS = 500

/** Without its file the screens stay as they are. */
const speak = (chosen: string | undefined): Promise<void> =>
  import('./ui/speak.ts').then((opened) => opened.speak(chosen)).catch(() => undefined)

async function start(handedOver: string | undefined): Promise<void> {
  const session = createStore(freshSession)
  const settings = createStore(defaultSettings)
  const hovering = createStore(false)
  // Everything that takes time starts at once: the reader compiles and the camera opens, and its picture is shown, while the
  // keys are verified. Only judging waits for them.
  const storeOpening = openStore()
  const asked = new URLSearchParams(location.search).get('root') ?? undefined
  const { keyring, opening } = createKeyring(storeOpening, inflate, clock, __BUILD_TIME__, asked)
  const memory = rememberCodes(() => performance.now() / 1000)
  const replayMinutes = (): number => settings.read().replayMinutes
  const judge = createJudge(session, dispatch, opening, memory, replayMinutes, clock)
  const viewfinder = createViewfinder({
    preferred: () => settings.read().cameraId,
    front: () => settings.read().kiosk,
    onText: (text) => void judge(text),
    onOpened(cameraId) {
      if (cameraId !== settings.read().cameraId) change({ cameraId })
    },
  })

  const store = await storeOpening
  settings.write(await store.readSettings().catch(() => defaultSettings))
  if (onStand() && !settings.read().kiosk) change({ kiosk: true, cameraId: undefined })
  if (document.visibilityState === 'visible') void viewfinder.start()
  const { language } = settings.read()
  // English, which the app speaks from the start, waits for nothing.
  const speaking = /^en\b/.test(language ?? navigator.language) ? undefined : speak(language)

  // The camera is on, or known not to come on, and the keys are opened. What is not needed to scan and judge begins only
  // then: it would take the processor from the camera, the reader and the first screen.
  const scanning = Promise.race([
    Promise.all([opening, viewfinder.settled]),
    new Promise((over) => setTimeout(over, CAMERA_MS)),
  ]).then(() => new Promise((over) => setTimeout(over, DRAWN_MS)))

  // Nothing is heard before the first touch anyhow, and a device that has lost the file is silent.
  let feedback: Awaited<ReturnType<typeof loadFeedback>> | undefined
  scanning.then(loadFeedback).then(
    (loaded) => (feedback = loaded),
    () => undefined,
  )

  const ledger = scanning
    .then(() => import('./tally/start.ts'))
    .then(({ startLedger }) => startLedger(store.swapTally, () => keyring.read().belief.trust?.iat))
  // Besides the camera; without its file it scans on.
  const handingIn = scanning.then(() => import('./scan/image.ts')).catch(() => undefined)
  // What is typed before their file is there is kept for it. Without its file the gate scans with its camera.
  const early: KeyboardEvent[] = []
  const hold = (event: KeyboardEvent): void => void early.push(event)
  document.addEventListener('keydown', hold)
  const scanners = scanning
    .then(() => import('./scan/scanners.ts'))
    .then(
      ({ listenToScanners }) => {
        document.removeEventListener('keydown', hold)
        return listenToScanners(
          document,
          early,
          (text) => void judge(text),
          (about) => dispatch({ type: 'note', about }),
        )
      },
      () => undefined,
    )
  const installer = watchInstall()
  const app = watchApp(scanning)
  let persisted = false
  const readiness = createStore(readinessNow())

  function readinessNow() {
    const device = { appStored: app.read().stored, persisted, hindrance: store.hindrance }
    const { belief, lastRefresh } = keyring.read()
    return judgeReadiness(belief, device, lastRefresh, clock())
  }
  const lookAgain = (): void => readiness.write(readinessNow())

  function dispatch(event: SessionEvent): void {
    const before = session.read().view
    session.write(step(session.read(), event))
    const { view } = session.read()
    if (view === before) return
    if (view.at === 'scan') viewfinder.resume()
    else viewfinder.pause()
    if (view.at === 'verdict' && before.at !== 'verdict') {
      const outcome = outcomeOf(view.verdict)
      // A tally that does not load, for its file is gone, stops no gate.
      void ledger.then((opened) => opened.count(outcome)).catch(() => undefined)
      feedback?.respond(outcome, policyOf(outcome, keyring.read().config?.policies), settings.read())
    }
  }

  function change(changes: Partial<Settings>): void {
    settings.write({ ...settings.read(), ...changes })
    if (changes.language !== undefined) void speak(changes.language)
    memory.purge(replayMinutes())
    void store.writeSettings(settings.read()).catch(() => undefined)
  }

  const gate: Gate = {
    session,
    settings,
    readiness,
    pins: store,
    hovering,
    keyring,
    viewfinder,
    ledger,
    scanners,
    installer,
    app,
    clock,
    buildTime: __BUILD_TIME__,
    returnTo: new URLSearchParams(location.search).get('return') ?? undefined,
    dispatch,
    change,
    async take(handed) {
      if (!takesCodes(session.read())) {
        if (handed.kind === 'image') handed.image.close()
        return
      }
      if (handed.kind === 'not-an-image') return dispatch({ type: 'note', about: 'not-a-picture' })
      const text = handed.kind === 'text' ? handed.text.trim() : await viewfinder.readPicture(handed.image)
      if (text === undefined) dispatch({ type: 'note', about: 'no-code-in-picture' })
      else await judge(text)
    },
    openPicture: async (file) => gate.take((await (await handingIn)?.openImage(file)) ?? { kind: 'not-an-image' }),
  }

  /** A page of an old version has lost its files: it starts anew, but takes no verdict from anybody's eyes. */
  const giveWay = (): void => {
    const { at } = session.read().view
    if (app.read().replaced && (at === 'scan' || at === 'panel')) location.reload()
  }
  app.subscribe(giveWay)
  session.subscribe(giveWay)
  keyring.subscribe(lookAgain)
  app.subscribe(lookAgain)
  setInterval(lookAgain, 30_000)
  setInterval(() => memory.purge(replayMinutes()), 30_000)
  setInterval(() => void keyring.refresh(), REFRESH_EVERY * 1000)
  window.addEventListener('online', () => void keyring.refresh())
  window.addEventListener('hashchange', () => {
    const text = takeFragment()
    if (text === undefined) return
    dispatch({ type: 'return' })
    void judge(text)
  })
  for (const touch of ['pointerdown', 'keydown']) window.addEventListener(touch, () => feedback?.unlockSound())
  void handingIn.then((opened) =>
    opened?.listenToHandedIn(
      document,
      (handed) => void gate.take(handed),
      (over) => hovering.write(over),
    ),
  )
  // Without its file the screen dims as it always does.
  scanning
    .then(() => import('../browser/wake-lock.ts'))
    .then(
      ({ keepAwake }) => keepAwake(),
      () => undefined,
    )
  // Gone back to: not every browser says in this case that the page is visible again.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted && viewfinder.read().camera === 'off') void viewfinder.start()
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') {
      lookAgain()
      // Somebody may just have set the clock right.
      if (readiness.read().skew === 'ahead' || readiness.read().skew === 'behind') void keyring.refresh()
      void viewfinder.start()
    } else {
      dispatch({ type: 'hidden' })
      viewfinder.stop()
    }
  })

  if (speaking) await Promise.race([speaking, new Promise((over) => setTimeout(over, LANGUAGE_MS))])
  // In slices, so that the camera's first pictures come between them.
  startTransition(() => root?.render(<App gate={gate} />))
  stopScanning = () => viewfinder.stop()

  if (handedOver !== undefined) void judge(handedOver)
  await opening
  void keyring.refresh().then(app.check)
  persisted = await askToPersist()
  lookAgain()
}

const element = document.getElementById('gate')
const root = element ? createRoot(element, { onUncaughtError: (error) => crash('screen', error) }) : undefined
let stopScanning = (): void => {}
const RESTART_MS = 10_000

/** Instead of a blank page, and of any verdict. */
function crash(place: CrashPlace, error: unknown): void {
  stopScanning()
  root?.render(<CrashScreen code={crashCode(place, error, __BUILD_TIME__)} attended={!onStand()} />)
  // Nobody may be there to press the button.
  if (onStand()) setTimeout(() => location.reload(), RESTART_MS)
}

const handedOver = takeFragment()
// Not in the task that has evaluated all this: whoever taps, and whatever is to be painted, comes between.
setTimeout(() => void start(handedOver).catch((error: unknown) => crash('start', error)))
