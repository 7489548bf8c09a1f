import type { DBSchema, IDBPDatabase, IDBPObjectStore, StoreNames } from 'idb'

/**
 * One write to one object store, committed without waiting for the answer: it is kept even if the page goes away at once,
 * and a page that the browser stops for the back button leaves no transaction that others wait for (seen in WebKitGTK 2.50).
 * Rejects when it was not kept.
 */
export async function writeNow<Schema extends DBSchema, Name extends StoreNames<Schema>>(
  database: IDBPDatabase<Schema>,
  name: Name,
  write: (store: IDBPObjectStore<Schema, [Name], Name, 'readwrite'>) => Promise<unknown>,
): Promise<void> {
  const writing = database.transaction(name, 'readwrite')
  const written = write(writing.store)
  writing.commit()
  await Promise.all([written, writing.done])
}
