// What the device keeps, in IndexedDB: the signed lists as received, the config, the newest proven time, the settings, and
// how many of each outcome there were in each hour. Nothing else here ever comes from a code that was scanned.
import type { Held } from '../../core/belief.ts'
import { writeNow } from '../../browser/write.ts'
import { isCount, isFields, isText } from '../../core/compact.ts'
import type { PinRecord, PinStore } from '../device/pin.ts'
import { asSettings, defaultSettings, settingsRecord, type Settings } from '../session/settings.ts'
import type { SwapTally } from '../tally/records.ts'
import { connect, type Connection } from './database.ts'
import { isRefreshOutcome, type RefreshOutcome } from './outcome.ts'
import { pack, unpack, type Packed } from './packed.ts'

/** As much of a config as is read. */
export const CONFIG_BYTES = 64 * 1024

/** The lists and the config as received; opened and verified again at every start. */
export interface HeldBelief extends Held {
  readonly config: string | undefined
}

export interface RefreshRecord {
  /** Seconds since 1970 UTC. */
  readonly at: number
  readonly outcome: RefreshOutcome
  /** How far the device's clock was ahead of the server's when one was last heard, in seconds. */
  readonly skew: number | undefined
}

/** As it lies on the disk. */
export type StoredBelief = Omit<HeldBelief, 'statusLists'> & { readonly statusLists: readonly Packed[] }

export const nothingHeld: HeldBelief = { config: undefined, trustList: undefined, statusLists: [] }

export interface Store extends PinStore {
  /** The name of the error for which nothing can be kept; all then lives as long as the page. */
  readonly hindrance: string | undefined
  readBelief(): Promise<HeldBelief>
  readNewest(): Promise<number>
  readRefresh(): Promise<RefreshRecord | undefined>
  readSettings(): Promise<Settings>
  /**
   * Replaces the belief whole, in one transaction, and only if the one that is held is still `expected`, or none is:
   * another tab may have been faster. The newest proven time only grows. False when nothing was written.
   */
  replaceBelief(expected: HeldBelief, next: HeldBelief, newest: number): Promise<boolean>
  writeRefresh(record: RefreshRecord): Promise<void>
  writeSettings(settings: Settings): Promise<void>
  /** For the tally's own two object stores (tally/records.ts); nothing where the browser keeps nothing. */
  readonly swapTally: SwapTally | undefined
}

/** Opens the store; where IndexedDB cannot be opened, one in memory that says so. */
export async function openStore(): Promise<Store> {
  const connection = connect()
  try {
    await connection.open()
    return overIndexedDb(connection)
  } catch (fault) {
    return inMemory(fault instanceof Error ? fault.name : '')
  }
}

/** A record as it was written, or nothing: what a disk gives back is not believed to have kept its shape. */
function asHeld(record: unknown): HeldBelief {
  if (!isFields(record)) return nothingHeld
  const { config, trustList, statusLists } = record
  return {
    config: isText(config) ? config : undefined,
    trustList: isText(trustList) ? trustList : undefined,
    statusLists: Array.isArray(statusLists) ? statusLists.map(unpack).filter((jws) => jws !== undefined) : [],
  }
}

function asRefresh(record: unknown): RefreshRecord | undefined {
  if (!isFields(record) || !isCount(record.at) || !isRefreshOutcome(record.outcome)) return undefined
  const skew = Number.isSafeInteger(record.skew) ? Number(record.skew) : undefined
  return { at: record.at, outcome: record.outcome, skew }
}

const asTime = (record: unknown): number => (isCount(record) ? record : 0)

const same = (a: HeldBelief, b: HeldBelief): boolean =>
  a.config === b.config &&
  a.trustList === b.trustList &&
  a.statusLists.length === b.statusLists.length &&
  a.statusLists.every((jws, index) => jws === b.statusLists[index])

function overIndexedDb({ open, swap }: Connection): Store {
  return {
    hindrance: undefined,
    readBelief: async () => asHeld(await (await open()).get('belief', 'held')),
    readNewest: async () => asTime(await (await open()).get('clock', 'newest')),
    readRefresh: async () => asRefresh(await (await open()).get('refresh', 'last')),
    readSettings: async () => asSettings(await (await open()).get('settings', 'current')),
    async replaceBelief(expected, next, newest) {
      const swapping = await swap('belief', 'clock')
      const [beliefs, clock] = [swapping.objectStore('belief'), swapping.objectStore('clock')]
      const current = asHeld(await beliefs.get('held'))
      // Where nothing is held any more, somebody deleted it under this page: there is nothing to be overtaken by.
      const replaces = same(current, expected) || current.trustList === undefined
      if (replaces) {
        const proven = asTime(await clock.get('newest'))
        const puts = [
          beliefs.put({ ...next, statusLists: next.statusLists.map(pack) }, 'held'),
          clock.put(Math.max(proven, newest), 'newest'),
        ]
        swapping.commit()
        await Promise.all(puts)
      }
      await swapping.done
      return replaces
    },
    writeRefresh: async (record) => writeNow(await open(), 'refresh', (store) => store.put(record, 'last')),
    writeSettings: async (settings) =>
      writeNow(await open(), 'settings', (store) => store.put(settingsRecord(settings), 'current')),
    swapTally: () => swap('tally', 'shifts'),
    readPin: async () => (await open()).get('settings', 'pin'),
    writePin: async (record) => writeNow(await open(), 'settings', (store) => store.put(record, 'pin')),
  }
}

function inMemory(hindrance: string): Store {
  let belief = nothingHeld
  let proven = 0
  let last: RefreshRecord | undefined
  let kept = defaultSettings
  let pin: PinRecord | undefined
  return {
    hindrance,
    swapTally: undefined,
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
    readPin: () => Promise.resolve(pin),
    writePin(record) {
      pin = record
      return Promise.resolve()
    },
    writeSettings(settings) {
      kept = settings
      return Promise.resolve()
    },
  }
}
