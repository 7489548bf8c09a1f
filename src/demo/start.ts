// The demo: the issuer's service with the holder's page, the built gate below /gate/ and the page of people on one port,
// and on another a ticket office that asks for answers, for it is somebody else's site.
import { lanAddress, listen, type Address, type Listening } from '../host/listen.ts'
import { bookingSite } from './booking/site.ts'
import { openCertificate } from './certificate.ts'
import { openStage, type Stage } from './stage.ts'

export interface DemoOptions {
  /** 0 for any that is free. The ticket office takes the next one, or any other if that is taken. */
  readonly port: number
  /** The folder of its keys and lists. */
  readonly state: string
  /** The folder of the built gate. */
  readonly gateDir: string
  /** The folder of the built holder's page; `dist/holder` unless stated. */
  readonly holderDir?: string
  readonly host?: string | undefined
  /** With a certificate of its own, for this machine's address in the local network. */
  readonly https?: boolean
}

export interface Demo {
  /** As the codes name it. */
  readonly origin: string
  /** The ticket office. */
  readonly booking: string
  readonly stop: () => Promise<void>
}

/** Starts the demo. Rejects with Node's own error when the port cannot be opened. */
export async function startDemo({ port, state, gateDir, holderDir, host, https = false }: DemoOptions): Promise<Demo> {
  const address = https ? (lanAddress() ?? '127.0.0.1') : undefined
  const tls = address === undefined ? undefined : await openCertificate(state, address)
  const originOf = (at: number): string =>
    address === undefined ? `http://localhost:${at}` : `https://${address}:${at}`
  const place = { host: host ?? (https ? '0.0.0.0' : 'localhost'), tls }

  let stage: Stage | undefined
  let office: Listening | undefined
  const main = await listen({ ...place, port }, async (at) => {
    const origin = originOf(at)
    office = await listenNear(port === 0 ? 0 : at + 1, place, async (own) => {
      stage = await openStage({
        origin,
        booking: originOf(own),
        dir: state,
        gateDir,
        holderDir: holderDir ?? 'dist/holder',
      })
      // A certificate that only this machine vouches for is none to Node, so then it asks without the network.
      return bookingSite({ issuer: origin, ask: https ? stage.answer : fetch })
    })
    if (!stage) throw new Error('the ticket office is open, and the service is not')
    return stage.answer
  })
  const parts = [main, office, stage].filter((part) => part !== undefined)
  return {
    origin: originOf(main.port),
    booking: originOf(office?.port ?? 0),
    stop: async () => {
      for (const part of parts) await part.stop()
    },
  }
}

/** Listens on a port, or where that is taken, on any other. */
async function listenNear(
  port: number,
  place: Omit<Address, 'port'>,
  makeAnswer: Parameters<typeof listen>[1],
): Promise<Listening> {
  try {
    return await listen({ ...place, port }, makeAnswer)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    return listen({ ...place, port: 0 }, makeAnswer)
  }
}
