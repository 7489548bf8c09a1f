// The phone's own way back leads through the page's steps, and out of the page only from where it begins.
import type { Readable } from '../../browser/store.ts'

/** Keeps one entry in the history for as long as there is a step to go back to. Gives its stop. */
export function followBackButton<T>(
  state: Readable<T>,
  isAtRoot: (value: T) => boolean,
  onBack: () => void,
): () => void {
  let guarded = false
  /** Our own going back, which is nobody's wish. */
  let unwinding = false

  const follow = (): void => {
    const wanted = !isAtRoot(state.read())
    if (wanted === guarded || unwinding) return
    guarded = wanted
    if (wanted) history.pushState(null, '')
    else {
      unwinding = true
      history.back()
    }
  }
  const popped = (): void => {
    if (unwinding) {
      unwinding = false
      return follow()
    }
    guarded = false
    if (!isAtRoot(state.read())) onBack()
    follow()
  }
  window.addEventListener('popstate', popped)
  const unsubscribe = state.subscribe(follow)
  follow()
  return () => {
    window.removeEventListener('popstate', popped)
    unsubscribe()
  }
}
