// Lines out of what a serial scanner sends: each ends with CR, LF or both, or, where a scanner ends it with nothing, by a pause.
import { LONGEST } from './burst.ts'

/** The longest pause within a line, in milliseconds. */
export const LINE_PAUSE = 250

export interface Lines {
  /** The lines that end with what has come now; empty ones are none. */
  take(chunk: string): readonly string[]
  /** The line that has no end but that nothing more came. */
  end(): readonly string[]
}

export function collectLines(): Lines {
  let rest = ''
  return {
    take(chunk) {
      const lines = `${rest}${chunk}`.split(/[\r\n]+/)
      rest = (lines.pop() ?? '').slice(0, LONGEST + 1)
      return lines.filter((line) => line !== '')
    },
    end() {
      const line = rest
      rest = ''
      return line === '' ? [] : [line]
    },
  }
}
