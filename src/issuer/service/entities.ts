// Verifying entities: those who may ask for an answer of their own. Each has an id, which stands in the token's `aud`, the
// origins of its pages, and an API key for its servers, of which only a hash is kept.
import { asc, eq } from 'drizzle-orm'
import { createHash, randomBytes } from 'node:crypto'
import type { Sql } from './database.ts'
import type { Entity } from './entity.ts'
import { recent } from './recent.ts'
import { entities } from './schema.ts'

const KEY_BYTES = 32
const KEY_PREFIX = 'kycvs_'
/** What was registered or removed takes effect everywhere within so many milliseconds. */
const REREAD_MS = 5000

/** An API key has 256 bits of chance, so a plain hash of it tells nothing. */
const hashOf = (apiKey: string): Buffer => createHash('sha256').update(apiKey).digest()

/** Registers an entity. Gives its API key, which cannot be had again; nothing when the id is taken. */
export async function addEntity(database: Sql, { id, name, origins }: Entity): Promise<string | undefined> {
  const apiKey = KEY_PREFIX + randomBytes(KEY_BYTES).toString('base64url')
  const added = await database
    .insert(entities)
    .values({ id, name, origins: [...origins], apiKeyHash: hashOf(apiKey) })
    .onConflictDoNothing({ target: entities.id })
    .returning({ id: entities.id })
  return added.length === 1 ? apiKey : undefined
}

/** False when there is no such entity. The tokens that it was given stay valid. */
export async function removeEntity(database: Sql, id: string): Promise<boolean> {
  const removed = await database.delete(entities).where(eq(entities.id, id)).returning({ id: entities.id })
  return removed.length === 1
}

export async function listEntities(database: Sql): Promise<Entity[]> {
  const { id, name, origins } = entities
  return database.select({ id, name, origins }).from(entities).orderBy(asc(id))
}

export interface Entities {
  byId(id: string): Promise<Entity | undefined>
  byApiKey(apiKey: string): Promise<Entity | undefined>
  hasOrigin(origin: string): Promise<boolean>
}

/** Those that are registered, held in memory: every request asks for them. */
export function entitiesOf(database: Sql): Entities {
  const load = recent(REREAD_MS, async () => {
    const rows = await database.select().from(entities)
    return {
      byId: new Map<string, Entity>(rows.map((row) => [row.id, row])),
      byKey: new Map<string, Entity>(rows.map((row) => [row.apiKeyHash.toString('hex'), row])),
      origins: new Set(rows.flatMap((row) => row.origins)),
    }
  })
  return {
    byId: async (id) => (await load()).byId.get(id),
    byApiKey: async (apiKey) => (await load()).byKey.get(hashOf(apiKey).toString('hex')),
    hasOrigin: async (origin) => (await load()).origins.has(origin),
  }
}
