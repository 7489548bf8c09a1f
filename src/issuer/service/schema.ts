// What the issuer keeps, in PostgreSQL. No number, no name, no OTP and no token stands in any of these tables: people are
// keyed hashes (keyed-hash.ts). drizzle-kit makes the migrations from this file: npm run migrations
import { sql } from 'drizzle-orm'
import {
  boolean,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'

const bytes = customType<{ data: Buffer; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  fromDriver: (value) => Buffer.from(value),
})
const time = (name: string) => timestamp(name, { withTimezone: true })

/** The register: how many doses a person had, and how many make them fully vaccinated. */
export const people = pgTable('people', {
  personKey: bytes('person_key').primaryKey(),
  dosesReceived: smallint('doses_received').notNull(),
  dosesRequired: smallint('doses_required').notNull(),
})

/** An OTP that was sent and not yet used. */
export const otpTransactions = pgTable(
  'otp_transactions',
  {
    id: uuid('id').primaryKey(),
    numberKey: bytes('number_key').notNull(),
    personKey: bytes('person_key').notNull(),
    /** What the register asked to be kept of the person. */
    reference: bytes('reference').notNull(),
    otpHash: bytes('otp_hash').notNull(),
    triesLeft: smallint('tries_left').notNull(),
    expiresAt: time('expires_at').notNull(),
    /** It opens the person's consents, and makes no token. */
    manages: boolean('manages').notNull(),
    purpose: text('purpose').notNull(),
    entity: text('entity'),
    initials: text('initials'),
  },
  (table) => [
    index('otp_transactions_number').on(table.numberKey),
    index('otp_transactions_expiry').on(table.expiresAt),
  ],
)

/** How often something was done since a moment. */
export const limits = pgTable('limits', {
  key: bytes('key').primaryKey(),
  since: time('since').notNull().defaultNow(),
  seconds: integer('seconds').notNull(),
  used: integer('used').notNull(),
})

/** Those who may ask. */
export const entities = pgTable('entities', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  origins: text('origins').array().notNull(),
  apiKeyHash: bytes('api_key_hash').notNull().unique(),
  addedAt: time('added_at').notNull().defaultNow(),
})

/** Who asked, for what, when, and what was shared. Its id is that of the OTP transaction: one transaction, one consent. */
export const consents = pgTable(
  'consents',
  {
    id: uuid('id').primaryKey(),
    personKey: bytes('person_key').notNull(),
    entity: text('entity'),
    purpose: text('purpose').notNull(),
    initialsShared: boolean('initials_shared').notNull(),
    givenAt: time('given_at').notNull().defaultNow(),
    /** Where the token can be revoked. */
    list: integer('list').notNull(),
    idx: integer('idx').notNull(),
    /** When the token runs out. */
    expiresAt: time('expires_at').notNull(),
    withdrawnAt: time('withdrawn_at'),
  },
  (table) => [index('consents_person').on(table.personKey), index('consents_expiry').on(table.expiresAt)],
)

/** A person who has shown by OTP that the consents are theirs. */
export const manageSessions = pgTable('manage_sessions', {
  secretHash: bytes('secret_hash').primaryKey(),
  personKey: bytes('person_key').notNull(),
  expiresAt: time('expires_at').notNull(),
})

/** A status list of 2^20 entries, for tokens that run out in one ISO week. `id` is the N of /status/N. */
export const statusLists = pgTable(
  'status_lists',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    /** The end of that week. */
    until: time('until').notNull(),
    /** The key of the permutation that draws its entries. */
    key: bytes('key').notNull(),
    /** How many entries were handed to processes. */
    taken: integer('taken').notNull().default(0),
    /** As signed last, with its `iat` and `sub`; nothing until it is signed for the first time. */
    jws: text('jws'),
    iat: integer('iat').notNull().default(0),
    uri: text('uri'),
  },
  (table) => [index('status_lists_until').on(table.until)],
)

/** Entries that are revoked; published when they stand in the list as signed. */
export const revocations = pgTable(
  'revocations',
  {
    list: integer('list').notNull(),
    idx: integer('idx').notNull(),
    published: boolean('published').notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.list, table.idx] }),
    index('revocations_unpublished')
      .on(table.list)
      .where(sql`not published`),
  ],
)

/** The trust list, where this service holds the root's key: one row. */
export const trustLists = pgTable('trust_lists', {
  id: smallint('id').primaryKey(),
  jws: text('jws').notNull(),
})
