// The gate's only network calls: config.json, the trust list, the status lists. No redirects, no cookies, no referrer, a
// cap on size and time: whoever answers, what comes back is a short text or a reason.

export type FetchFault = 'unreachable' | 'timed-out' | 'http-error' | 'too-large'

export const FETCH_SECONDS = 15
export const LIST_BYTES = 24 * 1024 * 1024

export type Fetched =
  /** `sent`: when it was, by its sender's clock, in seconds since 1970 UTC; nothing where that may not be read. */
  | { readonly ok: true; readonly text: string; readonly sent: number | undefined }
  | { readonly ok: false; readonly fault: FetchFault }

/** Fetches a text of at most `maxBytes`. `no-store` also tells our own service worker to ask the network. */
export async function fetchText(url: string, maxBytes: number): Promise<Fetched> {
  const limit = AbortSignal.timeout(FETCH_SECONDS * 1000)
  try {
    const response = await fetch(url, {
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: limit,
    })
    if (!response.ok || !response.body) return { ok: false, fault: 'http-error' }
    const text = await readCapped(response.body, maxBytes)
    return text === undefined ? { ok: false, fault: 'too-large' } : { ok: true, text, sent: sentAt(response.headers) }
  } catch {
    return { ok: false, fault: limit.aborted ? 'timed-out' : 'unreachable' }
  }
}

/** `Date`, and the `Age` that a cache on the way adds to it (RFC 9110, section 6.6.1; RFC 9111, section 5.1). */
function sentAt(headers: Headers): number | undefined {
  const made = Date.parse(headers.get('Date') ?? '') / 1000
  const age = Number(headers.get('Age') ?? 0)
  return Number.isSafeInteger(made) && Number.isSafeInteger(age) ? made + age : undefined
}

async function readCapped(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<string | undefined> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let text = ''
  let length = 0
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length
    if (length > maxBytes) {
      await reader.cancel()
      return undefined
    }
    text += decoder.decode(next.value, { stream: true })
  }
  return text + decoder.decode()
}
