// Config and belief: from the texts that a device holds (config.json, trust list, status lists) to what `verify` takes.
// docs/profile.md, section 6. Everything is verified again, from the bytes as received, each time it is opened.
import { isCount, isFields, isText, type Fields } from './compact.ts'
import type { Place, PlaceFault } from './place.ts'
import { importRoot, type Root } from './roots.ts'
import {
  keepEntries,
  openStatusList,
  replaces,
  type Inflate,
  type StatusList,
  type StatusListFault,
} from './status-list.ts'
import { openTrustList, type TrustListFault } from './trust-list.ts'
import type { Belief } from './verify.ts'

export interface Config extends Place {
  readonly operator: string | undefined
  readonly gate: string | undefined
  readonly audience: string | undefined
  /** Absolute or same-origin URL, as written. */
  readonly trustList: string
  readonly roots: readonly Root[]
  /** The lowest `seq` that a trust list may have: what a device that holds nothing is not rolled back below. */
  readonly minSeq: number
}

/** The member at fault, or `json` when the text is not a JSON object. */
export type ConfigFault = 'json' | 'operator' | 'gate' | 'audience' | 'trustList' | 'roots' | 'minSeq' | PlaceFault

export const isPlaceFault = (fault: string): fault is PlaceFault => /^(policies|returnTo)/.test(fault)

const nowhere = { ok: true, value: { policies: {}, returnTo: [] } } as const satisfies { ok: true; value: Place }

/** Reads `config.json`, all of it or nothing. Members it does not know are left alone. */
export async function openConfig(
  text: string,
): Promise<{ ok: true; value: Config } | { ok: false; fault: ConfigFault }> {
  const fields = parse(text)
  if (!fields) return { ok: false, fault: 'json' }
  const { operator, gate, audience, trustList, roots, minSeq = 0 } = fields
  if (operator !== undefined && !isText(operator)) return { ok: false, fault: 'operator' }
  if (gate !== undefined && !isText(gate)) return { ok: false, fault: 'gate' }
  if (audience !== undefined && !isText(audience)) return { ok: false, fault: 'audience' }
  if (!isText(trustList)) return { ok: false, fault: 'trustList' }
  if (!Array.isArray(roots) || roots.length === 0) return { ok: false, fault: 'roots' }
  const imported = await Promise.all(roots.map(importRoot))
  const usable = imported.filter((root) => root !== undefined)
  if (usable.length !== imported.length) return { ok: false, fault: 'roots' }
  if (!isCount(minSeq)) return { ok: false, fault: 'minSeq' }
  const place = 'policies' in fields || 'returnTo' in fields ? await loadPlace(fields) : nowhere
  if (!place.ok) return place
  return { ok: true, value: { operator, gate, audience, trustList, roots: usable, minSeq, ...place.value } }
}

/**
 * The rest is loaded where something is said: a gate without is on its feet sooner. A device that has lost the file says what
 * a gate says everywhere: what staff do is then the rule of the place, and every verdict is what it was.
 */
const loadPlace = (fields: Fields) =>
  import('./place.ts').then(
    ({ openPlace }) => openPlace(fields),
    () => nowhere,
  )

function parse(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isFields(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** The lists that a device holds, as received. */
export interface Held {
  readonly trustList: string | undefined
  readonly statusLists: readonly string[]
}

export interface OpenedBelief {
  readonly belief: Belief
  /** What could not be opened, and why. */
  readonly trustFault: TrustListFault | undefined
  readonly statusFaults: readonly StatusListFault[]
}

/**
 * Opens what is held with the roots of a config.
 * @param floor a time that has certainly passed, in seconds: the build's own, or the highest proven before
 */
export async function openBelief(held: Held, config: Config, inflate: Inflate, floor: number): Promise<OpenedBelief> {
  const { audience, gate, roots, minSeq } = config
  const trust = held.trustList === undefined ? undefined : await openTrustList(held.trustList, roots, minSeq)
  const list = trust?.ok ? trust.value : undefined
  const statusLists = new Map<string, StatusList>()
  const statusFaults: StatusListFault[] = []
  for (const jws of list ? held.statusLists : []) {
    const status = list && (await openStatusList(jws, list))
    if (!status) continue
    if (!status.ok) statusFaults.push(status.fault)
    else if (replaces(statusLists.get(status.value.uri), status.value)) statusLists.set(status.value.uri, status.value)
  }
  const newest = Math.max(floor, list?.iat ?? 0, ...[...statusLists.values()].map(({ iat }) => iat))
  return {
    belief: { trust: list, statusLists, entries: keepEntries(inflate), newest, audience, gate },
    trustFault: trust && !trust.ok ? trust.fault : undefined,
    statusFaults,
  }
}

/** What a device believes that has nothing to believe in, or not yet. */
export const nothingBelieved = (floor: number): Belief => ({
  trust: undefined,
  statusLists: new Map(),
  entries: () => Promise.resolve(undefined),
  newest: floor,
  audience: undefined,
  gate: undefined,
})
