// Messages on their way: beside the requests, and waited for when the service stops.
import type { Deliver, Message } from './delivery.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'

export interface Outbox {
  /** Takes a message, and returns at once. */
  readonly send: (message: Message) => void
  readonly settled: () => Promise<void>
}

export function outbox(deliver: Deliver, log: Log, metrics: Metrics): Outbox {
  const under = new Set<Promise<void>>()
  const one = async (message: Message): Promise<void> => {
    try {
      await deliver(message)
      metrics.otp('delivered')
    } catch (error) {
      metrics.otp('not-delivered')
      log.failure('delivery', error)
    }
  }
  return {
    send: (message) => {
      const way = one(message)
      under.add(way)
      void way.finally(() => under.delete(way))
    },
    settled: async () => void (await Promise.all(under)),
  }
}
