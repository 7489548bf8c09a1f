// The demo's issuer: the real service (src/issuer/service) over a database in the demo's folder, with a register of three,
// and OTPs that go to the terminal and to an inbox. Its trust list and status lists name the codes made beforehand too.
import { join } from 'node:path'
import type { Hono } from 'hono'
import { holderSite } from '../host/holder.ts'
import type { Published } from '../issuer/interface.ts'
import { openDatabase, type Sql } from '../issuer/service/database.ts'
import { toTerminal } from '../issuer/service/delivery.ts'
import { addEntity, removeEntity } from '../issuer/service/entities.ts'
import type { Entity } from '../issuer/service/entity.ts'
import { keyedHash } from '../issuer/service/keyed-hash.ts'
import { oneKey } from '../issuer/service/keys.ts'
import { issuerEntry } from '../issuer/service/own-trust-list.ts'
import { published } from '../issuer/service/published.ts'
import { recent } from '../issuer/service/recent.ts'
import { keySigner } from '../issuer/service/signer.ts'
import { startIssuer } from '../issuer/service/start.ts'
import { LIST_LIFE, statusListsOf } from '../issuer/service/status-lists.ts'
import { openInbox, register, type Inbox } from './register.ts'
import { keptStatusList, keptTrustList, PEOPLE_LIST, type DemoKeys } from './state.ts'

const NAME = 'Example Health Authority'

export interface DemoServiceOptions {
  /** The demo's folder. */
  readonly dir: string
  readonly holderDir: string
  /** Who asks for answers on a page of their own. */
  readonly entity: Entity
}

export interface DemoService {
  /** The API, the holder's page and the embed. */
  readonly app: Hono
  /** The lists, in which the codes that are made beforehand stand too. */
  readonly lists: Published
  readonly inbox: Inbox
  readonly stop: () => Promise<void>
}

const clock = (): number => Math.floor(Date.now() / 1000)

export async function startService(
  { cast, root, pepper }: DemoKeys,
  { dir, holderDir, entity }: DemoServiceOptions,
): Promise<DemoService> {
  // One of each address: two demos may share the folder, and its keys.
  const database = await openDatabase({ folder: join(dir, `register-${new URL(cast.iss).host.replaceAll(':', '-')}`) })
  try {
    await register(database.sql, keyedHash(pepper))
    await replaceEntity(database.sql, entity)
    const keys = oneKey(keySigner(cast.issuer))
    const inbox = openInbox()
    const print = toTerminal()
    const issuer = await startIssuer({
      issuer: cast.iss,
      name: NAME,
      database,
      pepper,
      keys,
      deliver: async (message) => {
        inbox.take(message)
        await print(message)
      },
      log: { write: faultsOnly },
      extraRoutes: ({ entities }) =>
        holderSite({ dir: holderDir, originsOf: async (id) => (await entities.byId(id))?.origins ?? [] }),
    })
    const statusLists = statusListsOf(database.sql, { issuer: cast.iss, keys, life: LIST_LIFE })
    const own = published(keys, statusLists, undefined)
    const trustList = recent(5000, async () => {
      const entry = await issuerEntry({ iss: cast.iss, name: NAME }, keys, statusLists, clock())
      const listed = { ...entry, status_lists: [cast.statusUri, ...entry.status_lists] }
      return keptTrustList(dir, root, listed, clock())
    })
    const people = recent(60_000, () => keptStatusList(dir, cast, clock()))
    return {
      app: issuer.app,
      lists: {
        keys: () => own.keys(),
        trustList,
        statusList: (name) => (name === PEOPLE_LIST ? people() : own.statusList(name)),
      },
      inbox,
      stop: async () => {
        await issuer.stop()
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Its page has another port with each start, maybe. */
async function replaceEntity(database: Sql, entity: Entity): Promise<void> {
  await removeEntity(database, entity.id)
  await addEntity(database, entity)
}

/** In the demo the terminal is a phone: what went well is not told there. */
function faultsOnly(line: string): void {
  if (line.includes('"level":"error"')) process.stderr.write(line)
}
