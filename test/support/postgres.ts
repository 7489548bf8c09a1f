// A PostgreSQL of the machine's own (Debian's package) in a folder of its own, on a socket of its own. It is installed when
// it is missing and that can be done; a test that needs it is never skipped for want of it.
import { execFile, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'
import type { DatabaseLocation } from '../../src/issuer/service/database.ts'

const run = promisify(execFile)
const isRoot = process.getuid?.() === 0
const VERSIONS = '/usr/lib/postgresql'

export interface Postgres {
  /** Makes an empty database, and gives its URL. */
  create(): Promise<string>
  stop(): Promise<void>
}

function binaries(): string | undefined {
  const folders = existsSync(VERSIONS)
    ? readdirSync(VERSIONS).toSorted((one, other) => Number(other) - Number(one))
    : []
  return folders.map((version) => join(VERSIONS, version, 'bin')).find((folder) => existsSync(join(folder, 'initdb')))
}

function found(): string {
  const there = binaries()
  if (there !== undefined) return there
  if (isRoot) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['update', '-qq'], { env, timeout: 120_000 })
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'postgresql'], { env, timeout: 600_000 })
  }
  const installed = binaries()
  if (installed !== undefined) return installed
  throw new Error(
    'The tests of the issuer need PostgreSQL, and it could not be installed. Run: apt-get install postgresql',
  )
}

/**
 * Starts a server. PostgreSQL refuses to run as root, so there it runs as Debian's user postgres.
 * @param durable waits for the disk at each commit, as a real one does
 */
export async function startPostgres({ durable = false } = {}): Promise<Postgres> {
  const bin = found()
  const folder = await mkdtemp(join(tmpdir(), 'kycvs-pg-'))
  if (isRoot) await run('chown', ['postgres:', folder])
  await chmod(folder, 0o755)
  const asOwner = (program: string, ...args: string[]): Promise<unknown> => {
    const command = [join(bin, program), ...args]
    // Their cwd must be one that the other user may enter.
    return isRoot
      ? run('runuser', ['-u', 'postgres', '--', ...command], { cwd: folder })
      : run(command[0] ?? '', command.slice(1), { cwd: folder })
  }
  const data = join(folder, 'data')
  await asOwner('initdb', '-D', data, '-U', 'kycvs', '--auth=trust', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8')
  const settings = ['-c listen_addresses=', `-c unix_socket_directories=${folder}`, '-c max_connections=100']
  if (!durable) settings.push('-c fsync=off')
  await asOwner('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), '-o', settings.join(' '), 'start')
  let made = 0
  const urlOf = (name: string): string => `postgresql:///${name}?host=${encodeURIComponent(folder)}&user=kycvs`
  return {
    create: async () => {
      made += 1
      const name = `issuer_${made}`
      const client = new Client({ connectionString: urlOf('postgres') })
      await client.connect()
      await client.query(`CREATE DATABASE ${name}`)
      await client.end()
      return urlOf(name)
    },
    stop: async () => {
      await asOwner('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Both kinds that the issuer runs on. Each suite of the issuer runs on each. */
export const kinds = ['PGlite', 'PostgreSQL'] as const

/** Where databases of one kind come from. A new one is empty. */
export interface Databases {
  create(): Promise<DatabaseLocation>
  stop(): Promise<void>
}

export async function databasesOf(kind: (typeof kinds)[number]): Promise<Databases> {
  if (kind === 'PGlite') return { create: async () => 'memory', stop: async () => {} }
  const server = await startPostgres()
  return { create: async () => ({ url: await server.create() }), stop: () => server.stop() }
}
