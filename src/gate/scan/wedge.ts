// A USB or Bluetooth scanner that types what it reads ("keyboard wedge"). Listens to the whole document, before anything
// else does.
import { collectBursts, type Burst, type Key } from './burst.ts'
import { isForWriting } from './writing.ts'

/** How much later than asked for a timer may come without a sign that keys are waiting behind it, in milliseconds. */
const SLACK = 50

/** Calls back with what a scanner types, and keeps its keys from everybody else. Gives its own stop. */
export function listenToWedge(
  target: Document,
  onBurst: (burst: Burst) => void,
  early: readonly KeyboardEvent[] = [],
): () => void {
  const bursts = collectBursts()
  /** Swallowed on the way down; a button is pressed by Space on the way up. */
  const held = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined

  const waitForPause = (wait: number): void => {
    clearTimeout(timer)
    const due = performance.now() + wait
    timer = setTimeout(() => {
      const now = performance.now()
      // The page was held up, and keys that were pressed in time may not have been heard yet.
      if (now > due + SLACK) waitForPause(SLACK)
      else report(bursts.pause(now))
    }, wait)
  }
  const report = (burst: Burst | undefined): void => {
    if (burst) onBurst(burst)
  }
  const down = (event: KeyboardEvent): void => {
    if (event.isComposing || isForWriting(event.target)) return
    const { swallow, burst } = bursts.press(keyOf(event))
    if (swallow) {
      held.add(event.code)
      keep(event)
      waitForPause(bursts.patience() + 1)
    }
    report(burst)
  }
  const up = (event: KeyboardEvent): void => {
    if (held.delete(event.code)) keep(event)
  }

  for (const event of early) down(event)
  target.addEventListener('keydown', down, { capture: true })
  target.addEventListener('keyup', up, { capture: true })
  return () => {
    clearTimeout(timer)
    target.removeEventListener('keydown', down, { capture: true })
    target.removeEventListener('keyup', up, { capture: true })
  }
}

function keep(event: Event): void {
  event.preventDefault()
  event.stopImmediatePropagation()
}

// AltGr is how some layouts write "~" or "#"; Windows reports it as Ctrl and Alt.
export const keyOf = (event: KeyboardEvent): Key => ({
  key: event.key,
  code: event.code,
  shift: event.shiftKey,
  chord: (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState('AltGraph'),
  repeat: event.repeat,
  time: event.timeStamp,
})
