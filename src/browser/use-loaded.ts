import { useEffect, useState } from 'react'

/**
 * A component that has a file of its own, once it is there. Unlike React's `lazy`, it never takes away what is on the screen
 * until then, and one that was loaded beforehand is there at once.
 * @param load the same function each time
 * @param wanted it is to be shown now: loads it at once, and throws if it cannot be had
 * @param after until it is wanted, it is loaded this many milliseconds after the start; without it, not at all
 */
export function useLoaded<Component>(
  load: () => Promise<{ readonly default: Component }>,
  wanted: boolean,
  after?: number,
): Component | undefined {
  const [loaded, setLoaded] = useState<{ readonly component?: Component; readonly fault?: unknown }>({})
  useEffect(() => {
    if (loaded.component || !(wanted || after !== undefined)) return undefined
    const begin = async (): Promise<void> => {
      try {
        setLoaded({ component: (await load()).default })
      } catch (fault) {
        if (wanted) setLoaded({ fault })
      }
    }
    const later = setTimeout(() => void begin(), wanted ? 0 : after)
    return () => clearTimeout(later)
  }, [load, loaded, wanted, after])
  if ('fault' in loaded) throw loaded.fault
  return loaded.component
}
