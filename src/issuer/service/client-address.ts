// Where a request comes from, as far as limits go.
import type { Context } from 'hono'
import { isIP } from 'node:net'

/**
 * The address that a request came from: its connection's, or, behind a proxy that the operator trusts, what that proxy
 * appended last to a header. An IPv6 address counts by its /64, which is one customer's.
 * @param header that of the trusted proxy; without it, nothing that a client sends is believed
 */
export function clientAddress(c: Context, header: string | undefined): string {
  const stated = header === undefined ? undefined : c.req.header(header)?.split(',').at(-1)?.trim()
  const address = stated !== undefined && isIP(stated) !== 0 ? stated : connected(c)
  return isIP(address) === 6 ? networkOf(address) : address
}

/** By its form only: a request that no connection brought, in a test, has no address. */
function connected(c: Context): string {
  const bindings: unknown = c.env
  if (typeof bindings !== 'object' || bindings === null || !('incoming' in bindings)) return ''
  const { incoming } = bindings
  if (typeof incoming !== 'object' || incoming === null || !('socket' in incoming)) return ''
  const { socket } = incoming
  if (typeof socket !== 'object' || socket === null || !('remoteAddress' in socket)) return ''
  return typeof socket.remoteAddress === 'string' ? socket.remoteAddress : ''
}

/** The first 64 bits, or the IPv4 address that is written as an IPv6 one. */
function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  // A URL's host has one spelling of an address; the groups that :: leaves out are put back.
  const [head = '', tail] = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1).split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => '0')
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`
}
