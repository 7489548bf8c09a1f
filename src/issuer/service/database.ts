// The database: any PostgreSQL by its URL, or PostgreSQL in WebAssembly (PGlite) in a folder or in memory. One SQL for all.
import { PGlite } from '@electric-sql/pglite'
import { sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import { drizzle as overPg } from 'drizzle-orm/node-postgres'
import { migrate as migratePg } from 'drizzle-orm/node-postgres/migrator'
import type { PgColumn, PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import { drizzle as overPglite } from 'drizzle-orm/pglite'
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator'
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Pool } from 'pg'
import { holdFolder } from './folder-lock.ts'

export type DatabaseLocation =
  | { readonly url: string; readonly connections?: number }
  | { readonly folder: string }
  | 'memory'

/** What queries are asked of: the database, or a transaction in it. */
export type Sql = PgDatabase<PgQueryResultHKT>

export interface Database {
  readonly sql: Sql
  /** Waits for what is under way, and closes. */
  close(): Promise<void>
}

const migrationsFolder = fileURLToPath(new URL('migrations', import.meta.url))

/** What advisory locks are taken for; the first of their two keys. */
export const LOCK = {
  migrate: 0x6b79_6331,
  prepare: 0x6b79_6332,
  sign: 0x6b79_6333,
  trust: 0x6b79_6334,
  purge: 0x6b79_6335,
} as const

/** Opens the database and brings its tables up to date. Rejects when it cannot be reached, or is in use by another. */
export async function openDatabase(location: DatabaseLocation): Promise<Database> {
  return location !== 'memory' && 'url' in location ? openServer(location) : openEmbedded(location)
}

async function openServer({ url, connections = 10 }: { url: string; connections?: number }): Promise<Database> {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 5000,
    statement_timeout: 30_000,
    keepAlive: true,
    application_name: 'kycvs',
  })
  // A connection that breaks while idle is replaced at the next query, which is the one to fail if it must.
  pool.on('error', () => {})
  try {
    // On one connection, for a session's lock is let go by the session that took it.
    const client = await pool.connect()
    try {
      await client.query('SELECT pg_advisory_lock($1, 0)', [LOCK.migrate])
      await migratePg(overPg(client), { migrationsFolder })
      await client.query('SELECT pg_advisory_unlock($1, 0)', [LOCK.migrate])
    } finally {
      client.release()
    }
  } catch (error) {
    await pool.end()
    throw error
  }
  return { sql: overPg(pool), close: () => pool.end() }
}

async function openEmbedded(location: { readonly folder: string } | 'memory'): Promise<Database> {
  if (location !== 'memory') await mkdir(location.folder, { recursive: true, mode: 0o700 })
  const release = location === 'memory' ? async () => {} : await holdFolder(location.folder)
  try {
    const client = await PGlite.create(location === 'memory' ? {} : { dataDir: `${location.folder}/data` })
    const db = overPglite(client)
    await migratePglite(db, { migrationsFolder })
    const close = async (): Promise<void> => {
      await client.close()
      await release()
    }
    return { sql: db, close }
  } catch (error) {
    await release()
    throw error
  }
}

/** `column = any(values)`: one parameter, however many values, so that the statement stays the same. */
export function isAnyOf(column: PgColumn, values: readonly unknown[]): SQL {
  return sql`${column} = any(${sql.param(values)}::${sql.raw(column.getSQLType())}[])`
}

/** The database's own clock, some seconds on. */
export const inSeconds = (seconds: number | SQLWrapper): SQL<Date> => sql`now() + make_interval(secs => ${seconds})`
