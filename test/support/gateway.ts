// An SMS gateway for a test: a real HTTP server that keeps what it is sent, and can be told to fail.
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Message } from '../../src/issuer/service/delivery.ts'

export interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Gateway {
  readonly url: string
  readonly received: Received[]
  /** The status of each answer to come; 200 once there are none left, and no answer at all for 0. */
  readonly answers: number[]
  /** Waits for the message with this key. */
  message(key: string, signal?: AbortSignal): Promise<Message>
  stop(): Promise<void>
}

export async function startGateway(): Promise<Gateway> {
  const received: Received[] = []
  const answers: number[] = []
  const messages = new Map<string, Message>()
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ headers: request.headers, body })
      const { to, text: words, idempotency_key: idempotencyKey } = JSON.parse(body)
      messages.set(idempotencyKey, { to, text: words, idempotencyKey })
      server.emit('message')
      const status = answers.shift() ?? 200
      if (status !== 0) response.writeHead(status).end()
      return undefined
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/send`,
    received,
    answers,
    message: async (key, signal) => {
      for (;;) {
        const message = messages.get(key)
        if (message) return message
        await once(server, 'message', signal ? { signal } : {})
      }
    },
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
