// Renewal: what a network or a file offers takes the place of what is held. Loaded when the first is asked.
import type { Inflate, StatusList } from '../../core/status-list.ts'
import type { Store as Written } from '../../browser/store.ts'
import { openHeld, type KeyringState } from './keyring.ts'
import type { RefreshOutcome } from './outcome.ts'
import { askNetwork, readFile, type Current, type Offer } from './refresh.ts'
import type { HeldBelief, Store } from './store.ts'

export type Renewed = Pick<Offer, 'outcome' | 'skew'>

export interface Renewal {
  askNetwork(): Promise<Renewed>
  readFile(text: string): Promise<Renewed>
}

/**
 * @param stored what is on the disk
 * @param config what the state was opened with, which may not be on the disk yet
 */
export function createRenewal(
  state: Written<KeyringState>,
  store: Store,
  inflate: Inflate,
  clock: () => number,
  stored: HeldBelief,
  config: string | undefined,
): Renewal {
  // What is on the disk, as this page last saw it: a swap is made only against that.
  let onDisk = stored
  let configText = config

  const current = (): Current => {
    const { config: held, belief } = state.read()
    return { config: held, trust: belief.trust, statusLists: belief.statusLists }
  }

  /** Puts an offer in the place of what is held: on the disk first, whole, then in memory. */
  async function take(offer: Offer): Promise<RefreshOutcome> {
    const text = offer.config?.text ?? configText
    const before = state.read().belief
    const isNew = offer.trust !== undefined || offer.statusLists.length > 0 || text !== onDisk.config
    if (!isNew && !(before.trust && (await isLost()))) return offer.outcome
    const candidates = new Map([...before.statusLists, ...offer.statusLists.map((list) => [list.uri, list] as const)])
    const trustList = offer.trust?.jws ?? before.trust?.jws
    const after = await openHeld({ config: text, trustList, statusLists: jwsOf(candidates) }, inflate, before.newest)
    const next = { config: text, trustList, statusLists: jwsOf(after.belief.statusLists) }
    try {
      if (!(await store.replaceBelief(onDisk, next, after.belief.newest))) {
        // Another tab was faster: what it stored has passed the same checks.
        await adopt(await store.readBelief())
        return offer.outcome
      }
      onDisk = next
      configText = text
      state.write({ ...state.read(), ...after })
      return offer.outcome
    } catch {
      // A disk that is full or broken: newer keys are still better than older ones, for as long as the page lives.
      configText = text
      state.write({ ...state.read(), ...after })
      return 'not-kept'
    }
  }

  /** What was stored is gone: somebody cleared the browser's data under the open page. */
  const isLost = async (): Promise<boolean> =>
    (await store.readBelief().catch(() => undefined))?.trustList === undefined && store.hindrance === undefined

  async function adopt(theirs: HeldBelief): Promise<void> {
    onDisk = theirs
    configText = theirs.config ?? configText
    state.write({ ...state.read(), ...(await openHeld(theirs, inflate, state.read().belief.newest)) })
  }

  const taken = async (offer: Offer): Promise<Renewed> => ({ outcome: await take(offer), skew: offer.skew })
  return {
    askNetwork: async () => taken(await askNetwork(current(), inflate, clock)),
    readFile: async (text) => taken(await readFile(text, current(), inflate)),
  }
}

const jwsOf = (lists: ReadonlyMap<string, StatusList>): readonly string[] => [...lists.values()].map(({ jws }) => jws)
