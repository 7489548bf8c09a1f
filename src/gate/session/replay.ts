// Codes that this gate has seen lately, so that one that is handed back over the fence is noticed. Kept in memory and as keyed
// hashes only: the key is made with the page and cannot be read out, so nothing here outlives the page or means anything
// outside of it. (A key on the disk would let whoever has it try codes against what a crash or a swap file left.)
import { readForm } from '../../core/profile.ts'

export interface ReplayMemory {
  /**
   * Remembers a code that was verified, and tells how long ago it was seen last, in seconds; nothing when it was not, or
   * longer ago than `minutes`. With 0 it remembers nothing, and forgets what it knew.
   */
  seen(text: string, minutes: number): Promise<number | undefined>
  /** Forgets what is older than `minutes`. */
  purge(minutes: number): void
  /** How many codes it remembers. */
  size(): number
}

/** @param uptime seconds from any fixed point on, whatever is done to the device's clock */
export function rememberCodes(uptime: () => number): ReplayMemory {
  let key: Promise<CryptoKey> | undefined
  // A Map keeps the order of insertion, so the oldest come first.
  const last = new Map<string, number>()

  function purge(minutes: number): void {
    const until = uptime() - minutes * 60
    for (const [name, at] of last) {
      if (minutes > 0 && at > until) break
      last.delete(name)
    }
  }

  async function nameOf(text: string): Promise<string | undefined> {
    const code = readForm(text)
    if (code.kind !== 'unproven') return undefined
    // What is signed, without the signature: ES256 has two for each. Nor the KB-JWT, which is new every half minute.
    const signed = new TextEncoder().encode(code.jws.slice(0, code.jws.lastIndexOf('.')))
    // Not before it is needed: an insecure page has no WebCrypto, and can verify no code either.
    key ??= crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
    return String.fromCharCode(...new Uint8Array(await crypto.subtle.sign('HMAC', await key, signed)))
  }

  return {
    async seen(text, minutes) {
      purge(minutes)
      const name = minutes > 0 ? await nameOf(text) : undefined
      if (name === undefined) return undefined
      const before = last.get(name)
      last.delete(name)
      last.set(name, uptime())
      return before === undefined ? undefined : uptime() - before
    },
    purge,
    size: () => last.size,
  }
}
