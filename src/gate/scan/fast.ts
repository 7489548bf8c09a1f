// The fast reader's side on the page: takes pictures of the video, hands them to the worker, and looks after the
// worker's life. The reading itself is in reader.worker.ts.
import { pixelsOf, waysToTake } from './frames.ts'
import type { Answer, Look, Picture, Seen } from './pictures.ts'
import type { Reader } from './reader.ts'

/** How long the worker may take to load and compile, and then for one look, in milliseconds. */
const START_LIMIT = 10_000
const LOOK_LIMIT = 10_000
/** A restarted worker that has run this long has earned another silent restart. */
const SETTLED = 60_000
/** This many failures on end, and a way of taking pictures is given up: one alone may be a video that is just changing. */
const FAILURES = 3

interface Running {
  readonly worker: Worker
  /** Whether the worker can draw an ImageBitmap. */
  readonly bitmaps: boolean
}

/** Nothing where module workers or WebAssembly do not start. */
export async function openFastReader(onCrash: () => void): Promise<Reader | undefined> {
  const first = await start()
  if (!first) return undefined
  let running: Running | undefined = first
  let restartedAt = -Infinity
  let stopped = false
  let lastId = 0
  const waiting = new Map<number, (seen: Seen | undefined) => void>()
  let ways = waysToTake(first.bitmaps)
  let failures = 0

  const listen = ({ worker }: Running): void => {
    worker.addEventListener('error', () => void restart(worker))
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      if (data.kind === 'seen') waiting.get(data.id)?.(data)
      else void restart(worker)
    })
  }
  const close = (): void => {
    running?.worker.terminate()
    running = undefined
    for (const settle of waiting.values()) settle(undefined)
  }
  const restart = async (worker: Worker): Promise<void> => {
    if (running?.worker !== worker) return
    close()
    const again = performance.now() - restartedAt > SETTLED
    restartedAt = performance.now()
    const next = again ? await start() : undefined
    if (stopped) next?.worker.terminate()
    else if (next) listen((running = next))
    else onCrash()
  }
  /** Takes the picture over, whatever happens. */
  const look = (picture: Picture, glance = false): Promise<Seen | undefined> => {
    const id = ++lastId
    try {
      running?.worker.postMessage({ id, picture, glance } satisfies Look, ['rgba' in picture ? picture.rgba : picture])
    } finally {
      // Detached when it was handed over; to close it again does nothing.
      if ('close' in picture) picture.close()
    }
    const asked = running?.worker
    if (!asked) return Promise.resolve(undefined)
    return new Promise((resolve) => {
      const late = setTimeout(() => void restart(asked), LOOK_LIMIT)
      waiting.set(id, (seen) => {
        clearTimeout(late)
        waiting.delete(id)
        resolve(seen)
      })
    })
  }

  const lookAt = async (video: HTMLVideoElement, glance: boolean): Promise<Seen | undefined> => {
    const [take] = ways
    if (!running || !take || video.readyState < video.HAVE_CURRENT_DATA || video.videoWidth === 0) return undefined
    try {
      const seen = await look(await take(video), glance)
      failures = 0
      return seen
    } catch {
      failures += 1
      if (failures >= FAILURES && ways.length > 1) {
        ways = ways.slice(1)
        failures = 0
      }
      return undefined
    }
  }

  listen(first)
  return {
    kind: 'fast',
    readFrame: async (video) => (await lookAt(video, false))?.text,
    glance: async (video) => (await lookAt(video, true))?.dots,
    async readImage(image) {
      try {
        return (await look(running?.bitmaps ? image : pixelsOf(image, image.width, image.height)))?.text
      } catch {
        return undefined
      } finally {
        image.close()
      }
    },
    stop() {
      stopped = true
      close()
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
