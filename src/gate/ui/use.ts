// React's end of what is not React: stores, and gestures and keys that belong to a whole screen.
import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react'
import type { Readable } from '../../browser/store.ts'
import type { Gate } from '../gate.ts'

export const useRead = <T>({ subscribe, read }: Readable<T>): T => useSyncExternalStore(subscribe, read)

/** How long a screen waits for what decides where things stand on it, in milliseconds. */
const SETTLE_MS = 2000

/**
 * Whether the places of things on the screen are known: the keys are opened, the camera is on or will not come on, and so
 * on. Until then only the picture is shown, so that nothing jumps under a thumb. Once true, it stays true.
 */
export function useSettled(gate: Gate, others: boolean): boolean {
  const { config, configFault } = useRead(gate.keyring)
  const { camera, canSwitch } = useRead(gate.viewfinder)
  const [settled, settle] = useState(false)
  const isKnown =
    others &&
    (config ?? configFault) !== undefined &&
    camera !== 'off' &&
    camera !== 'starting' &&
    canSwitch !== undefined
  if (isKnown && !settled) settle(true)
  useEffect(() => {
    const late = setTimeout(() => settle(true), SETTLE_MS)
    return () => clearTimeout(late)
  }, [])
  return settled
}

/** How long a press is before it is a hold, in milliseconds. */
const HOLD_MS = 450

export function useEscape(onEscape: () => void): void {
  const escape = useEffectEvent(onEscape)
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') escape()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

/** A tap anywhere, or Escape; and a press that lasts. A hold is no tap. */
export function useTap(onTap: () => void, onHold: () => void): void {
  const tap = useEffectEvent(onTap)
  const hold = useEffectEvent(onHold)
  useEscape(onTap)
  useEffect(() => {
    let held = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const release = (): void => clearTimeout(timer)
    const listeners = {
      pointerdown(): void {
        held = false
        release()
        timer = setTimeout(() => {
          held = true
          hold()
        }, HOLD_MS)
      },
      pointerup: release,
      pointercancel: release,
      click(): void {
        if (!held) tap()
        held = false
      },
      // A long press is ours: no menu of the browser's.
      contextmenu: (event: Event): void => event.preventDefault(),
    }
    for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name, listener)
    return () => {
      release()
      for (const [name, listener] of Object.entries(listeners)) window.removeEventListener(name, listener)
    }
  }, [])
}
