// What an operator says of the place in config.json, besides whom to believe: docs/profile.md, section 6.
import type { Fields } from './compact.ts'
import { openPolicies, type Policies, type PolicyFault } from './policies.ts'
import { openReturnTo } from './return-to.ts'

export interface Place {
  /** What each status means here; where it says nothing, the gate says what it says everywhere. */
  readonly policies: Policies
  /** Where the kind of a verdict may be handed to. */
  readonly returnTo: readonly string[]
}

export type PlaceFault = PolicyFault | 'returnTo'

export function openPlace({
  policies = {},
  returnTo = [],
}: Fields): { readonly ok: true; readonly value: Place } | { readonly ok: false; readonly fault: PlaceFault } {
  const opened = openPolicies(policies)
  if (!opened.ok) return opened
  const addresses = openReturnTo(returnTo)
  return addresses
    ? { ok: true, value: { policies: opened.value, returnTo: addresses } }
    : { ok: false, fault: 'returnTo' }
}
