// What the device keeps, in IndexedDB: the signed lists as received, the config, the newest proven time, the settings.
// Nothing here ever comes from a code that was scanned.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Held } from '../../core/belief.ts'
import { isCount, isFields, isText } from '../../core/compact.ts'
import type { Settings } from '../session/settings.ts'
import type { RefreshOutcome } from './refresh.ts'

/** The lists and the config as received; opened and verified again at every start. */
export interface HeldBelief extends Held {
  readonly config: string | undefined
}

export interface RefreshRecord {
  /** Seconds since 1970 UTC. */
  readonly at: number
  readonly outcome: RefreshOutcome
}

interface GateSchema extends DBSchema {
  belief: { key: 'held'; value: HeldBelief }
  clock: { key: 'newest'; value: number }
  refresh: { key: 'last'; value: RefreshRecord }
  settings: { key: 'current'; value: Settings }
}

export const nothingHeld: HeldBelief = { config: undefined, trustList: undefined, statusLists: [] }

export interface Store {
  /** False where the browser keeps nothing (some private modes): all then lives as long as the page. */
  readonly keeps: boolean
  readBelief(): Promise<HeldBelief>
  readNewest(): Promise<number>
  readRefresh(): Promise<RefreshRecord | undefined>
  readSettings(): Promise<Settings | undefined>
  /**
   * Replaces the belief whole, in one transaction, and only if the one that is held is still `expected`: another tab
   * may have been faster. The newest proven time only grows. False when nothing was written.
   */
  replaceBelief(expected: HeldBelief, next: HeldBelief, newest: number): Promise<boolean>
  writeRefresh(record: RefreshRecord): Promise<void>
  writeSettings(settings: Settings): Promise<void>
}

/** Opens the store; where IndexedDB cannot be opened, one in memory that says so. */
export async function openStore(): Promise<Store> {
  try {
    const db = await openDB<GateSchema>('kycvs-gate', 1, {
      upgrade(fresh) {
        for (const name of ['belief', 'clock', 'refresh', 'settings'] as const) fresh.createObjectStore(name)
      },
      blocking: () => db.close(),
    })
    return overIndexedDb(db)
  } catch {
    return inMemory()
  }
}

/** A record as it was written, or nothing: what a disk gives back is not believed to have kept its shape. */
function asHeld(record: unknown): HeldBelief {
  if (!isFields(record)) return nothingHeld
  const { config, trustList, statusLists } = record
  return {
    config: isText(config) ? config : undefined,
    trustList: isText(trustList) ? trustList : undefined,
    statusLists: Array.isArray(statusLists) ? statusLists.filter(isText) : [],
  }
}

const asTime = (record: unknown): number => (isCount(record) ? record : 0)

const same = (a: HeldBelief, b: HeldBelief): boolean =>
  a.config === b.config &&
  a.trustList === b.trustList &&
  a.statusLists.length === b.statusLists.length &&
  a.statusLists.every((jws, index) => jws === b.statusLists[index])

function overIndexedDb(db: IDBPDatabase<GateSchema>): Store {
  return {
    keeps: true,
    readBelief: async () => asHeld(await db.get('belief', 'held')),
    readNewest: async () => asTime(await db.get('clock', 'newest')),
    readRefresh: () => db.get('refresh', 'last'),
    readSettings: () => db.get('settings', 'current'),
    async replaceBelief(expected, next, newest) {
      const swap = db.transaction(['belief', 'clock'], 'readwrite')
      const [beliefs, clock] = [swap.objectStore('belief'), swap.objectStore('clock')]
      const current = asHeld(await beliefs.get('held'))
      const unchanged = same(current, expected)
      if (unchanged) {
        const proven = asTime(await clock.get('newest'))
        await Promise.all([beliefs.put(next, 'held'), clock.put(Math.max(proven, newest), 'newest')])
      }
      await swap.done
      return unchanged
    },
    async writeRefresh(record) {
      await db.put('refresh', record, 'last')
    },
    async writeSettings(settings) {
      const choice = db.transaction('settings', 'readwrite')
      const put = choice.store.put(settings, 'current')
      // Committed without waiting for the answer: it is kept even if the page goes away at once.
      choice.commit()
      await Promise.all([put, choice.done])
    },
  }
}

function inMemory(): Store {
  let belief = nothingHeld
  let proven = 0
  let last: RefreshRecord | undefined
  let kept: Settings | undefined
  return {
    keeps: false,
    readBelief: () => Promise.resolve(belief),
    readNewest: () => Promise.resolve(proven),
    readRefresh: () => Promise.resolve(last),
    readSettings: () => Promise.resolve(kept),
    replaceBelief(expected, next, newest) {
      if (!same(belief, expected)) return Promise.resolve(false)
      belief = next
      proven = Math.max(proven, newest)
      return Promise.resolve(true)
    },
    writeRefresh(record) {
      last = record
      return Promise.resolve()
    },
    writeSettings(settings) {
      kept = settings
      return Promise.resolve()
    },
  }
}
