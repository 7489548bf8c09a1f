// The service worker's registration, and a new version of the app: offered, never forced.
import { createStore, type Readable } from './store.ts'

export interface AppState {
  /** Every file that the app needs is stored on the device. `unsupported`: this browser cannot do it here. */
  readonly stored: 'no' | 'yes' | 'unsupported'
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

export function watchApp(): App {
  const state = createStore<AppState>({ stored: 'no', updateWaits: false, replaced: false })
  const actions = { update: () => {}, check: () => {} }
  if ('serviceWorker' in navigator) void register().catch(() => state.write({ ...state.read(), stored: 'unsupported' }))
  else state.write({ ...state.read(), stored: 'unsupported' })

  async function register(): Promise<void> {
    const { Workbox } = await import('workbox-window')
    const worker = new Workbox('sw.js')
    worker.addEventListener('waiting', () => state.write({ ...state.read(), updateWaits: true }))
    actions.update = () => worker.messageSkipWaiting()
    actions.check = () => void worker.update().catch(() => undefined)
    // The first worker to take charge replaces nothing.
    let inCharge = navigator.serviceWorker.controller !== null
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      if (inCharge) state.write({ ...state.read(), replaced: true })
      inCharge = true
    })
    await worker.register()
    await navigator.serviceWorker.ready
    state.write({ ...state.read(), stored: 'yes' })
  }

  return { read: state.read, subscribe: state.subscribe, update: () => actions.update(), check: () => actions.check() }
}
