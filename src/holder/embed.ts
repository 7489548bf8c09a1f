// The page inside another one: whether it is framed, and the one place where an answer leaves it. The service lets only the
// registered origins of the entity that asks frame the page, and writes them into it; nobody else is answered.
import type { Status } from '../core/verdict.ts'

export interface Delivered {
  /** A bearer token, with the verifying entity as its `aud` where one asked. */
  readonly token: string
  readonly status: Status
  /** Seconds since 1970 UTC. */
  readonly expiresAt: number
}

/** Framed, and asked by `?embed` to give its answer to the page around it. */
export const isEmbedded = (query: URLSearchParams): boolean => query.has('embed') && window.parent !== window

/** Gives the answer to the page around this one. It is bound to the question by what `?embed` holds. */
export function deliver({ token, status }: Delivered): void {
  const nonce = new URLSearchParams(location.search).get('embed') ?? ''
  for (const origin of answersTo()) window.parent.postMessage({ nonce, token, status }, origin)
}

/** The registered origins, or that one of them that is around this page, where the browser tells. */
function answersTo(): readonly string[] {
  const stated = document.querySelector<HTMLMetaElement>('meta[name="kycvs-answers-to"]')?.content ?? ''
  const registered = stated.split(' ').filter((origin) => origin !== '')
  // Not there in older Firefox: then each is tried, and the browser itself delivers to none but the one that is.
  const parent = 'ancestorOrigins' in location ? location.ancestorOrigins[0] : undefined
  return parent === undefined ? registered : registered.filter((origin) => origin === parent)
}
