// Times for people, in a language and in the device's own zone.

const steps = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

export interface Times {
  /** "3 hours ago", "in 6 days". Seconds since 1970 UTC. */
  readonly fromNow: (at: number, now: number) => string
  /** "24 Nov 2026, 10:15". Seconds since 1970 UTC. */
  readonly onClock: (at: number) => string
}

/** @param locale the device's own, where none is given */
export function timesIn(locale?: string): Times {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  return {
    fromNow(at, now) {
      const distance = at - now
      for (const [unit, seconds] of steps) {
        if (Math.abs(distance) >= seconds) return relative.format(Math.trunc(distance / seconds), unit)
      }
      return relative.format(0, 'minute')
    },
    onClock: (at) => moment.format(at * 1000),
  }
}
