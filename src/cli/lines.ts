// Codes from a stream of bytes, one a line. A line may be empty, not UTF-8, or have no end: it is one code all the same.
import { CODE_LENGTH } from '../core/profile.ts'

const LINE_FEED = 0x0a
/** No more bytes of a line are held. In UTF-8 they make a text over the core’s cap, a byte order mark left aside. */
const CAP = 3 * (CODE_LENGTH + 2)
const isWhite = (byte: number | undefined): boolean =>
  byte === 0x20 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d)

/**
 * Yields each line, trimmed. Of a line over the cap, what comes back is some text that is over the core's cap too, so
 * that memory stays bounded and the verdict is the same.
 */
export async function* codeLines(stream: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const line = new Line()
  for await (const chunk of stream) {
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      line.append(chunk.subarray(start, end))
      yield line.take()
      start = end + 1
    }
    line.append(chunk.subarray(start))
  }
  if (line.begun) yield line.take()
}

class Line {
  #held = new Uint8Array(CAP)
  #length = 0
  /** More than white space was left out. */
  #cut = false
  /** Something of it was seen, be it white space. */
  begun = false

  append(bytes: Uint8Array): void {
    if (bytes.length > 0) this.begun = true
    let start = 0
    if (this.#length === 0) while (isWhite(bytes[start])) start++
    const kept = bytes.subarray(start, start + CAP - this.#length)
    this.#held.set(kept, this.#length)
    this.#length += kept.length
    this.#cut ||= bytes.subarray(start + kept.length).some((byte) => !isWhite(byte))
  }

  take(): string {
    const text = new TextDecoder().decode(this.#held.subarray(0, this.#length))
    const whole = !this.#cut
    this.#length = 0
    this.#cut = false
    this.begun = false
    return whole ? text.trim() : text
  }
}
