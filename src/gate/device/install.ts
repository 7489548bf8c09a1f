// The browser's offer to install the app; where a browser has none, the steps are in the words table.
import { createStore, type Readable } from '../../browser/store.ts'

interface InstallPrompt extends Event {
  prompt(): Promise<unknown>
}
const isInstallPrompt = (event: Event): event is InstallPrompt => 'prompt' in event

export type InstallState = 'installed' | 'offered' | 'by-share-menu' | 'by-browser-menu'

export interface Installer extends Readable<InstallState> {
  install(): Promise<void>
}

export function watchInstall(): Installer {
  let offer: InstallPrompt | undefined
  const state = createStore<InstallState>(byHand())
  window.addEventListener('beforeinstallprompt', (event) => {
    if (!isInstallPrompt(event)) return
    event.preventDefault()
    offer = event
    state.write('offered')
  })
  window.addEventListener('appinstalled', () => state.write('installed'))
  return {
    read: state.read,
    subscribe: state.subscribe,
    async install() {
      await offer?.prompt()
      offer = undefined
      if (state.read() === 'offered') state.write(byHand())
    },
  }
}

function byHand(): InstallState {
  if (matchMedia('(display-mode: standalone), (display-mode: fullscreen)').matches) return 'installed'
  // Safari on iPhone and iPad installs from its share menu only, and says nothing of it to the page.
  return /iPhone|iPad|Macintosh.*Safari/.test(navigator.userAgent) && navigator.maxTouchPoints > 1
    ? 'by-share-menu'
    : 'by-browser-menu'
}
