// Where a verdict's kind may be handed to: the `returnTo` of config.json. docs/profile.md, section 6. Addresses are taken as
// they are written or not at all: what passes here, any parser reads as the same origin and the same path.
import { isText } from './compact.ts'

const ADDRESSES = 20
const LENGTH = 1000

// A name in lower case (no number, so no IPv4 in disguise), a port that is not the usual one, a path of plain segments.
const address =
  /^https:\/\/(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)*[a-z](?:[a-z\d-]*[a-z\d])?(?::(?!443(?!\d))[1-9]\d{0,4})?(?:\/[\w.~-]*)+(\?[\w.~!$&()*+,;=:@/?%-]*)?$/

const hasOddSegment = (path: string): boolean => /\/\.{0,2}(?=\/)|\/\.{1,2}$/.test(path)

/** An address that is read the same by everybody, without its query; nothing for any other. */
function pathOf(text: string): string | undefined {
  if (text.length > LENGTH || !address.test(text)) return undefined
  const [path = ''] = text.split('?')
  return hasOddSegment(path.slice('https://'.length)) ? undefined : path
}

/** All of a list or nothing: `https:` addresses without query or fragment. One that ends in `/` is for all below it. */
export function openReturnTo(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length > ADDRESSES) return undefined
  const addresses = value.filter(isText).filter((text) => pathOf(text) === text)
  return addresses.length === value.length ? addresses : undefined
}

/** Whether an address is one of those that are allowed, or below one that ends in `/`. It may have a query of its own. */
export function isReturn(asked: string, allowed: readonly string[]): boolean {
  const path = pathOf(asked)
  return (
    path !== undefined && allowed.some((prefix) => path === prefix || (prefix.endsWith('/') && path.startsWith(prefix)))
  )
}
