// Keyed hashes: HMAC-SHA256 under one secret, the pepper. What the database holds of a number, a name, an address or an
// OTP is one of these, and whoever has the database without the pepper can try nothing out on it.
import { createHmac, timingSafeEqual } from 'node:crypto'

/** The fewest bytes of a pepper. */
export const PEPPER_BYTES = 32

export interface KeyedHash {
  /** A person, by number and name. Whoever keeps a register of their own can make the same one. */
  person(mobile: string, nameKey: string): Buffer
  number(mobile: string): Buffer
  /** An address, for a day: tomorrow nobody can tell that it is the same one. */
  address(address: string, now: number): Buffer
  entity(id: string): Buffer
  otp(txn: string, otp: string): Buffer
}

const DAY = 86_400

/** @param pepper at least 32 bytes; lost, it takes the whole register with it */
export function keyedHash(pepper: Uint8Array): KeyedHash {
  if (pepper.length < PEPPER_BYTES) throw new RangeError('a pepper has at least 32 bytes')
  const hash = (text: string): Buffer => createHmac('sha256', pepper).update(text).digest()
  // No number begins with a letter, so these and those of people never meet.
  return {
    person: (mobile, nameKey) => hash(`${mobile}\0${nameKey}`),
    number: (mobile) => hash(`number\0${mobile}`),
    address: (address, now) => hash(`address\0${Math.floor(now / DAY)}\0${address}`),
    entity: (id) => hash(`entity\0${id}`),
    otp: (txn, otp) => hash(`otp\0${txn}\0${otp}`),
  }
}

export const areSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && timingSafeEqual(one, other)
