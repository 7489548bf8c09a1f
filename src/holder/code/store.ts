// What the device keeps, in IndexedDB: the codes whose owner said so, and nothing else. No number, no OTP, no consent.
import { openDB, type DBSchema } from 'idb'
import { writeNow } from '../../browser/write.ts'
import { isFields, isText } from '../../core/compact.ts'
import type { HeldCode } from './held.ts'

interface HolderSchema extends DBSchema {
  codes: { key: string; value: HeldCode }
}

/** Whether a code was kept: `full` when the device has no room, `refused` where the browser keeps nothing. */
export type Kept = 'kept' | 'full' | 'refused'

export interface CodeStore {
  all(): Promise<readonly HeldCode[]>
  keep(code: HeldCode): Promise<Kept>
  forget(id: string): Promise<void>
}

/** Opens the store; where IndexedDB cannot be opened, one that keeps nothing and says so. */
export async function openCodeStore(): Promise<CodeStore> {
  try {
    const db = await openDB<HolderSchema>('kycvs-holder', 1, {
      upgrade: (fresh) => void fresh.createObjectStore('codes', { keyPath: 'id' }),
      blocking: () => db.close(),
    })
    return {
      all: async () => (await db.getAll('codes')).flatMap((record) => asHeld(record) ?? []),
      async keep(code) {
        try {
          await writeNow(db, 'codes', (store) => store.put(code))
          return 'kept'
        } catch (error) {
          return error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'refused'
        }
      },
      forget: (id) => writeNow(db, 'codes', (store) => store.delete(id)),
    }
  } catch {
    return { all: async () => [], keep: async () => 'refused', forget: async () => undefined }
  }
}

/** A record as it was written, or nothing: what a disk gives back is not believed to have kept its shape. */
function asHeld(record: unknown): HeldCode | undefined {
  if (!isFields(record)) return undefined
  const { id, label, token, key } = record
  if (!isText(id) || !isText(label) || !isText(token)) return undefined
  return { id, label, token, key: key instanceof CryptoKey ? key : undefined }
}
