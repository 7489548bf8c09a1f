// React's end of what is not React: stores, and time that passes.
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Readable } from '../../browser/store.ts'

export const useRead = <T>({ subscribe, read }: Readable<T>): T => useSyncExternalStore(subscribe, read)

/** The time, in seconds since 1970 UTC, for as long as somebody looks. */
export function useNow(clock: () => number): number {
  const [now, setNow] = useState(clock)
  useEffect(() => {
    const ticking = setInterval(() => setNow(clock()), 1000)
    return () => clearInterval(ticking)
  }, [clock])
  return now
}
