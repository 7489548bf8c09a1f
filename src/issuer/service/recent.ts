// A value that may be a little old: what is asked for at each request, and changes seldom.

/** Loads at most once in so many milliseconds, and once at a time. What failed is asked for again at once. */
export function recent<Value>(ms: number, load: () => Promise<Value>): () => Promise<Value> {
  let held: { readonly at: number; readonly value: Promise<Value> } | undefined
  return () => {
    const now = performance.now()
    if (held && now - held.at < ms) return held.value
    const value = load()
    const next = { at: now, value }
    held = next
    value.catch(() => {
      if (held === next) held = undefined
    })
    return value
  }
}
