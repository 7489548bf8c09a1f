// A port of this machine: opened, answered on, and closed for good.
import { getRequestListener } from '@hono/node-server'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { networkInterfaces } from 'node:os'

export interface Address {
  readonly host: string
  /** 0 for any that is free. */
  readonly port: number
  readonly tls?: { readonly key: string; readonly cert: string } | undefined
}

export interface Listening {
  readonly port: number
  /** Ends at once: open connections are cut. */
  readonly stop: () => Promise<void>
}

export type Answer = (request: Request) => Response | Promise<Response>

/**
 * Opens a port, and only then makes what answers on it, for that may need to know the port. Rejects with Node's own error
 * (`EADDRINUSE`, `EACCES` and so on) when the port cannot be opened.
 */
export async function listen(
  { host, port, tls }: Address,
  makeAnswer: (port: number) => Answer | Promise<Answer>,
): Promise<Listening> {
  const server = tls ? createTlsServer(tls) : createServer()
  const listening = once(server, 'listening')
  const answer = listening.then(() => makeAnswer(portOf(server.address())))
  // `localhost` may mean IPv6 alone, while browsers try both; every browser finds 127.0.0.1.
  server.listen(port, host === 'localhost' ? '127.0.0.1' : host)
  const listener = getRequestListener(async (request: Request) => (await answer)(request), {
    overrideGlobalObjects: false,
  })
  server.on('request', (incoming, outgoing) => void listener(incoming, outgoing))

  const stop = async (): Promise<void> => {
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  }
  try {
    await answer
  } catch (error) {
    if (server.listening) await stop()
    throw error
  }
  return { port: portOf(server.address()), stop }
}

function portOf(address: unknown): number {
  return typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : 0
}

/** The address of this machine in its local network, if it has one. IPv4, for people may have to type it. */
export function lanAddress(): string | undefined {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address
}
