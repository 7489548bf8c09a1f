// What can be said of the camera's picture without reading it: whether anything moves in it, and whether it is all black.
// Judged by dots, a tiny picture of the picture: a camera's noise is gone in them, a code is not.

/** Dots across and down. A code that is just large enough to be read covers several. */
export const ACROSS = 32
export const DOWN = 18

/** Pixels that are looked at for a dot, across and down: enough for the noise to even out. */
const SAMPLES = 8
/** This much brighter or darker, of 255, and a dot has changed: more than noise, less than a code on any paper. */
const CHANGE = 12
/** Black is nowhere brighter than this, of 255. A dark room is, here and there. */
const BLACK = 24

export interface Scene {
  /** When something in it moved last. */
  readonly movedAt: number
  /** Since when it has been black; nothing while it is not. */
  readonly blackSince: number | undefined
}

export interface SceneWatch {
  /** Takes in what the picture is now; nothing where nobody can say, which counts as a move. */
  look(dots: Uint8Array | undefined, now: number): Scene
  read(): Scene
}

/** A scene that has moved just now. */
export function watchScene(start: number): SceneWatch {
  let scene: Scene = { movedAt: start, blackSince: undefined }
  // What it was when it moved last, not a moment ago: what comes slowly has come too.
  let before: Uint8Array | undefined
  return {
    look(dots, now) {
      const moved = !dots || !before || dots.some((dot, index) => Math.abs(dot - (before?.[index] ?? 0)) > CHANGE)
      if (moved) before = dots
      const black = dots?.every((dot) => dot <= BLACK) ?? false
      scene = { movedAt: moved ? now : scene.movedAt, blackSince: black ? (scene.blackSince ?? now) : undefined }
      return scene
    },
    read: () => scene,
  }
}

/** The dots of a picture, row by row, from its luma: one byte a pixel. */
export function dotsOf(luma: Uint8Array, width: number, height: number): Uint8Array {
  const dots = new Uint8Array(ACROSS * DOWN)
  for (let dot = 0; dot < dots.length; dot++) {
    const left = (dot % ACROSS) * (width / ACROSS)
    const top = Math.floor(dot / ACROSS) * (height / DOWN)
    let sum = 0
    for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
      const x = Math.floor(left + ((sample % SAMPLES) * width) / ACROSS / SAMPLES)
      const y = Math.floor(top + (Math.floor(sample / SAMPLES) * height) / DOWN / SAMPLES)
      sum += luma[y * width + x] ?? 0
    }
    dots[dot] = sum / (SAMPLES * SAMPLES)
  }
  return dots
}
