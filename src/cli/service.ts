// What the commands of the issuer's service share: its folder, its database, its secret and its keys.
import { Option } from '@commander-js/extra-typings'
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readPrivateKey } from '../issuer/key-file.ts'
import type { Database, DatabaseLocation } from '../issuer/service/database.ts'
import type { Keys } from '../issuer/service/keys.ts'
import { fail, failOnFile, readIfThere, systemCode, type Fallible } from './input.ts'

/** The folder of a service: its secret, its keys and, unless another is named, its database. */
export const dirOption = () =>
  new Option('--dir <dir>', 'the folder of the service').env('KYCVS_DIR').default('.issuer')

export const databaseOption = () =>
  new Option('--database <url>', 'a PostgreSQL (default: one of its own in --dir)').env('DATABASE_URL')

export interface ServiceHome {
  readonly dir: string
  readonly database?: string | undefined
}

export const locationOf = ({ dir, database }: ServiceHome): DatabaseLocation =>
  database === undefined ? { folder: join(dir, 'database') } : { url: database }

/** Opens the service's database for a command, and closes it when the work is done. */
export async function withDatabase<Result>(
  command: Fallible,
  home: ServiceHome,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const { openDatabase } = await import('../issuer/service/database.ts')
  const database = await reached(command, home, () => openDatabase(locationOf(home)))
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

/** By Node's or PostgreSQL's code. */
const DATABASE_FAULTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there',
  ENOTFOUND: 'there is no such host',
  ENOENT: 'there is no such socket',
  ETIMEDOUT: 'it did not answer in time',
  '28P01': 'the password is wrong',
  '28000': 'this user may not log in',
  '3D000': 'there is no such database',
  '42501': 'this user may not make tables there',
}

/** Runs what opens the database, and ends the run in words where it cannot be opened. */
export async function reached<Result>(
  command: Fallible,
  { dir, database }: ServiceHome,
  open: () => Promise<Result>,
): Promise<Result> {
  // Not by the option's own parser, which would quote it, and it may hold a password.
  if (database !== undefined && !(URL.canParse(database) && /^postgres(ql)?:$/.test(new URL(database).protocol))) {
    return fail(command, '--database, or DATABASE_URL, must be postgresql://USER@HOST/NAME.')
  }
  try {
    return await open()
  } catch (error) {
    if (error instanceof Error && error.name === 'FolderInUse') {
      return fail(command, `The database in ${dir} is in use by another process. Stop that first, or use a PostgreSQL.`)
    }
    const words = DATABASE_FAULTS[codeOf(error)]
    if (database === undefined || words === undefined) throw error
    return fail(command, `The database cannot be used: ${words}. Check --database or DATABASE_URL.`)
  }
}

/** The code of the first in a chain of causes that has one. */
function codeOf(error: unknown): string {
  for (let next = error; next instanceof Error; next = next.cause) {
    const code = systemCode(next)
    if (code !== undefined) return code
  }
  return ''
}

/** The service's secret: from the environment, or its folder, where it is made when there is none. */
export async function readPepper(command: Fallible, dir: string): Promise<Uint8Array> {
  const stated = process.env['KYCVS_PEPPER']
  const path = join(dir, 'pepper')
  const text = stated ?? (await readIfThere(command, path))
  if (text === undefined) return makePepper(command, dir, path)
  const pepper = Buffer.from(text.trim(), 'base64')
  if (pepper.length >= 32) return pepper
  const where = stated === undefined ? path : 'KYCVS_PEPPER'
  return fail(command, `${where} must be 32 bytes or more in Base64. Make one with: openssl rand -base64 32`)
}

async function makePepper(command: Fallible, dir: string, path: string): Promise<Uint8Array> {
  const pepper = randomBytes(32)
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 })
    await writeFile(path, `${pepper.toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    failOnFile(command, path, error)
  }
  return pepper
}

export const keysDir = (dir: string): string => join(dir, 'keys')

/** The service's keys: one from the environment, or those of its folder, where the first is made when there is none. */
export async function readKeys(command: Fallible, dir: string, now: number): Promise<Keys> {
  const { keysInFolder, oneKey, rotateKeys } = await import('../issuer/service/keys.ts')
  const stated = process.env['KYCVS_SIGNING_KEY']
  if (stated !== undefined) {
    const { keySigner } = await import('../issuer/service/signer.ts')
    const key = await readPrivateKey(stated)
    return key ? oneKey(keySigner(key)) : fail(command, 'KYCVS_SIGNING_KEY holds no private key (JWK).')
  }
  try {
    const keys = keysInFolder(keysDir(dir))
    if (await hasNone(keysDir(dir))) await rotateKeys(keysDir(dir), 'ES256', now)
    return keys
  } catch (error) {
    return failOnFile(command, keysDir(dir), error)
  }
}

async function hasNone(dir: string): Promise<boolean> {
  try {
    return !(await readdir(dir)).some((name) => name.endsWith('.jwk'))
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return true
    throw error
  }
}
