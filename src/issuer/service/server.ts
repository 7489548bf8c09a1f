// The port of a service that strangers reach: slow clients are cut off, and a stop lets what is under way end first.
import { getRequestListener, type Http2Bindings, type HttpBindings } from '@hono/node-server'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'

export interface ListenAt {
  /** This machine alone, unless stated. */
  readonly host?: string | undefined
  /** 0 for any that is free. */
  readonly port: number
}

export interface Serving {
  readonly port: number
  /** Takes no more requests, waits for those under way, and closes. */
  stop(): Promise<void>
}

export type Answer = (request: Request, bindings: HttpBindings | Http2Bindings) => Response | Promise<Response>

/** In milliseconds. A request is short, and so is the time in which it must have come, and its answer gone. */
export const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 15_000,
  connectionsCheckingInterval: 2000,
  /** From a request's headers to the last byte of its answer. The largest, a status list, goes over 2G in less. */
  answerTimeout: 120_000,
}
const HEADER_BYTES = 8192
/** How long a stop waits for what is under way. */
const PATIENCE_MS = 15_000

/**
 * Opens a port, and only then makes what answers on it, for that may need to know the port. Rejects with Node's own error
 * when the port cannot be opened.
 */
export async function serveAt(
  { host, port }: ListenAt,
  makeAnswer: (port: number) => Promise<Answer>,
  timeouts = TIMEOUTS,
): Promise<Serving> {
  const { answerTimeout, ...nodes } = timeouts
  const server = createServer({ ...nodes, maxHeaderSize: HEADER_BYTES })
  const listening = once(server, 'listening')
  server.listen(port, host ?? '127.0.0.1')
  await listening
  const address = server.address()
  const opened = typeof address === 'object' && address !== null ? address.port : port

  const answer = makeAnswer(opened)
  const listener = getRequestListener(async (request, bindings) => (await answer)(request, bindings), {
    overrideGlobalObjects: false,
  })
  const underWay = new Set<ServerResponse>()
  let stopping: Promise<void> | undefined
  server.on('request', (incoming, outgoing) => {
    underWay.add(outgoing)
    // Node has no such limit of its own: who never reads would hold a connection for ever.
    const cut = setTimeout(() => incoming.socket.destroy(), answerTimeout)
    outgoing.once('close', () => {
      clearTimeout(cut)
      underWay.delete(outgoing)
      // One that was kept alive, because its answer had begun when the stop came.
      if (stopping) server.closeIdleConnections()
    })
    void listener(incoming, outgoing)
  })

  const stop = async (): Promise<void> => {
    const closed = once(server, 'close')
    server.close()
    // A connection that is kept alive ends with the answer that it waits for.
    for (const outgoing of underWay) if (!outgoing.headersSent) outgoing.setHeader('Connection', 'close')
    const cut = setTimeout(() => server.closeAllConnections(), PATIENCE_MS)
    await closed
    clearTimeout(cut)
  }
  const serving = { port: opened, stop: () => (stopping ??= stop()) }
  try {
    await answer
  } catch (error) {
    server.closeAllConnections()
    await serving.stop()
    throw error
  }
  return serving
}
