// One worker that reads pictures (reader.worker.ts), and its life: it is started again when it dies, once in a while.
import type { Answer, Look, Picture, Seen } from './pictures.ts'
import type { Task } from './schedule.ts'

/** How long the worker may take to load and compile, and then for one look, in milliseconds. */
const START_LIMIT = 10_000
const LOOK_LIMIT = 10_000
/** A restarted worker that has run this long has earned another silent restart. */
const SETTLED = 60_000

export interface Eye {
  /** Whether the worker can draw an ImageBitmap. */
  readonly bitmaps: boolean
  isBusy(): boolean
  /** Takes the picture over, whatever happens. Throws when the picture cannot be handed over. */
  look(picture: Picture, task: Task | undefined): Promise<Result>
  close(): void
}

export type Result = Pick<Seen, 'text' | 'last' | 'dots'>

const nothing: Result = { text: undefined, last: undefined, dots: undefined }

interface Running {
  readonly worker: Worker
  readonly bitmaps: boolean
}

/**
 * Nothing where module workers or WebAssembly do not start.
 * @param onDead it has died for good
 */
export async function openEye(onDead: () => void): Promise<Eye | undefined> {
  const first = await start()
  if (!first) return undefined
  let running: Running | undefined = first
  let restartedAt = -Infinity
  let closed = false
  let lastId = 0
  const waiting = new Map<number, (result: Result) => void>()

  const listen = ({ worker }: Running): void => {
    worker.addEventListener('error', () => void restart(worker))
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      if (data.kind === 'seen') waiting.get(data.id)?.(data)
      else void restart(worker)
    })
  }
  const end = (): void => {
    running?.worker.terminate()
    running = undefined
    for (const settle of waiting.values()) settle(nothing)
  }
  const restart = async (worker: Worker): Promise<void> => {
    if (running?.worker !== worker) return
    end()
    const again = performance.now() - restartedAt > SETTLED
    restartedAt = performance.now()
    const next = again ? await start() : undefined
    if (closed) next?.worker.terminate()
    else if (next) listen((running = next))
    else onDead()
  }

  listen(first)
  return {
    bitmaps: first.bitmaps,
    isBusy: () => waiting.size > 0 || !running,
    look(picture, task) {
      const id = ++lastId
      try {
        running?.worker.postMessage({ id, picture, task } satisfies Look, ['rgba' in picture ? picture.rgba : picture])
      } finally {
        // Detached when it was handed over; to close it again does nothing.
        if ('close' in picture) picture.close()
      }
      const asked = running?.worker
      if (!asked) return Promise.resolve(nothing)
      return new Promise((resolve) => {
        const late = setTimeout(() => void restart(asked), LOOK_LIMIT)
        waiting.set(id, (result) => {
          clearTimeout(late)
          waiting.delete(id)
          resolve(result)
        })
      })
    },
    close() {
      closed = true
      end()
    },
  }
}

/** Starts a worker, which loads and compiles at once. Resolves when zxing is ready in it, or gives nothing. */
function start(): Promise<Running | undefined> {
  return new Promise((resolve) => {
    let worker: Worker
    try {
      worker = new Worker(new URL('./reader.worker.ts', import.meta.url), { type: 'module' })
    } catch {
      resolve(undefined)
      return
    }
    const give = (running: Running | undefined): void => {
      clearTimeout(late)
      if (!running) worker.terminate()
      resolve(running)
    }
    const late = setTimeout(() => give(undefined), START_LIMIT)
    worker.addEventListener('error', () => give(undefined), { once: true })
    worker.addEventListener(
      'message',
      ({ data }: MessageEvent<Answer>) => give(data.kind === 'ready' ? { worker, bitmaps: data.bitmaps } : undefined),
      { once: true },
    )
  })
}
