// Delivery of an OTP: to a terminal, for the demo, or to an SMS gateway by HTTP. It is off the path of the request, so that
// the answer's time says nothing, and the next text is not late because a gateway is.
import { setTimeout as sleep } from 'node:timers/promises'

export interface Message {
  /** E.164. */
  readonly to: string
  readonly text: string
  /** One message has one, however often it is tried. */
  readonly idempotencyKey: string
}

/** Hands a message on, or rejects. What it rejects with must not name number or text. */
export type Deliver = (message: Message) => Promise<void>

/** The text of an OTP's SMS. Its last line is for phones that fill the OTP in: https://wicg.github.io/sms-one-time-codes/ */
export function otpText(otp: string, asker: string | undefined, host: string): string {
  const what = asker === undefined ? 'your vaccination status' : `your vaccination status for ${asker}`
  return `${otp} is the OTP to release ${what}. It lasts 5 minutes. Tell it to nobody.\n\n@${host} #${otp}`
}

/** Prints each message. For the demo, where the terminal is the phone. */
export function toTerminal(write: (text: string) => void = (text) => void process.stdout.write(text)): Deliver {
  return async ({ to, text }) => write(`\n  SMS to ${to}\n  ${text.replaceAll('\n', '\n  ')}\n\n`)
}

export interface Gateway {
  readonly url: string
  /** Sent as a bearer token. */
  readonly secret?: string | undefined
  /** The time-out of one try, in milliseconds. */
  readonly timeout?: number
  /** The pause before the second try, in milliseconds; it doubles from one to the next. */
  readonly pause?: number
}

/** A gateway that did not take a message. */
export class NotDelivered extends Error {
  override readonly name = 'NotDelivered'
}

const TRIES = 4

/** Posts `{to, text, idempotency_key}` to a gateway, again after a pause where trying again can help. */
export function toGateway({ url, secret, timeout = 5000, pause = 500 }: Gateway): Deliver {
  return async ({ to, text, idempotencyKey }) => {
    const body = JSON.stringify({ to, text, idempotency_key: idempotencyKey })
    const headers = {
      'Content-Type': 'application/json',
      'Idempotency-Key': idempotencyKey,
      ...(secret === undefined ? {} : { Authorization: `Bearer ${secret}` }),
    }
    for (let attempt = 1; ; attempt++) {
      const outcome = await post(url, { method: 'POST', headers, body, redirect: 'error' }, timeout)
      if (outcome === 'taken') return
      if (outcome === 'refused' || attempt === TRIES) throw new NotDelivered(outcome)
      // Half of it by chance: many that failed at once must not come back at once.
      await sleep(pause * 2 ** (attempt - 1) * (0.5 + Math.random()))
    }
  }
}

async function post(url: string, request: RequestInit, timeout: number): Promise<'taken' | 'refused' | 'unavailable'> {
  try {
    const response = await fetch(url, { ...request, signal: AbortSignal.timeout(timeout) })
    await response.body?.cancel()
    if (response.ok) return 'taken'
    const { status } = response
    return status >= 500 || status === 429 || status === 408 || status === 425 ? 'unavailable' : 'refused'
  } catch {
    return 'unavailable'
  }
}
