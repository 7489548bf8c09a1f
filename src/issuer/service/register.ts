// The register of people: doses received and doses required. The one of this file stands in our own database; an
// authority's own system can stand in its place (docs/issuer.md).
import type { Status } from '../../core/verdict.ts'
import { isAnyOf, type Sql } from './database.ts'
import type { Person } from './person.ts'
import { people } from './schema.ts'

export interface Doses {
  readonly received: number
  readonly required: number
}

export interface Register {
  /**
   * What is to be kept of a person for the minutes until the OTP comes back; number and name are forgotten. It must look
   * nobody up, or its time tells who is on the register.
   */
  reference(person: Person): Buffer
  /** Looks people up by what was kept, and answers in the same order: nothing for one who is not there. */
  find(references: readonly Buffer[]): Promise<readonly (Doses | undefined)[]>
}

/** 0 not vaccinated, 1 partly, 2 fully. */
export function statusOf({ received, required }: Doses): Status {
  if (received === 0) return 0
  return received >= required ? 2 : 1
}

export function ownRegister(sql: Sql): Register {
  return {
    reference: ({ key }) => key,
    find: async (keys) => {
      const rows = await sql.select().from(people).where(isAnyOf(people.personKey, keys))
      const byKey = new Map(
        rows.map((row) => [
          row.personKey.toString('latin1'),
          { received: row.dosesReceived, required: row.dosesRequired },
        ]),
      )
      return keys.map((key) => byKey.get(key.toString('latin1')))
    },
  }
}
