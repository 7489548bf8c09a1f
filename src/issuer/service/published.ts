// What gates fetch: keys, trust list, status lists, as the service has them at the moment.
import type { Published } from '../interface.ts'
import type { Keys, PublishedKey } from './keys.ts'
import type { OwnTrustList } from './own-trust-list.ts'
import { recent } from './recent.ts'
import type { StatusLists } from './status-lists.ts'

const clock = (): number => Math.floor(Date.now() / 1000)

/** A list is read from the database at most once a second. */
export function published(keys: Keys, statusLists: StatusLists, trust: OwnTrustList | undefined): Published {
  const lists = new Map<string, () => Promise<string | undefined>>()
  const trustList = recent(1000, async () => trust?.jws())
  return {
    keys: async () => (await keys.published(clock())).map(withoutTerm),
    trustList,
    statusList: async (name) => {
      if (!/^[1-9]\d{0,8}$/.test(name)) return undefined
      const held = lists.get(name) ?? recent(1000, () => statusLists.jws(Number(name)))
      const jws = await held()
      // Only of lists that there are, or anybody could fill the map.
      if (jws !== undefined) lists.set(name, held)
      return jws
    },
  }
}

/** `nbf` and `exp` are a trust list's own; a JWK set knows no such members. */
function withoutTerm(key: PublishedKey): PublishedKey {
  const { nbf: _nbf, exp: _exp, ...jwk } = key
  return jwk
}
