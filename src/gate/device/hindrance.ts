// Why nothing can be kept on this device, by the name of the error that said so.
import { BLOCKED } from '../trust/database.ts'

/** A page of an older version is open; no room; a newer version was here; or the browser will not, as in private mode. */
export type Hindrance = 'blocked' | 'full' | 'newer' | 'refused'

const kinds: ReadonlyMap<string, Hindrance> = new Map([
  [BLOCKED, 'blocked'],
  ['QuotaExceededError', 'full'],
  ['VersionError', 'newer'],
])

export const hindranceOf = (name: string): Hindrance => kinds.get(name) ?? 'refused'
