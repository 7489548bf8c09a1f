// bench:status: what a billion entries cost a gate. 954 status lists of 2^20 entries, 1 % of them revoked: on the disk, in
// memory, at the start, and at each look-up.
import { serialize } from 'node:v8'
import { openBelief, openConfig } from '../../src/core/belief.ts'
import { keepEntries, statusAt, type Entries, type StatusList } from '../../src/core/status-list.ts'
import { pack } from '../../src/gate/trust/packed.ts'
import { inflate } from '../../src/inflate.ts'
import { makeKey, publicJwk, signCompact, signStatusList, signTrustList } from '../../src/issuer/sign.ts'
import { payloadOf } from '../../src/core/compact.ts'
import { fixed, report, say, spreadOf, withSpread } from './figures.ts'

const LISTS = 954
const ENTRIES = 2 ** 20
const REVOKED = 0.01
const COUNTS = [1, 10, 100, LISTS]
/** Compressed once each and signed under every address: the sizes are as random as if all were different. */
const DIFFERENT = 12
const LOOKUPS = 400
/** So many inflated lists are kept with ease. */
const LATELY = 50
const STORED_WANTED = 20

const iss = 'https://kycvs.example'
const now = Math.floor(Date.now() / 1000)
const [root, issuer] = [await makeKey('ES256', 'root'), await makeKey('ES256', 'issuer')]
const uris = Array.from({ length: LISTS }, (_, list) => `${iss}/status/${list}`)

say('Making lists …')
const contents = await Promise.all(
  Array.from({ length: DIFFERENT }, async () => {
    const revoked = Array.from({ length: ENTRIES }, (_, index) => index).filter(() => Math.random() < REVOKED)
    const list = { uri: iss, iat: now, exp: now + 86_400, size: ENTRIES, revoked }
    return payloadOf(await signStatusList(list, issuer))?.['status_list']
  }),
)
const statusLists = await Promise.all(
  uris.map((sub, list) =>
    signCompact(
      { sub, iat: now, exp: now + 86_400, status_list: contents[list % DIFFERENT] },
      'statuslist+jwt',
      issuer,
    ),
  ),
)
const config = await openConfig(JSON.stringify({ trustList: '/trust.jwt', roots: [publicJwk(root)] }))
if (!config.ok) throw new Error(config.fault)

const anyOf = (few: readonly StatusList[]): StatusList | undefined => few[Math.floor(Math.random() * few.length)]

async function measure(count: number) {
  const named = uris.slice(0, count)
  const entry = { iss, name: 'Example', keys: [publicJwk(issuer)], status_lists: named }
  const trustList = await signTrustList({ iss, iat: now, exp: now + 86_400, seq: 1, issuers: [entry] }, root)
  const held = { trustList, statusLists: statusLists.slice(0, count) }
  if (!config.ok) throw new Error(config.fault)
  const start = performance.now()
  const { belief } = await openBelief(held, config.value, inflate, 0)
  const open = performance.now() - start

  const lists = [...belief.statusLists.values()]
  const timed = async (entries: Entries, list: StatusList | undefined): Promise<number> => {
    if (!list) throw new Error('no list')
    const from = performance.now()
    const inflated = await entries(belief.statusLists.get(list.uri) ?? list)
    if (!inflated || statusAt(inflated, Math.floor(Math.random() * ENTRIES)) === undefined) throw new Error('no entry')
    return performance.now() - from
  }
  const lately = lists.slice(0, LATELY)
  for (const list of lately) await belief.entries(list)
  const cold: number[] = []
  const warm: number[] = []
  for (let lookup = 0; lookup < LOOKUPS; lookup += 1) {
    // A list that was not asked for lately has to be inflated first.
    cold.push(await timed(keepEntries(inflate), anyOf(lists)))
    warm.push(await timed(belief.entries, anyOf(lately)))
  }
  return {
    count,
    open,
    cold: spreadOf(cold),
    warm: spreadOf(warm),
    stored: serialize(held.statusLists.map(pack)).length,
  }
}

const rows = []
for (const count of COUNTS) {
  say(`Measuring ${count} …`)
  rows.push(await measure(count))
}
const mib = (bytes: number): string => fixed(bytes / 2 ** 20, 2)
const stored = rows.at(-1)?.stored ?? 0
report({ entries: ENTRIES, revoked: REVOKED, rows }, [
  [
    ['status lists', 'entries', 'stored, MiB', 'to open, ms', 'look-up, inflated ms', 'look-up, to inflate ms'],
    ...rows.map(({ count, open, cold, warm, stored: bytes }) => [
      fixed(count),
      fixed(count * ENTRIES),
      mib(bytes),
      fixed(open),
      withSpread(warm, 3),
      withSpread(cold, 2),
    ]),
  ],
])
if (stored > STORED_WANTED * 2 ** 20) {
  say(`More than ${STORED_WANTED} MiB are stored.`)
  process.exitCode = 1
}
