// Refresh: what the network or a file offers, judged against what is held. Whatever goes wrong, what is held stays.
import { openConfig, type Config, type ConfigFault } from '../../core/belief.ts'
import { inflateList, openStatusList, replaces, type Inflate, type StatusList } from '../../core/status-list.ts'
import {
  namedStatusLists,
  openTrustList,
  succession,
  type Succession,
  type TrustList,
  type TrustListFault,
} from '../../core/trust-list.ts'
import { fetchText, LIST_BYTES, type FetchFault } from './fetch.ts'
import type { RefreshOutcome } from './outcome.ts'
import { CONFIG_BYTES } from './store.ts'

/** What one round offers in place of what is held; members that are undefined change nothing. */
export interface Offer {
  readonly outcome: RefreshOutcome
  readonly config: { readonly text: string; readonly value: Config } | undefined
  readonly trust: TrustList | undefined
  readonly statusLists: readonly StatusList[]
  /** How far the device's clock is ahead of the server's, in seconds; nothing where no server was heard. */
  readonly skew: number | undefined
}

/** What the device has at the moment of asking. */
export interface Current {
  readonly config: Config | undefined
  readonly trust: TrustList | undefined
  readonly statusLists: ReadonlyMap<string, StatusList>
}

/** How many status lists are fetched at a time: each then has the whole of its time, and memory need not hold all at once. */
const AT_A_TIME = 6

const nothing = (outcome: RefreshOutcome): Offer => ({
  outcome,
  config: undefined,
  trust: undefined,
  statusLists: [],
  skew: undefined,
})

export type OpenedConfig =
  | { readonly ok: true; readonly text: string; readonly value: Config; readonly sent: number | undefined }
  | { readonly ok: false; readonly fault: FetchFault | { readonly member: ConfigFault } }

/** The config beside the page, from the network. */
export async function fetchConfig(): Promise<OpenedConfig> {
  const fetched = await fetchText('config.json', CONFIG_BYTES)
  if (!fetched.ok) return fetched
  const config = await openConfig(fetched.text)
  return config.ok
    ? { ...config, text: fetched.text, sent: fetched.sent }
    : { ok: false, fault: { member: config.fault } }
}

/** Asks the network: config, then trust list, then every status list that the trust list names. */
export async function askNetwork(current: Current, inflate: Inflate, clock: () => number): Promise<Offer> {
  const fresh = await fetchConfig()
  // The config's own host alone is asked for the time: other origins do not let their headers be read.
  const skew = fresh.ok && fresh.sent !== undefined ? clock() - fresh.sent : undefined
  const config = fresh.ok ? fresh.value : current.config
  const offered = fresh.ok ? { text: fresh.text, value: fresh.value } : undefined
  if (!config) return nothing(!fresh.ok && typeof fresh.fault === 'string' ? fresh.fault : 'bad-config')

  const fetched = await fetchText(new URL(config.trustList, document.baseURI).href, LIST_BYTES)
  if (!fetched.ok) return { ...nothing(fetched.fault), config: offered, skew }
  const judged = await judgeTrustList(fetched.text.trim(), config, await stillHeld(current, config))
  if (!judged.ok) return { ...nothing(judged.fault), config: offered, skew }

  const { trust, isNew } = judged
  const named = namedStatusLists(trust)
  const lists = await inTurns(named, AT_A_TIME, (uri) => askStatusList(uri, trust, current, inflate))
  const newer = lists.filter((list) => list !== undefined && list !== 'held')
  const missing = lists.includes(undefined)
  const changed = isNew || newer.length > 0
  // The config that is held stays in use, whole; whoever looks is told that the new one is wrong.
  const isFaulty = !fresh.ok && typeof fresh.fault !== 'string'
  return {
    outcome: missing ? 'status-lists-missing' : isFaulty ? 'bad-config' : changed ? 'updated' : 'same',
    config: offered,
    trust: isNew ? trust : undefined,
    statusLists: newer,
    skew,
  }
}

/** Opens what a file holds: one trust list, and any number of status lists, parted by white space. */
export async function readFile(text: string, current: Current, inflate: Inflate): Promise<Offer> {
  const { config } = current
  if (!config) return nothing('bad-config')
  const parts = text.split(/\s+/).filter((part) => part !== '')
  let { trust } = current
  let isNew = false
  let fault: RefreshOutcome | undefined
  for (const part of parts) {
    const judged = await judgeTrustList(part, config, trust)
    if (judged.ok) {
      ;({ trust } = judged)
      isNew ||= judged.isNew
    } else if (judged.fault !== 'not-a-trust-list') fault = judged.fault
  }
  const lists: StatusList[] = []
  for (const part of trust ? parts : []) {
    const list = trust && (await openSound(part, trust, inflate))
    if (list && replaces(current.statusLists.get(list.uri), list)) lists.push(list)
  }
  if (fault) return nothing(fault)
  if (!trust || parts.length === 0) return nothing('nothing-in-file')
  const outcome = isNew || lists.length > 0 ? 'updated' : trust.jws === parts[0] ? 'same' : 'nothing-in-file'
  return { ...nothing(outcome), trust: isNew ? trust : undefined, statusLists: lists }
}

/** The held trust list, when it stands under the roots of a config that may be newer than the one it was opened with. */
async function stillHeld({ config, trust }: Current, fresh: Config): Promise<TrustList | undefined> {
  if (!trust || (config && anchorOf(config) === anchorOf(fresh))) return trust
  const again = await openTrustList(trust.jws, fresh.roots, fresh.minSeq)
  return again.ok ? again.value : undefined
}

const anchorOf = ({ roots, minSeq }: Config): string => [minSeq, ...roots.map(({ kid }) => kid)].join()

type Judged =
  | { readonly ok: true; readonly trust: TrustList; readonly isNew: boolean }
  | { readonly ok: false; readonly fault: TrustListFault | Exclude<Succession, 'newer' | 'same'> }

async function judgeTrustList(jws: string, config: Config, held: TrustList | undefined): Promise<Judged> {
  const list = await openTrustList(jws, config.roots, config.minSeq)
  if (!list.ok) return list
  const step = succession(held, list.value)
  if (step !== 'newer' && step !== 'same') return { ok: false, fault: step }
  return { ok: true, trust: list.value, isNew: step === 'newer' }
}

async function askStatusList(
  uri: string,
  trust: TrustList,
  current: Current,
  inflate: Inflate,
): Promise<StatusList | 'held' | undefined> {
  const fetched = await fetchText(uri, LIST_BYTES)
  if (!fetched.ok) return undefined
  const list = await openSound(fetched.text.trim(), trust, inflate)
  if (list?.uri !== uri) return undefined
  return replaces(current.statusLists.get(uri), list) ? list : 'held'
}

/** A list that also inflates: one that is broken must not take the place of one that is not. */
async function openSound(jws: string, trust: TrustList, inflate: Inflate): Promise<StatusList | undefined> {
  const list = await openStatusList(jws, trust)
  return list.ok && (await inflateList(list.value, inflate)) ? list.value : undefined
}

/** Does a work for each of a list, so many at a time. The results come in any order. */
async function inTurns<Item, Result>(
  items: readonly Item[],
  atATime: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = []
  const rest = items.values()
  const worker = async (): Promise<void> => {
    for (const item of rest) results.push(await work(item))
  }
  await Promise.all(Array.from({ length: atATime }, worker))
  return results
}
