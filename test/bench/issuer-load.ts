// A client for bench:issuer, in a process of its own: posts JSON bodies over connections that stay open, one request at a
// time on each, with as little work of its own as HTTP/1.1 allows, for it takes its time from the service's cores.
import { connect } from 'node:net'

export interface Load {
  readonly port: number
  readonly path: string
  readonly bodies: readonly string[]
  readonly connections: number
  readonly ms: number
}

export interface Loaded {
  readonly done: number
  readonly ms: number
  /** How many answers had another status than 200. */
  readonly wrong: number
  /** What this process took of the cores meanwhile. */
  readonly cpuMs: number
}

process.on('message', (load: Load) => {
  void run(load).then((loaded) => process.send?.(loaded))
})

async function run({ port, path, bodies, connections, ms }: Load): Promise<Loaded> {
  const requests = bodies.map(
    (body) =>
      `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  )
  let next = 0
  let done = 0
  let wrong = 0
  const started = performance.now()
  const before = process.cpuUsage()
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1').setNoDelay(true).setEncoding('latin1')
      let answer = ''
      const ask = (): void => {
        const request = requests[next]
        next += 1
        if (request === undefined || performance.now() - started > ms) {
          socket.end()
          resolve()
        } else socket.write(request)
      }
      socket.on('error', reject)
      socket.on('connect', ask)
      socket.on('data', (chunk: string) => {
        answer += chunk
        if (!isWhole(answer)) return
        if (!answer.startsWith('HTTP/1.1 200')) wrong += 1
        answer = ''
        done += 1
        ask()
      })
    })
  await Promise.all(Array.from({ length: connections }, one))
  const { user, system } = process.cpuUsage(before)
  return { done, ms: performance.now() - started, wrong, cpuMs: (user + system) / 1000 }
}

function isWhole(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n')
  const length = Number(/\r\ncontent-length: (\d+)\r\n/i.exec(answer)?.[1])
  return end !== -1 && answer.length >= end + 4 + length
}
