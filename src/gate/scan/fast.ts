// The fast reader: takes pictures of the video and hands them to its two eyes (schedule.ts says which tries what).
import { openEye, type Eye } from './eye.ts'
import { copyOf, pixelsOf, sizeOf, waysToTake, type View } from './frames.ts'
import type { Picture } from './pictures.ts'
import { patientRound, quickTask, stillTasks } from './schedule.ts'
import type { Reader } from './reader.ts'
import type { Found } from './stages.ts'

/** This many failures on end, and a way of taking pictures is given up: one alone may be a video that is just changing. */
const FAILURES = 3
/** Frames this far apart, in milliseconds, do not follow each other: what was seen before is of no use any more. */
const GAP = 300
/** The longest rest of the patient eye, in milliseconds. */
const MOST_REST = 150
/** How long a picture that was handed in may be looked at, in milliseconds, before it counts as one without a code. */
const PATIENCE = 5_000

/**
 * Nothing where module workers or WebAssembly do not start.
 * @param onCrash it has died for good
 */
export async function openFastReader(onCrash: () => void): Promise<Reader | undefined> {
  const quick = await openEye(onCrash)
  if (!quick) return undefined
  // Opened after the first look, and not waited for: the first code is most often one that the quick eye reads, and until
  // then the camera and the screen have more use for the processor.
  let patient: Eye | undefined
  let asked = false
  let stopped = false
  const openSecond = async (): Promise<void> => {
    if (asked) return
    asked = true
    const eye = await openEye(() => (patient = undefined))
    if (stopped) eye?.close()
    else patient = eye
  }
  let ways = waysToTake(quick.bitmaps)
  let failures = 0
  const round = patientRound()
  let tell: ((text: string) => void) | undefined
  let askedAt = -Infinity
  let looking = false
  /** Grows with each gap between frames: what a stare from before it finds belongs to somebody who may have left. */
  let sequence = 0
  const isGap = (): boolean => !looking && performance.now() - askedAt > GAP

  /** Where nothing moves, the patient eye rests as long as it worked: the phone is in a hand. */
  let restsUntil = 0
  const isIdle = (eye: Eye, moving: boolean): boolean => !eye.isBusy() && (moving || performance.now() >= restsUntil)

  const stare = async (eye: Eye, picture: Picture): Promise<void> => {
    const mine = sequence
    const began = performance.now()
    const { text, last } = await eye.look(picture, round.next())
    const ended = performance.now()
    restsUntil = ended + Math.min(ended - began, MOST_REST)
    round.took(last, text !== undefined)
    if (mine === sequence && !isGap() && text !== undefined) tell?.(text)
  }

  /** Nothing where there is no frame, or it could not be taken. */
  const lookAt = async <Value>(view: View, look: (picture: Picture) => Promise<Value>): Promise<Value | undefined> => {
    const [take] = ways
    if (!take || sizeOf(view)[0] === 0) return undefined
    if ('readyState' in view && view.readyState < view.HAVE_CURRENT_DATA) return undefined
    try {
      const value = await look(await take(view))
      failures = 0
      void openSecond()
      return value
    } catch {
      failures += 1
      if (failures >= FAILURES && ways.length > 1) {
        ways = ways.slice(1)
        failures = 0
      }
      return undefined
    }
  }
  const readFrom = async (picture: Picture, moving: boolean): Promise<string | undefined> => {
    const spare = patient && isIdle(patient, moving) ? await copyOf(picture) : undefined
    const { text } = await quick.look(picture, quickTask)
    if (spare && text === undefined && patient && !patient.isBusy()) void stare(patient, spare).catch(() => undefined)
    else if (spare && 'close' in spare) spare.close()
    return text
  }

  return {
    kind: 'fast',
    async readFrame(view, moving) {
      if (isGap()) sequence += 1
      looking = true
      const text = await lookAt(view, (picture) => readFrom(picture, moving))
      looking = false
      askedAt = performance.now()
      return text
    },
    onLate(listener) {
      tell = listener
    },
    glance: async (video) => (await lookAt(video, (picture) => quick.look(picture, undefined)))?.dots,
    async readImage(image, patience = PATIENCE) {
      void openSecond()
      try {
        const whole: Picture =
          'displayWidth' in image || quick.bitmaps ? image : pixelsOf(image, image.width, image.height)
        const [first, second] = stillTasks(patient ? 2 : 1, patience)
        const spare = patient && second ? await copyOf(whole) : undefined
        return await firstText([
          quick.look(whole, first),
          ...(patient && second && spare ? [patient.look(spare, second)] : []),
        ])
      } catch {
        return undefined
      } finally {
        image.close()
      }
    },
    stop() {
      stopped = true
      quick.close()
      patient?.close()
    },
  }
}

/** Of the first that has one; nothing once all have none. */
async function firstText(looks: readonly Promise<Found>[]): Promise<string | undefined> {
  const texts = looks.map(async (look) => {
    const { text } = await look
    if (text === undefined) throw new Error('no code')
    return text
  })
  return Promise.any(texts).catch(() => undefined)
}
