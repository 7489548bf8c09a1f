// Root keys, and how one hands over to the next. A root link is a compact JWS, typ "root-link+jwt", {"iat", "roots": [JWK, …]},
// signed by the old root. A list that a new root signs carries the links that lead to it. docs/profile.md, section 4.
import { calculateJwkThumbprint } from 'jose'
import { hasExactly, isCount, isFields, openForm } from './compact.ts'
import { importPublicKey, signatureHolds, type VerificationKey } from './keys.ts'

/** Caps: links in a list, and roots that one link may name. */
export const ROOT_LINKS = 16
export const LINKED_ROOTS = 8

/** A root key, and its full RFC 7638 thumbprint: the `kid` of what it signs. */
export interface Root extends VerificationKey {
  readonly kid: string
}

/** A root that is believed, and the roots that have handed over to it, the earliest ones included. */
export interface Believed {
  readonly root: Root
  readonly retired: ReadonlySet<string>
}

/** Imports a root key from `config.json` or from a link. Nothing when it is not a usable public key. */
export async function importRoot(jwk: unknown): Promise<Root | undefined> {
  const key = await importPublicKey(jwk)
  if (!key || !isFields(jwk)) return undefined
  return { ...key, kid: await calculateJwkThumbprint({ ...jwk }) }
}

export const areLinks = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length <= ROOT_LINKS && value.every((link) => typeof link === 'string')

/**
 * Follows links, oldest first, from the roots of a config: every root that can be believed, by its `kid`. A link counts only
 * where its own signer is believed already; one that leads back to who handed over before it does not.
 */
export async function followLinks(
  roots: readonly Root[],
  links: readonly string[],
): Promise<ReadonlyMap<string, Believed>> {
  const believed = new Map<string, Believed>(roots.map((root) => [root.kid, { root, retired: new Set() }]))
  for (const link of links) {
    const step = await openLink(link, believed)
    if (!step) continue
    const retired = new Set([...step.from.retired, step.from.root.kid])
    for (const root of step.roots) {
      if (retired.has(root.kid)) continue
      const before = believed.get(root.kid)?.retired ?? []
      believed.set(root.kid, { root, retired: new Set([...before, ...retired]) })
    }
  }
  return believed
}

async function openLink(
  link: string,
  believed: ReadonlyMap<string, Believed>,
): Promise<{ from: Believed; roots: readonly Root[] } | undefined> {
  const form = openForm(link)
  if (!form || !hasExactly(form.header, ['alg', 'typ', 'kid']) || form.header['typ'] !== 'root-link+jwt')
    return undefined
  const { kid, alg } = form.header
  const from = typeof kid === 'string' ? believed.get(kid) : undefined
  if (!from || !(await signatureHolds(link, alg, from.root))) return undefined
  if (!hasExactly(form.payload, ['iat', 'roots'])) return undefined
  const { iat, roots } = form.payload
  if (!isCount(iat) || !Array.isArray(roots) || roots.length === 0 || roots.length > LINKED_ROOTS) return undefined
  const imported = await Promise.all(roots.map(importRoot))
  const usable = imported.filter((root) => root !== undefined)
  return usable.length === imported.length ? { from, roots: usable } : undefined
}
