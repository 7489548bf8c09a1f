// Times for people, in the device's own language and zone.

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

const steps = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/** "3 hours ago", "in 6 days". Seconds since 1970 UTC. */
export function fromNow(at: number, now: number): string {
  const distance = at - now
  for (const [unit, seconds] of steps) {
    if (Math.abs(distance) >= seconds) return relative.format(Math.trunc(distance / seconds), unit)
  }
  return relative.format(0, 'minute')
}

/** "24 Nov 2026, 10:15". Seconds since 1970 UTC. */
export const onClock = (at: number): string => moment.format(at * 1000)
