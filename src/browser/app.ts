// The service worker's registration, and a new version of the app: offered, never forced.
import { IS_WHOLE } from './messages.ts'
import { createStore, type Readable } from './store.ts'

export interface AppState {
  /**
   * Every file that the app needs is stored on the device. `damaged`: they were, and some are gone. `unsupported`: this
   * browser cannot do it here.
   */
  readonly stored: 'no' | 'yes' | 'damaged' | 'unsupported'
  readonly updateWaits: boolean
  /** A new version has taken over, from here or from another tab: this page is of the old one. */
  readonly replaced: boolean
}

export interface App extends Readable<AppState> {
  /** Starts the version that waits. */
  readonly update: () => void
  /** Looks for a newer version. */
  readonly check: () => void
}

/** A page that is not to be stored on the device: one that stands in another page. */
export const unstoredApp: App = {
  ...createStore<AppState>({ stored: 'no', updateWaits: false, replaced: false }),
  update: () => {},
  check: () => {},
}

/** @param calm when it may begin: storing the app keeps a small device busy for a second */
export function watchApp(calm: Promise<unknown> = Promise.resolve()): App {
  const state = createStore<AppState>({ stored: 'no', updateWaits: false, replaced: false })
  const actions = { update: () => {}, check: () => {} }
  if ('serviceWorker' in navigator) void register().catch(() => state.write({ ...state.read(), stored: 'unsupported' }))
  else state.write({ ...state.read(), stored: 'unsupported' })

  async function register(): Promise<void> {
    // The first worker to take charge replaces nothing.
    let inCharge = navigator.serviceWorker.controller !== null
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      if (inCharge) state.write({ ...state.read(), replaced: true })
      inCharge = true
    })
    await calm
    const { messageSW, Workbox } = await import('workbox-window')
    const worker = new Workbox('sw.js')
    worker.addEventListener('waiting', () => state.write({ ...state.read(), updateWaits: true }))
    actions.update = () => worker.messageSkipWaiting()
    actions.check = () => void worker.update().catch(() => undefined)
    await worker.register()
    const { active } = await navigator.serviceWorker.ready
    const whole: unknown = active ? await messageSW(active, { type: IS_WHOLE }) : false
    state.write({ ...state.read(), stored: whole === true ? 'yes' : 'damaged' })
  }

  return { read: state.read, subscribe: state.subscribe, update: () => actions.update(), check: () => actions.check() }
}

/** Takes the app's files off the device, so that the next start fetches them anew. What the app keeps stays. */
export async function dropFiles(): Promise<void> {
  const workers = 'serviceWorker' in navigator ? await navigator.serviceWorker.getRegistrations() : []
  const names = 'caches' in globalThis ? await caches.keys() : []
  await Promise.allSettled([
    ...workers.map((worker) => worker.unregister()),
    ...names.map((name) => caches.delete(name)),
  ])
}
