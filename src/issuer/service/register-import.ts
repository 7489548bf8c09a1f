// The register from a CSV file (RFC 4180), header "mobile,full_name,doses_received,doses_required", in any order. It is
// read as a stream and written in batches, so that a country's file needs no more memory than a village's.
import { parse, type CsvErrorCode } from 'csv-parse'
import { sql } from 'drizzle-orm'
import type { Readable } from 'node:stream'
import { isFields, isText } from '../../core/compact.ts'
import type { Sql } from './database.ts'
import type { KeyedHash } from './keyed-hash.ts'
import { isName, mobileOf, nameKeyOf } from './person.ts'
import { people } from './schema.ts'

export const COLUMNS = ['mobile', 'full_name', 'doses_received', 'doses_required'] as const

/** What is wrong with a line. It never says what stands there: reports are kept and sent on. */
export type LineFault = 'fields' | 'quotes' | 'too-long' | 'mobile' | 'full_name' | 'doses_received' | 'doses_required'

export interface Watch {
  /** A bad line, by its number, the header's being 1. The others are kept. */
  readonly onBadLine: (line: number, fault: LineFault) => void
  /** @param done lines so far */
  readonly onProgress?: (done: number) => void
}

export interface Imported {
  readonly goodLines: number
  readonly badLines: number
}

/** The file does not begin with the header. */
export class NoHeader extends Error {
  override readonly name = 'NoHeader'
}

type Row = typeof people.$inferInsert

const BATCH = 2000
const LINE_LENGTH = 10_000

export async function importRegister(
  csv: Readable,
  database: Sql,
  hash: KeyedHash,
  { onBadLine, onProgress }: Watch,
): Promise<Imported> {
  let badLines = 0
  const bad = (line: number, fault: LineFault): void => {
    badLines += 1
    onBadLine(line, fault)
  }
  const parser = parse({
    bom: true,
    info: true,
    max_record_size: LINE_LENGTH,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    trim: true,
    on_skip: (error) => {
      if (error) bad(Number(error['lines']), SKIPPED[error.code] ?? 'quotes')
      return undefined
    },
  })
  let goodLines = 0
  // By key: of two lines about one person in a batch, the later counts, as it does across batches.
  const batch = new Map<string, Row>()
  const write = async (): Promise<void> => {
    if (batch.size > 0) await upsert(database, [...batch.values()])
    batch.clear()
  }
  let header: Header | undefined
  csv.once('error', (error) => parser.destroy(error))
  try {
    for await (const read of csv.pipe(parser)) {
      const { line, fields } = readRecord(read)
      if (!header) {
        header = readHeader(fields)
        continue
      }
      const row = readRow(fields, header, hash)
      if (typeof row === 'string') bad(line, row)
      else {
        goodLines += 1
        batch.set(row.personKey.toString('latin1'), row)
      }
      onProgress?.(line)
      if (batch.size >= BATCH) await write()
    }
  } finally {
    csv.destroy()
  }
  if (!header) throw new NoHeader()
  await write()
  return { goodLines, badLines }
}

const SKIPPED: Partial<Record<CsvErrorCode, LineFault>> = { CSV_MAX_RECORD_SIZE: 'too-long' }

/** Where each column stands, and how many there are. */
interface Header {
  readonly at: Readonly<Record<(typeof COLUMNS)[number], number>>
  readonly width: number
}

function readHeader(fields: readonly unknown[]): Header {
  const names = fields.map((name) => String(name).toLowerCase())
  const place = (name: (typeof COLUMNS)[number]): number => {
    const at = names.indexOf(name)
    if (at === -1) throw new NoHeader()
    return at
  }
  const at = {
    mobile: place('mobile'),
    full_name: place('full_name'),
    doses_received: place('doses_received'),
    doses_required: place('doses_required'),
  }
  return { at, width: names.length }
}

function readRecord(read: unknown): { line: number; fields: readonly unknown[] } {
  if (isFields(read) && isFields(read['info']) && Array.isArray(read['record'])) {
    return { line: Number(read['info']['lines']), fields: read['record'] }
  }
  throw new TypeError('csv-parse gave a record without its line')
}

const isDoses = (value: unknown): value is string => typeof value === 'string' && /^\d{1,2}$/.test(value)

function readRow(fields: readonly unknown[], { at, width }: Header, hash: KeyedHash): Row | LineFault {
  if (fields.length !== width) return 'fields'
  const mobile = fields[at.mobile]
  const name = fields[at.full_name]
  const received = fields[at.doses_received]
  const required = fields[at.doses_required]
  const number = isText(mobile) ? mobileOf(mobile) : undefined
  if (number === undefined) return 'mobile'
  if (!isText(name) || !isName(name)) return 'full_name'
  if (!isDoses(received)) return 'doses_received'
  if (!isDoses(required) || Number(required) === 0) return 'doses_required'
  return {
    personKey: hash.person(number, nameKeyOf(name)),
    dosesReceived: Number(received),
    dosesRequired: Number(required),
  }
}

/** One statement a batch, with one parameter a column. */
async function upsert(database: Sql, rows: readonly Row[]): Promise<void> {
  const columns = [
    rows.map((row) => row.personKey),
    rows.map((row) => row.dosesReceived),
    rows.map((row) => row.dosesRequired),
  ].map((values) => sql.param(values))
  const [keys, received, required] = columns
  await database.execute(sql`
    insert into ${people} (person_key, doses_received, doses_required)
    select * from unnest(${keys}::bytea[], ${received}::smallint[], ${required}::smallint[])
    on conflict (person_key) do update
      set doses_received = excluded.doses_received, doses_required = excluded.doses_required
      where (people.doses_received, people.doses_required) is distinct from
        (excluded.doses_received, excluded.doses_required)`)
}
