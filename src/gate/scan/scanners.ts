// Scanners beside the camera: those that type, and those that send lines. Loaded after the scan screen.
import type { Burst } from './burst.ts'
import { readScanned } from './scanned.ts'
import { listenToSerial, type SerialScanner } from './serial.ts'
import { listenToWedge } from './wedge.ts'

/** What a scanner seems to do that it should not; said in words. */
export type ScannerTrouble = 'scanner-layout' | 'scanner-caps-lock'

export interface Scanners {
  readonly serial: SerialScanner
  /** Hears every line of a serial scanner, besides who judges it. Gives its own stop. */
  watchLines(onLine: (line: string) => void): () => void
}

/** @param early keys that were pressed before anybody listened */
export function listenToScanners(
  target: Document,
  early: readonly KeyboardEvent[],
  onText: (text: string) => void,
  onTrouble: (trouble: ScannerTrouble) => void,
): Scanners {
  const watchers = new Set<(line: string) => void>()
  const take = (burst: Burst): void => {
    const scanned = readScanned(burst)
    if (scanned.kind === 'garbled') onTrouble(`scanner-${scanned.why}`)
    else onText(scanned.text)
  }
  listenToWedge(target, take, early)
  const serial = listenToSerial((line) => {
    for (const watcher of watchers) watcher(line)
    take({ text: line.trim(), usText: '' })
  })
  return {
    serial,
    watchLines(onLine) {
      watchers.add(onLine)
      return () => watchers.delete(onLine)
    },
  }
}
