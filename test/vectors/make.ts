// Writes every vector anew (`npm run vectors`), or those whose name begins as stated (`npm run vectors -- root-`): a good
// case, and one thing changed in it. Keys are made in memory and forgotten, so that no private key lies about and every
// file's bytes change with each run.
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import type { Vector } from '../vectors.run.ts'
import { allClaims } from './claims.ts'
import { codes } from './codes.ts'
import { bearer, config, now, statusList, trustList, type Case } from './good.ts'
import { headers } from './header.ts'
import { kids } from './kid.ts'
import { presentations } from './live.ts'
import { payloads } from './payload.ts'
import { roots } from './roots.ts'
import { signatures } from './signature.ts'
import { statuses } from './status.ts'
import { times } from './times.ts'
import { trustedKeys } from './trust-keys.ts'
import { trusts } from './trust.ts'

const families = [
  headers,
  kids,
  payloads,
  allClaims,
  times,
  signatures,
  codes,
  presentations,
  trusts,
  trustedKeys,
  roots,
  statuses,
]

const good = { config: config(), trust: [trustList()], statusLists: [statusList()], now, code: bearer() }

function vectorOf({ about, expect, ...changes }: Case): Vector {
  return { about, ...good, ...changes, expect }
}

const folder = new URL('./', import.meta.url)
const [, , beginning = ''] = process.argv
const isMeant = (name: string): boolean => name.startsWith(beginning)
for (const name of readdirSync(folder)) {
  if (name.endsWith('.json') && isMeant(name)) rmSync(new URL(name, folder))
}

let written = 0
for (const [name, change] of families.flatMap((family) => Object.entries(family))) {
  if (!isMeant(name)) continue
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(vectorOf(change), null, 2)}\n`, { flag: 'wx' })
  written += 1
}
process.stdout.write(`${written} vectors\n`)
