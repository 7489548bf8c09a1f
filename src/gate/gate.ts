// The gate as its screens see it: values that change, and what can be asked of them. main.tsx puts it together.
import type { App } from '../browser/app.ts'
import type { Readable } from '../browser/store.ts'
import type { Installer } from './device/install.ts'
import type { PinStore } from './device/pin.ts'
import type { Readiness } from './device/readiness.ts'
import type { Handed } from './scan/image.ts'
import type { Scanners } from './scan/scanners.ts'
import type { Viewfinder } from './scan/viewfinder.ts'
import type { Session, SessionEvent } from './session/session.ts'
import type { Settings } from './session/settings.ts'
import type { Ledger } from './tally/ledger.ts'
import type { Keyring } from './trust/keyring.ts'

export interface Gate {
  readonly session: Readable<Session>
  readonly settings: Readable<Settings>
  readonly readiness: Readable<Readiness>
  /** Where the PIN over settings and import is kept. */
  readonly pins: PinStore
  /** A picture is being dragged over the page. */
  readonly hovering: Readable<boolean>
  readonly keyring: Keyring
  readonly viewfinder: Viewfinder
  /** Loaded beside the scan screen. */
  readonly ledger: Promise<Ledger>
  /** Loaded beside the scan screen; nothing where their file is gone. */
  readonly scanners: Promise<Scanners | undefined>
  readonly installer: Installer
  readonly app: App
  /** Seconds since 1970 UTC. */
  readonly clock: () => number
  readonly buildTime: number
  /** Where whoever opened the gate wants the verdict's kind: not checked yet. */
  readonly returnTo: string | undefined
  dispatch(event: SessionEvent): void
  change(settings: Partial<Settings>): void
  /** Judges a text or a picture that somebody handed in. */
  take(handed: Handed): Promise<void>
  openPicture(file: Blob): Promise<void>
}
