// The keyring: what this device believes now. It alone, and what renews it, change the belief.
import { nothingBelieved, openBelief, openConfig, type Config, type ConfigFault } from '../../core/belief.ts'
import type { Inflate } from '../../core/status-list.ts'
import type { Belief } from '../../core/verify.ts'
import { createStore, type Readable, type Store as Written } from '../../browser/store.ts'
import type { Enrolling } from './enrolling.ts'
import type { RefreshOutcome } from './outcome.ts'
import type { Renewal, Renewed } from './renewal.ts'
import { CONFIG_BYTES, nothingHeld, type HeldBelief, type RefreshRecord, type Store } from './store.ts'

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
  /** The page was opened with the fingerprint of a root, and nobody has said yet that it is the right one: nothing is believed. */
  readonly enrolling: Enrolling | undefined
}

export interface Keyring extends Readable<KeyringState> {
  /** One refresh at a time: a second caller gets the one under way. Seconds since 1970 UTC of its end are recorded. */
  refresh(): Promise<RefreshOutcome>
  importFile(text: string): Promise<RefreshOutcome>
}

/**
 * A keyring to look at at once, and the same when it has opened, for whoever judges.
 * @param floor the build's own time, in seconds
 * @param asked the fingerprint of the root that the page was opened with: nothing is opened or asked for until it is confirmed
 */
export function createKeyring(
  storing: Promise<Store>,
  inflate: Inflate,
  clock: () => number,
  floor: number,
  asked?: string,
): { readonly keyring: Keyring; readonly opening: Promise<Keyring> } {
  const state = createStore<KeyringState>({
    config: undefined,
    configFault: undefined,
    belief: nothingBelieved(floor),
    refreshing: false,
    lastRefresh: undefined,
    enrolling: asked === undefined ? undefined : { root: asked, outcome: 'asking' },
  })
  const confirming = asked === undefined ? undefined : import('./enrolling.ts').then(({ enrol }) => enrol(asked, state))
  const opening = storing.then(async (store) => openKeyring(state, store, inflate, clock, floor, await confirming))
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
  confirmed: string | undefined,
): Promise<Keyring> {
  const [stored, proven, lastRefresh] = await Promise.all([
    store.readBelief().catch(() => nothingHeld),
    store.readNewest().catch(() => 0),
    store.readRefresh().catch(() => undefined),
  ])
  const config = confirmed ?? stored.config ?? (await configBeside())
  const opened = await openHeld({ ...stored, config }, inflate, Math.max(floor, proven))
  state.write({ ...state.read(), ...opened, refreshing: false, lastRefresh })
  let renewal: Renewal | undefined
  let underWay: Promise<RefreshOutcome> | undefined

  async function run(renew: (renewal: Renewal) => Promise<Renewed>): Promise<RefreshOutcome> {
    state.write({ ...state.read(), refreshing: true })
    try {
      // What renews is loaded when it is wanted: what is held can judge without it.
      renewal ??= await import('./renewal.ts').then(
        ({ createRenewal }) => createRenewal(state, store, inflate, clock, stored, config),
        () => undefined,
      )
      // Where its file is gone, and cannot be fetched either.
      const { outcome, skew } = renewal ? await renew(renewal) : unreachable
      const record = { at: clock(), outcome, skew: skew ?? state.read().lastRefresh?.skew }
      state.write({ ...state.read(), lastRefresh: record })
      await store.writeRefresh(record).catch(() => undefined)
      return outcome
    } finally {
      state.write({ ...state.read(), refreshing: false })
    }
  }

  function once(renew: (renewal: Renewal) => Promise<Renewed>): Promise<RefreshOutcome> {
    underWay ??= run(renew).finally(() => {
      underWay = undefined
    })
    return underWay
  }

  return {
    ...state,
    refresh: () => once((renewing) => renewing.askNetwork()),
    async importFile(text) {
      await underWay
      return once((renewing) => renewing.readFile(text))
    },
  }
}

const unreachable: Renewed = { outcome: 'unreachable', skew: undefined }

/** The config as the service worker keeps it, or as the server has it on a first visit. */
async function configBeside(): Promise<string | undefined> {
  try {
    const response = await fetch('config.json')
    return response.ok ? (await response.text()).slice(0, CONFIG_BYTES) : undefined
  } catch {
    return undefined
  }
}

/** Whatever is not sound is left out; without a sound config nothing is believed. */
export async function openHeld(
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
