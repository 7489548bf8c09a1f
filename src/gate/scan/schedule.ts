// Who tries what, and when. There are two eyes, each a worker: the quick one looks at every frame the way that reads most
// codes; the patient one takes a frame that the quick one could not read, when it has the time, and tries the other ways in
// turn. Frames follow each other closely, so what one frame had no time for, the next one gets. The stages themselves are
// the workers' alone: the page only has their numbers.

/** Places in `stages`. The quick eye's part of a still, and the patient eye's, come to about the same time. */
const quickHalf = [0, 1, 4, 6]
const patientHalf = [2, 3, 5]
const all = [...quickHalf, ...patientHalf]
/** The patient eye's round through frames: what reads much comes first. */
const round = [3, 2, 5, 4]
/** Where something is busier than the code, all of those look at the wrong place: every so many frames, one for this. */
const everywhere = 6
const EVERY = 8

export interface Task {
  readonly order: readonly number[]
  /** Milliseconds after which no further stage is begun. */
  readonly patience: number
}

/** How long the patient eye stays with one frame: a code that comes into view should not wait for one that left it. */
const STARE = 40

/** The quick eye's, for each frame. Where that is soon done, on a fast device, it tries the two ways that cost least as well. */
export const quickTask: Task = { order: [0, 1, 2], patience: 15 }

/** A still, for one eye alone or for two at the same time. */
export function stillTasks(eyes: 1 | 2, patience: number): readonly [Task, Task?] {
  const task = (order: readonly number[]): Task => ({ order, patience })
  return eyes === 1 ? [task(all)] : [task(quickHalf), task(patientHalf)]
}

export interface Round {
  next(): Task
  /** What came of it: a way that read a code is tried first the next time, else the round goes on after the last one. */
  took(last: number | undefined, isRead: boolean): void
}

export function patientRound(): Round {
  let turn = 0
  let frames = 0
  return {
    next() {
      frames += 1
      const order = frames % EVERY === 0 ? [everywhere] : [...round.slice(turn), ...round.slice(0, turn)]
      return { order, patience: STARE }
    },
    took(last, isRead) {
      const place = last === undefined ? -1 : round.indexOf(last)
      if (place >= 0) turn = isRead ? place : (place + 1) % round.length
    },
  }
}
