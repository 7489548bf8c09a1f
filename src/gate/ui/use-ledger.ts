import { use } from 'react'
import type { Gate } from '../gate.ts'
import type { Ledger } from '../tally/ledger.ts'

// One for the page.
let opened: Ledger | undefined

/** Waited for beforehand, it is there at once, and no page is blank until the disk has answered. */
export async function prepareLedger({ ledger }: Gate): Promise<void> {
  opened = await ledger
}

export const useLedger = ({ ledger }: Gate): Ledger => opened ?? use(ledger)
