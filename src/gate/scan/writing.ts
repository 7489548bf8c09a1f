// Whether somebody is writing, so that keys and pasted text are theirs.

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
