// The gate's database and its versions: one connection, which gives way to whoever needs it closed.
import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb'
import type { PinRecord } from '../device/pin.ts'
import type { Counts } from '../tally/counts.ts'
import type { Shift } from '../tally/shift.ts'
import type { settingsRecord } from '../session/settings.ts'
import type { RefreshRecord, StoredBelief } from './store.ts'

export interface GateSchema extends DBSchema {
  belief: { key: 'held'; value: StoredBelief }
  clock: { key: 'newest'; value: number }
  refresh: { key: 'last'; value: RefreshRecord }
  settings: { key: 'current' | 'pin'; value: ReturnType<typeof settingsRecord> | PinRecord | undefined }
  /** By the label of the hour. */
  tally: { key: string; value: Counts }
  /** By the label of the minute in which it began. */
  shifts: { key: string; value: Omit<Shift, 'start'> }
}

/** What each version added, from version 1 on: a database of any of them is brought up to the last, and loses nothing. */
const versions = [
  ['belief', 'clock', 'refresh', 'settings'],
  ['tally', 'shifts'],
] as const satisfies readonly (readonly StoreNames<GateSchema>[])[]

type Database = IDBPDatabase<GateSchema>
export type Writing<Names extends StoreNames<GateSchema>> = IDBPTransaction<GateSchema, Names[], 'readwrite'>

/** The name of the error where a page of an older version holds on to the database. The others are IndexedDB's own. */
export const BLOCKED = 'BlockedError'

export interface Connection {
  readonly open: () => Promise<Database>
  /** What is written in several steps, and given up whole when the page goes away. */
  readonly swap: <Names extends StoreNames<GateSchema>>(...names: Names[]) => Promise<Writing<Names>>
}

/**
 * One connection, opened anew after it was closed: by another tab that deletes the database or brings a newer one, by the
 * browser, or because the page went away. A browser may keep such a page for the back button, stopped in the middle of a
 * transaction, and whoever opens the gate next would wait for it for ever (seen in WebKitGTK 2.50).
 */
export function connect(): Connection {
  let opening: Promise<Database> | undefined
  let database: Database | undefined
  const swapping = new Set<{ abort(): void }>()
  const close = (): void => {
    database?.close()
    opening = database = undefined
  }
  globalThis.addEventListener('pagehide', () => {
    for (const swap of swapping) swap.abort()
    close()
  })
  /** Rejects where a page of an older version holds on to it and hears of nothing: it may do so for as long as it is open. */
  const openAnew = (): Promise<Database> =>
    new Promise((resolve, reject) => {
      const fail = (reason: Error): void => {
        close()
        reject(reason)
      }
      openDB<GateSchema>('kycvs-gate', versions.length, {
        upgrade(held, from) {
          for (const name of versions.slice(from).flat()) held.createObjectStore(name)
        },
        blocked: () => fail(new DOMException('', BLOCKED)),
        blocking: close,
        terminated: close,
        // One that comes too late is nobody's, but is closed like any other.
      }).then((opened) => resolve((database = opened)), fail)
    })
  const open = (): Promise<Database> => (opening ??= openAnew())
  return {
    open,
    async swap(...names) {
      const started = (await open()).transaction(names, 'readwrite')
      swapping.add(started)
      const over = (): void => void swapping.delete(started)
      started.done.then(over, over)
      return started
    },
  }
}
