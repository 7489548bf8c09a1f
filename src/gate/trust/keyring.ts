// The keyring: what this device believes now, and how it came by it. The one place that changes the belief.
import { nothingBelieved, openBelief, openConfig, type Config, type ConfigFault } from '../../core/belief.ts'
import type { Inflate, StatusList } from '../../core/status-list.ts'
import type { Belief } from '../../core/verify.ts'
import { createStore, type Readable, type Store as Written } from '../../browser/store.ts'
import { CONFIG_BYTES } from './fetch.ts'
import type { RefreshOutcome } from './outcome.ts'
import type { Offer } from './refresh.ts'
import { nothingHeld, type HeldBelief, type RefreshRecord, type Store } from './store.ts'

/** Asked of the network at start, when the network comes back, on the button, and after so many seconds. */
export const REFRESH_EVERY = 6 * 3600

export interface KeyringState {
  /** Neither this nor a fault, while what the device holds is being verified: nothing is believed and can be said of it yet. */
  readonly config: Config | undefined
  /** The member of `config.json` that is wrong, when there is no usable one. */
  readonly configFault: ConfigFault | 'missing' | undefined
  readonly belief: Belief
  readonly refreshing: boolean
  readonly lastRefresh: RefreshRecord | undefined
}

export interface Keyring extends Readable<KeyringState> {
  /** One refresh at a time: a second caller gets the one under way. Seconds since 1970 UTC of its end are recorded. */
  refresh(): Promise<RefreshOutcome>
  importFile(text: string): Promise<RefreshOutcome>
}

/**
 * A keyring to look at at once, and the same when it has opened, for whoever judges.
 * @param floor the build's own time, in seconds
 */
export function createKeyring(
  storing: Promise<Store>,
  inflate: Inflate,
  clock: () => number,
  floor: number,
): { readonly keyring: Keyring; readonly opening: Promise<Keyring> } {
  const state = createStore<KeyringState>({
    config: undefined,
    configFault: undefined,
    belief: nothingBelieved(floor),
    refreshing: false,
    lastRefresh: undefined,
  })
  const opening = storing.then((store) => openKeyring(state, store, inflate, clock, floor))
  return {
    opening,
    keyring: {
      ...state,
      refresh: async () => (await opening).refresh(),
      importFile: async (text) => (await opening).importFile(text),
    },
  }
}

/** Opens the keyring from what the device holds, with no network but for a first `config.json`. */
async function openKeyring(
  state: Written<KeyringState>,
  store: Store,
  inflate: Inflate,
  clock: () => number,
  floor: number,
): Promise<Keyring> {
  const [stored, proven, lastRefresh] = await Promise.all([
    store.readBelief().catch(() => nothingHeld),
    store.readNewest().catch(() => 0),
    store.readRefresh().catch(() => undefined),
  ])
  // What is on the disk, as this page last saw it: a swap is made only against that.
  let onDisk = stored
  let configText = stored.config ?? (await configBeside())
  const first = await open({ ...stored, config: configText }, inflate, Math.max(floor, proven))
  state.write({ ...first, refreshing: false, lastRefresh })
  let underWay: Promise<RefreshOutcome> | undefined

  const current = () => {
    const { config, belief } = state.read()
    return { config, trust: belief.trust, statusLists: belief.statusLists }
  }

  /** Puts an offer in the place of what is held: on the disk first, whole, then in memory. */
  async function take(offer: Offer): Promise<RefreshOutcome> {
    const config = offer.config?.text ?? configText
    const before = state.read().belief
    const isNew = offer.trust !== undefined || offer.statusLists.length > 0 || config !== onDisk.config
    if (!isNew && !(before.trust && (await isLost()))) return offer.outcome
    const candidates = new Map([...before.statusLists, ...offer.statusLists.map((list) => [list.uri, list] as const)])
    const trustList = offer.trust?.jws ?? before.trust?.jws
    const after = await open({ config, trustList, statusLists: jwsOf(candidates) }, inflate, before.newest)
    const next = { config, trustList, statusLists: jwsOf(after.belief.statusLists) }
    try {
      if (!(await store.replaceBelief(onDisk, next, after.belief.newest))) {
        // Another tab was faster: what it stored has passed the same checks.
        await adopt(await store.readBelief())
        return offer.outcome
      }
      onDisk = next
      configText = config
      state.write({ ...state.read(), ...after })
      return offer.outcome
    } catch {
      // A disk that is full or broken: newer keys are still better than older ones, for as long as the page lives.
      configText = config
      state.write({ ...state.read(), ...after })
      return 'not-kept'
    }
  }

  /** What was stored is gone: somebody cleared the browser's data under the open page. */
  const isLost = async (): Promise<boolean> =>
    (await store.readBelief().catch(() => undefined))?.trustList === undefined && store.keeps

  async function adopt(theirs: HeldBelief): Promise<void> {
    onDisk = theirs
    configText = theirs.config ?? configText
    state.write({ ...state.read(), ...(await open(theirs, inflate, state.read().belief.newest)) })
  }

  async function run(ask: (asking: Asking) => Promise<Offer>): Promise<RefreshOutcome> {
    state.write({ ...state.read(), refreshing: true })
    try {
      const asking = await loadAsking().catch(() => undefined)
      const offer = asking ? await ask(asking) : unasked
      const outcome = await take(offer)
      const record = { at: clock(), outcome, skew: offer.skew ?? state.read().lastRefresh?.skew }
      state.write({ ...state.read(), lastRefresh: record })
      await store.writeRefresh(record).catch(() => undefined)
      return outcome
    } finally {
      state.write({ ...state.read(), refreshing: false })
    }
  }

  function once(ask: (asking: Asking) => Promise<Offer>): Promise<RefreshOutcome> {
    underWay ??= run(ask).finally(() => {
      underWay = undefined
    })
    return underWay
  }

  return {
    ...state,
    refresh: () => once(({ askNetwork }) => askNetwork(current(), inflate, clock)),
    async importFile(text) {
      await underWay
      return once(({ readFile }) => readFile(text, current(), inflate))
    },
  }
}

/** What asks is loaded when it is wanted: what is held can judge without it. */
const loadAsking = () => import('./refresh.ts')
type Asking = Awaited<ReturnType<typeof loadAsking>>

/** Where the file of what asks is gone, and cannot be fetched either. */
const unasked: Offer = { outcome: 'unreachable', config: undefined, trust: undefined, statusLists: [], skew: undefined }

/** The config as the service worker keeps it, or as the server has it on a first visit. */
async function configBeside(): Promise<string | undefined> {
  try {
    const response = await fetch('config.json')
    return response.ok ? (await response.text()).slice(0, CONFIG_BYTES) : undefined
  } catch {
    return undefined
  }
}

async function open(
  held: HeldBelief,
  inflate: Inflate,
  floor: number,
): Promise<Pick<KeyringState, 'config' | 'configFault' | 'belief'>> {
  const config = held.config === undefined ? undefined : await openConfig(held.config)
  if (!config?.ok) {
    return { config: undefined, configFault: config ? config.fault : 'missing', belief: nothingBelieved(floor) }
  }
  const { belief } = await openBelief(held, config.value, inflate, floor)
  return { config: config.value, configFault: undefined, belief }
}

const jwsOf = (lists: ReadonlyMap<string, StatusList>): readonly string[] => [...lists.values()].map(({ jws }) => jws)
