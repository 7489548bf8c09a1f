// A PIN over what staff should not change at a gate. It keeps passers-by and colleagues out, and nobody who owns the device: they
// can clear the app's data, or run another app.
import { isCount, isFields } from '../../core/compact.ts'
import { createStore, type Readable } from '../../browser/store.ts'

/** PBKDF2-HMAC-SHA-256, as OWASP's cheat sheet on password storage has it. */
export const ITERATIONS = 600_000
/** Digits; long enough that the waits below matter, short enough to be remembered. */
export const isPin = (text: string): boolean => /^\d{4,12}$/.test(text)

/** What is kept of a PIN. `failures`: wrong tries since the last right one. */
export interface PinRecord {
  readonly salt: Uint8Array
  readonly iterations: number
  readonly hash: Uint8Array
  readonly failures: number
}

/** A record as it was written, or nothing: to whoever can change the disk, a PIN is no hindrance anyway. */
export function asPin(record: unknown): PinRecord | undefined {
  if (!isFields(record)) return undefined
  const { salt, iterations, hash, failures } = record
  const sound = salt instanceof Uint8Array && hash instanceof Uint8Array && isCount(iterations) && isCount(failures)
  return sound && iterations > 0 ? { salt, iterations, hash, failures } : undefined
}

/** How long to wait after so many wrong tries, in seconds: nothing for the first two, then from 30 s on up to 15 minutes. */
export const waitAfter = (failures: number): number => (failures < 3 ? 0 : Math.min(900, 30 * 2 ** (failures - 3)))

async function hashOf(pin: string, salt: Uint8Array, iterations: number): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveBits'])
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array(salt), iterations }
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, 256))
}

export interface LockState {
  readonly isSet: boolean
  /** The PIN was given; until the pages are left. */
  readonly isOpen: boolean
  readonly failures: number
}

export interface Lock extends Readable<LockState> {
  set(pin: string): Promise<void>
  remove(): Promise<void>
  /** `wait` is not tried at all, and counts for nothing. */
  open(pin: string): Promise<'right' | 'wrong' | 'wait'>
  /** Seconds until the next try counts. */
  wait(): number
  close(): void
}

export interface PinStore {
  /** As the disk gives it back: it may have any shape. */
  readPin(): Promise<unknown>
  /** Nothing removes it. */
  writePin(record: PinRecord | undefined): Promise<void>
}

/** @param uptime seconds since the page was opened: a wait begins anew with each page, and no change of the clock ends it */
export async function openLock(store: PinStore, uptime: () => number): Promise<Lock> {
  let record = asPin(await store.readPin().catch(() => undefined))
  let since = uptime()
  let trying = false
  const state = createStore<LockState>(stateOf(false))

  function stateOf(isOpen: boolean): LockState {
    return { isSet: record !== undefined, isOpen, failures: record?.failures ?? 0 }
  }
  async function keep(next: PinRecord | undefined, isOpen: boolean): Promise<void> {
    record = next
    await store.writePin(next).catch(() => undefined)
    state.write(stateOf(isOpen))
  }
  const wait = (): number => Math.max(0, Math.ceil(since + waitAfter(record?.failures ?? 0) - uptime()))

  return {
    read: state.read,
    subscribe: state.subscribe,
    wait,
    async set(pin) {
      const salt = crypto.getRandomValues(new Uint8Array(16))
      await keep({ salt, iterations: ITERATIONS, hash: await hashOf(pin, salt, ITERATIONS), failures: 0 }, true)
    },
    remove: () => keep(undefined, false),
    async open(pin) {
      if (!record) return 'right'
      if (trying || wait() > 0) return 'wait'
      trying = true
      try {
        // Counted before it is tried: who closes the page in between has had their try.
        const tried = { ...record, failures: record.failures + 1 }
        await keep(tried, false)
        const hash = await hashOf(pin, tried.salt, tried.iterations)
        since = uptime()
        if (!areSame(hash, tried.hash)) return 'wrong'
        await keep({ ...tried, failures: 0 }, true)
        return 'right'
      } finally {
        trying = false
      }
    },
    close() {
      if (state.read().isOpen) state.write(stateOf(false))
    },
  }
}

const areSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index])
