// The page inside another one: whether it is framed, and the one place where an answer leaves it.
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

/** Gives the answer. It stays in this window, as an event, until there is an embed that it can be posted to. */
export function deliver(answer: Delivered): void {
  window.dispatchEvent(new CustomEvent('kyc-vs-answer', { detail: answer }))
}
