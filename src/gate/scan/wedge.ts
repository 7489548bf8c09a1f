// A USB or Bluetooth scanner that types what it reads ("keyboard wedge"). Listens to the whole document, before anything
// else does.
import { collectBursts, type Key } from './burst.ts'

/** How much later than asked for a timer may come without a sign that keys are waiting behind it, in milliseconds. */
const SLACK = 50

/** Calls back with each text that a scanner types, and keeps its keys from everybody else. Gives its own stop. */
export function listenToWedge(target: Document, onText: (text: string) => void): () => void {
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
  const report = (text: string | undefined): void => {
    if (text !== undefined) onText(text)
  }
  const down = (event: KeyboardEvent): void => {
    if (event.isComposing || isForWriting(event.target)) return
    const { swallow, text } = bursts.press(keyOf(event))
    if (swallow) {
      held.add(event.code)
      keep(event)
      waitForPause(bursts.patience() + 1)
    }
    report(text)
  }
  const up = (event: KeyboardEvent): void => {
    if (held.delete(event.code)) keep(event)
  }

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
const keyOf = (event: KeyboardEvent): Key => ({
  key: event.key,
  chord: (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState('AltGraph'),
  repeat: event.repeat,
  time: event.timeStamp,
})

const notForWriting: ReadonlySet<string> = new Set([
  'button',
  'checkbox',
  'color',
  'file',
  'image',
  'radio',
  'range',
  'reset',
  'submit',
])

/** Whether the keys are meant for a field. A zoom slider or a file button that has the focus is none. */
export function isForWriting(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !notForWriting.has(target.type)
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLElement && target.isContentEditable)
}
