// Runs inside the gate's page, in the place of a guard: hands codes in, reads what the screen says, goes on by *Next*, and
// touches nothing that a person could not. It is sent into the page alone, so it holds all that it needs.
import type { Answer } from './codes.ts'

export interface Turn {
  readonly answer: Answer
  /** From the code's last letter to the frame that shows its verdict, in milliseconds. */
  readonly ms: number
}

export interface Queue {
  /** Texts to hand in; nothing for each code that the camera is waited for. */
  readonly texts: readonly (string | null)[]
  /** Answers that only the camera's codes get. */
  readonly film: readonly Answer[]
}

/**
 * Takes everybody in turn.
 * @returns the turns of each: of those who hand in a text, all but the last are the camera's, which was faster
 */
export async function serve({ texts, film }: Queue): Promise<readonly (readonly Turn[])[]> {
  const root = document.getElementById('gate')
  const until = (selector: string): Promise<HTMLElement> =>
    new Promise((resolve) => {
      const look = (): boolean => {
        const found = document.querySelector<HTMLElement>(selector)
        if (found) resolve(found)
        return found !== null
      }
      if (look() || !root) return
      const observer = new MutationObserver(() => {
        if (look()) observer.disconnect()
      })
      observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-screen'] })
    })
  const { port1, port2 } = new MessageChannel()
  /** A message that is sent while a frame is made arrives when it has been drawn. */
  const drawn = (): Promise<void> =>
    new Promise((resolve) => {
      port1.addEventListener('message', () => resolve(), { once: true })
      requestAnimationFrame(() => port2.postMessage(undefined))
    })
  port1.start()

  /** By the clipboard at one time, and as a scanner types it at the next. */
  const handIn = (text: string, index: number): void => {
    if (index % 2 === 0) {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', text)
      root?.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }))
      return
    }
    for (const key of text.split('').concat('Enter')) {
      for (const kind of ['keydown', 'keyup']) {
        root?.dispatchEvent(new KeyboardEvent(kind, { key, bubbles: true, cancelable: true }))
      }
    }
  }

  const turns: Turn[][] = []
  for (const [index, text] of texts.entries()) {
    const own: Turn[] = []
    turns.push(own)
    for (let settled = false; !settled;) {
      await until('[data-screen="scan"]')
      if (text !== null) handIn(text, index)
      const since = performance.now()
      const screen = await until('main[data-verdict]')
      await drawn()
      const { verdict, status, reason, tone } = screen.dataset
      const initials = screen.querySelector('.verdict-initials b')?.textContent
      const answer = [verdict, status ?? reason, tone, initials].filter((part) => part).join(' ')
      own.push({ answer, ms: performance.now() - since })
      screen.querySelector<HTMLElement>('button.next')?.click()
      settled = text === null || !film.includes(answer)
    }
  }
  await until('[data-screen="scan"]')
  port1.close()
  return turns
}
