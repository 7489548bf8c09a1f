// When a live code is made anew: every half minute, and at once when the page comes back to view with an old one.

/** Half of what a gate accepts, so that the code on show always has at least 30 s to live. */
export const REDRAW_EVERY = 30

export interface Shown {
  readonly text: string
  /** Seconds since 1970 UTC. */
  readonly madeAt: number
}

/** Seconds until the next one is due. A clock that was set back makes it due now. */
export function dueIn(madeAt: number, now: number): number {
  const age = now - madeAt
  return age < 0 || age >= REDRAW_EVERY ? 0 : REDRAW_EVERY - age
}

/** What the page has to do with time: its clock in seconds since 1970 UTC, and a call when it is looked at again. */
export interface Moments {
  readonly clock: () => number
  readonly onSeen: (listener: () => void) => () => void
}

/** Makes one now and whenever one is due, until the stop that it gives is called. */
export function keepMaking(
  make: (now: number) => Promise<string>,
  onMade: (shown: Shown) => void,
  { clock, onSeen }: Moments,
): () => void {
  let stopped = false
  let madeAt = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined

  const renew = async (): Promise<void> => {
    clearTimeout(timer)
    const due = dueIn(madeAt, clock())
    if (due === 0) {
      madeAt = clock()
      const text = await make(madeAt)
      if (stopped) return
      onMade({ text, madeAt })
    }
    clearTimeout(timer)
    timer = setTimeout(() => void renew(), dueIn(madeAt, clock()) * 1000)
  }
  const unsee = onSeen(() => void renew())
  void renew()
  return () => {
    stopped = true
    clearTimeout(timer)
    unsee()
  }
}
