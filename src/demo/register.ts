// The people on the demo's register: their names and numbers are invented, and what an OTP says goes to the people page.
import { Readable } from 'node:stream'
import type { Sql } from '../issuer/service/database.ts'
import type { Message } from '../issuer/service/delivery.ts'
import type { KeyedHash } from '../issuer/service/keyed-hash.ts'
import { COLUMNS, importRegister } from '../issuer/service/register-import.ts'

export interface Registered {
  readonly name: string
  /** E.164. */
  readonly mobile: string
  readonly received: number
  readonly required: number
  readonly about: string
  /** What the gate should show, in words, and its tone. */
  readonly shows: string
  readonly tone: 'green' | 'amber' | 'red'
}

export const registered: readonly Registered[] = [
  {
    name: 'Asha Nair',
    mobile: '+919000000021',
    received: 2,
    required: 2,
    about: 'Fully vaccinated: two doses of two.',
    shows: 'Green.',
    tone: 'green',
  },
  {
    name: 'Bilal Haddad',
    mobile: '+919000000012',
    received: 1,
    required: 2,
    about: 'Partly vaccinated: one dose of two.',
    shows: 'Amber.',
    tone: 'amber',
  },
  {
    name: 'Chloe Martin',
    mobile: '+919000000003',
    received: 0,
    required: 2,
    about: 'Not vaccinated.',
    shows: 'Red.',
    tone: 'red',
  },
]

/** Takes them into the register, as `kycvs register import` does. */
export async function register(database: Sql, hash: KeyedHash): Promise<void> {
  const lines = registered.map(({ name, mobile, received, required }) => [mobile, name, received, required].join())
  await importRegister(Readable.from([[COLUMNS.join(), ...lines, ''].join('\n')]), database, hash, {
    onBadLine: (line, fault) => {
      throw new Error(`line ${line} of the demo's register is bad: ${fault}`)
    },
  })
}

const HELD = 10

export interface Received {
  readonly id: string
  readonly to: string
  /** Whose phone it is; nothing when it is nobody's on the register. */
  readonly name: string | undefined
  readonly text: string
}

export interface Inbox {
  readonly take: (message: Message) => void
  /** The last few, the newest first. */
  readonly messages: () => readonly Received[]
}

/** The phones of all demo people at once. */
export function openInbox(): Inbox {
  let held: readonly Message[] = []
  return {
    take: (message) => {
      held = [message, ...held].slice(0, HELD)
    },
    messages: () =>
      held.map(({ idempotencyKey: id, to, text }) => ({
        id,
        to,
        name: registered.find(({ mobile }) => mobile === to)?.name,
        text,
      })),
  }
}
