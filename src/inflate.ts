// ZLIB (RFC 1950) by the platform: the same `DecompressionStream` in browsers and in Node.
import type { Inflate } from './core/status-list.ts'

/** Stops, and gives nothing, as soon as more than `maxBytes` have come out. */
export const inflate: Inflate = async (zlib, maxBytes) => {
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = new Blob([new Uint8Array(zlib)]).stream().pipeThrough(new DecompressionStream('deflate')).getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      length += next.value.length
      if (length > maxBytes) {
        await reader.cancel()
        return undefined
      }
      chunks.push(next.value)
    }
    return joined(chunks, length)
  } catch {
    // Broken data, or no memory for so much of it.
    return undefined
  }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}
