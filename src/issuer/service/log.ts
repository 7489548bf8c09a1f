// Logs: JSON lines with a fixed set of fields. What a request held (number, name, OTP, token, an id of a transaction) is in
// none of them, nor is a message of an error, for a database's message quotes what it was given.
import pino, { type DestinationStream } from 'pino'

export interface Log {
  request(entry: { method: string; route: string; status: number; ms: number }): void
  /** Something that happened, by its name. */
  event(name: string, counts?: Readonly<Record<string, number | boolean>>): void
  /** A fault, by the name of the work that failed. */
  failure(work: string, error: unknown): void
}

export function logTo(stream: DestinationStream | undefined): Log {
  const options = {
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level: string) => ({ level }) },
  }
  const log = stream ? pino(options, stream) : pino(options)
  return {
    request: ({ method, route, status, ms }) => log.info({ method, route, status, ms: Math.round(ms) }, 'request'),
    event: (name, counts) => log.info({ ...counts }, name),
    failure: (work, error) => log.error({ work, ...shapeOf(error) }, 'failure'),
  }
}

/** What of an error holds no data: its kinds, a database's code, and the places in the code. */
function shapeOf(error: unknown): { kinds: string[]; code?: string; frames: string[] } {
  const chain: Error[] = []
  for (let next = error; next instanceof Error && chain.length < 5; next = next.cause) chain.push(next)
  const codes = chain.flatMap((link) => ('code' in link && typeof link.code === 'string' ? [link.code] : []))
  const stack = chain.at(-1)?.stack ?? ''
  return {
    kinds: chain.map(({ name }) => name),
    ...(codes[0] === undefined ? {} : { code: codes[0].slice(0, 40) }),
    frames: stack
      .split('\n')
      .filter((text) => /^\s+at /.test(text))
      .slice(0, 8)
      .map((text) => text.trim()),
  }
}
