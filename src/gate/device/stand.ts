// A device on a stand: it starts again where it was, fills the screen, and says how its battery does.
import type { Gate } from '../gate.ts'

/** Makes a kiosk of this device, until `leaveStand`. */
export function standUp(gate: Gate): void {
  gate.change({ kiosk: true, cameraId: undefined })
  gate.dispatch({ type: 'return' })
  fillScreen()
  void gate.viewfinder.start()
}

export function leaveStand(gate: Gate): void {
  gate.change({ kiosk: false, cameraId: undefined })
  sayInAddress(false)
  if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined)
  gate.dispatch({ type: 'return' })
  void gate.viewfinder.start()
}

/** In the address it outlives a crash in which nothing could be read from the disk. */
export function sayInAddress(kiosk: boolean): void {
  const address = new URL(location.href)
  if (address.searchParams.has('kiosk') === kiosk) return
  if (kiosk) address.searchParams.set('kiosk', '')
  else address.searchParams.delete('kiosk')
  history.replaceState(null, '', address)
}

/** Browsers allow it in answer to a touch only, and some not at all. */
export function fillScreen(): void {
  if (document.fullscreenElement || !document.fullscreenEnabled) return
  void document.documentElement.requestFullscreen({ navigationUI: 'hide' }).catch(() => undefined)
}

export interface BatteryState {
  /** In hundredths. */
  readonly level: number
  readonly charging: boolean
}

/** W3C Battery Status, which is in Chromium alone and not in TypeScript's DOM. */
interface Battery extends BatteryState, EventTarget {}

const hasBattery = (navigator: object): navigator is { getBattery(): Promise<Battery> } => 'getBattery' in navigator

/** Calls back with the battery, now and whenever it changes, or once with nothing where the browser says nothing of it; gives how to stop. */
export function watchBattery(onState: (state: BatteryState | undefined) => void): () => void {
  const stopping = new AbortController()
  const { signal } = stopping
  async function watching(): Promise<void> {
    if (!hasBattery(navigator)) throw new Error('No battery')
    const battery = await navigator.getBattery()
    const tell = (): void => {
      if (!signal.aborted) onState({ level: Math.round(battery.level * 100), charging: battery.charging })
    }
    for (const change of ['levelchange', 'chargingchange']) battery.addEventListener(change, tell, { signal })
    tell()
  }
  watching().catch(() => onState(undefined))
  return () => stopping.abort()
}
