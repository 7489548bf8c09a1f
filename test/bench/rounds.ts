// The rounds of bench:verify, the same code in Node and in Chromium. A block of awaits of one contender, then a block of
// the other, in turns, so that whatever else the machine does meanwhile falls on both.
import { openBelief, openConfig } from '../../src/core/belief.ts'
import type { Algorithm, VerificationKey } from '../../src/core/keys.ts'
import { verify, type Belief } from '../../src/core/verify.ts'
import { inflate } from '../../src/inflate.ts'

/** Tokens of one kind, signed by one key. */
export interface Subject {
  readonly name: string
  readonly iss: string
  readonly kid: string
  readonly tokens: readonly string[]
}

/** Everything that is measured, as text: each realm gets the same bytes. */
export interface Material {
  readonly config: string
  readonly now: number
  /** All subjects' keys are in this list. */
  readonly trustList: string
  readonly statusList: string
  readonly subjects: readonly Subject[]
  /** Lists of many sizes, each of which has the first subject's key. */
  readonly sizes: readonly { readonly keys: number; readonly trustList: string }[]
}

/** Milliseconds for one block of as many codes as a subject has tokens; one entry a round. */
export interface Measured {
  readonly subjects: readonly { readonly name: string; readonly raw: number[]; readonly verify: number[] }[]
  readonly sizes: readonly { readonly keys: number; readonly open: number; readonly verify: number[] }[]
}

/** Rounds that are run first and not counted, while the engine still compiles. */
const WARM_UP = 20

export async function measure(material: Material, rounds: number): Promise<Measured> {
  const { now } = material
  const { belief } = await open(material, material.trustList)
  const races = material.subjects.map((subject) => {
    const { alg, key } = keyOf(belief, subject)
    const messages = subject.tokens.map(messageOf)
    return {
      name: subject.name,
      raw: { run: () => rawBlock(messages, algorithms[alg], key), times: emptyTimes() },
      verify: { run: () => verifyBlock(subject.tokens, belief, now), times: emptyTimes() },
    }
  })
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const { raw, verify: ours } of races) await runAll(round % 2 === 0 ? [raw, ours] : [ours, raw], round)
  }

  const lists: ({ keys: number; open: number } & Contender)[] = []
  for (const { keys, trustList } of material.sizes) {
    const opened = await open(material, trustList)
    const tokens = material.subjects[0]?.tokens ?? []
    const run = (): Promise<number> => verifyBlock(tokens, opened.belief, now)
    lists.push({ keys, open: opened.time, run, times: emptyTimes() })
  }
  for (let round = -WARM_UP; round < rounds; round++) {
    const first = Math.abs(round) % lists.length
    await runAll([...lists.slice(first), ...lists.slice(0, first)], round)
  }
  return {
    subjects: races.map(({ name, raw, verify: ours }) => ({ name, raw: raw.times, verify: ours.times })),
    sizes: lists.map(({ keys, open: time, times }) => ({ keys, open: time, verify: times })),
  }
}

interface Contender {
  readonly run: () => Promise<number>
  readonly times: number[]
}

const emptyTimes = (): number[] => []

async function runAll(contenders: readonly Contender[], round: number): Promise<void> {
  for (const { run, times } of contenders) {
    const time = await run()
    if (round >= 0) times.push(time)
  }
}

async function open(material: Material, trustList: string): Promise<{ belief: Belief; time: number }> {
  const config = await openConfig(material.config)
  if (!config.ok) throw new Error(`config: ${config.fault}`)
  const start = performance.now()
  const { belief, trustFault, statusFaults } = await openBelief(
    { trustList, statusLists: [material.statusList] },
    config.value,
    inflate,
    0,
  )
  const time = performance.now() - start
  const faults = [trustFault, ...statusFaults].filter((fault) => fault !== undefined && fault !== 'not-named')
  if (faults.length > 0 || belief.trust?.dropped.length !== 0) throw new Error(`a list is not sound: ${faults.join()}`)
  return { belief, time }
}

function keyOf({ trust }: Belief, { iss, kid }: Subject): VerificationKey {
  const key = trust?.issuers.get(iss)?.keys.get(kid)
  if (!key) throw new Error('a subject whose key is not listed')
  return key
}

interface Message {
  readonly signed: Uint8Array<ArrayBuffer>
  readonly signature: Uint8Array<ArrayBuffer>
}

/** What is signed, and the signature, as bytes (RFC 7515, section 5.2). */
function messageOf(token: string): Message {
  const [header, payload, signature = ''] = token.split('.')
  const binary = atob(signature.replaceAll('-', '+').replaceAll('_', '/'))
  return {
    signed: new TextEncoder().encode(`${header}.${payload}`),
    signature: Uint8Array.from(binary, (character) => character.charCodeAt(0)),
  }
}

const algorithms: Readonly<Record<Algorithm, AlgorithmIdentifier | EcdsaParams>> = {
  ES256: { name: 'ECDSA', hash: 'SHA-256' },
  Ed25519: { name: 'Ed25519' },
}

async function rawBlock(
  messages: readonly Message[],
  algorithm: AlgorithmIdentifier | EcdsaParams,
  key: CryptoKey,
): Promise<number> {
  const start = performance.now()
  for (const { signed, signature } of messages) {
    if (!(await crypto.subtle.verify(algorithm, key, signature, signed))) throw new Error('a signature does not hold')
  }
  return performance.now() - start
}

async function verifyBlock(tokens: readonly string[], belief: Belief, now: number): Promise<number> {
  const start = performance.now()
  for (const token of tokens) {
    if ((await verify(token, belief, now)).kind !== 'verified') throw new Error('a good token is not verified')
  }
  return performance.now() - start
}
