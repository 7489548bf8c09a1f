// From a description to the pixels that a camera would have given: luma, a byte a pixel, row by row.
import { encode } from 'uqr'
import type { Placed, Shot } from './corpus.ts'
import { randomFrom, type Random } from './random.ts'

interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Makes the frame. The same description gives the same pixels. */
export function picture(shot: Shot): Uint8ClampedArray {
  const { width, height } = shot
  const random = randomFrom(shot.seed)
  const frame = room(shot)
  for (const placed of shot.codes) drawCode(frame, shot, placed, random)
  const whole: Box = { left: 0, top: 0, right: width, bottom: height }
  const box = shot.codes.length === 1 ? grow(boxOf(shot.codes[0], shot), 30, shot) : whole
  light(frame, shot, randomFrom(shot.seed ^ 0x5bd1), box)
  blur(frame, width, box, shot.defocus)
  smear(frame, width, box, shot)
  return expose(frame, shot, random)
}

/** Something behind the code: a wall with edges, stripes and squares, which readers take for parts of codes. */
function room({ width, height, seed }: Shot): Float32Array {
  const frame = new Float32Array(width * height)
  // The scene stays while the hand shakes: the seed of a clip's frames differs by their number only.
  const random = randomFrom(seed >> 5)
  const [from, to] = [random.between(70, 190), random.between(70, 190)]
  for (let y = 0, at = 0; y < height; y++) {
    const value = from + ((to - from) * y) / height
    for (let x = 0; x < width; x++, at++) frame[at] = value
  }
  for (let index = 0; index < 24; index++) {
    const [left, top] = [random.whole(0, width - 40), random.whole(0, height - 40)]
    const [wide, high] = [random.whole(10, width / 5), random.whole(10, height / 4)]
    const [dark, bright, step] = [random.between(20, 120), random.between(100, 240), random.whole(3, 24)]
    const striped = random.next() < 0.5
    for (let y = top; y < Math.min(height, top + high); y++) {
      for (let x = left; x < Math.min(width, left + wide); x++) {
        frame[y * width + x] = striped && Math.floor(x / step) % 2 === 0 ? bright : dark
      }
    }
  }
  return frame
}

/** From a pixel of the frame to the code's own plane, in modules from its centre. */
function planeOf({ module, x, y, turn, tilt, tiltTo }: Placed, { width }: Shot): readonly number[] {
  // Turned in its plane, then leant about an axis of that plane, then seen from a distance of 1.3 frame widths.
  const [c, s, ct, st, ca, sa] = [turn, tilt, tiltTo].flatMap((angle) => [Math.cos(angle), Math.sin(angle)])
  const [cos = 1, sin = 0, cosTilt = 1, sinTilt = 0, cosTo = 1, sinTo = 0] = [c, s, ct, st, ca, sa]
  const far = width * 1.3
  const axis = (u: number, v: number): readonly [number, number, number] => {
    const [px, py] = [u * cos - v * sin, u * sin + v * cos]
    const along = px * cosTo + py * sinTo
    const beside = -px * sinTo + py * cosTo
    const leant = beside * cosTilt
    return [along * cosTo - leant * sinTo, along * sinTo + leant * cosTo, beside * sinTilt]
  }
  const [ux, uy, uz] = axis(module, 0)
  const [vx, vy, vz] = axis(0, module)
  const [a, b, d, e, g, h] = [
    ux + (x * uz) / far,
    vx + (x * vz) / far,
    uy + (y * uz) / far,
    vy + (y * vz) / far,
    uz / far,
    vz / far,
  ]
  // The inverse of [a b x; d e y; g h 1], up to a factor.
  return [
    e - y * h,
    x * h - b,
    b * y - x * e,
    y * g - d,
    a - x * g,
    x * d - a * y,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ]
}

/** Half the side of the paper or screen that the code is on, in modules. */
const sheet = (size: number, quiet: number): number => size / 2 + quiet + 5

function boxOf(placed: Placed | undefined, shot: Shot): Box {
  if (!placed) return { left: 0, top: 0, right: shot.width, bottom: shot.height }
  const { size } = encode(placed.text, { ecc: placed.ecc, border: 0, boostEcc: false })
  const reach = sheet(size, placed.quiet) * placed.module * 1.7
  const { x, y } = placed
  return grow({ left: x - reach, top: y - reach, right: x + reach, bottom: y + reach }, 0, shot)
}

const grow = (box: Box, by: number, { width, height }: Shot): Box => ({
  left: Math.max(0, Math.floor(box.left - by)),
  top: Math.max(0, Math.floor(box.top - by)),
  right: Math.min(width, Math.ceil(box.right + by)),
  bottom: Math.min(height, Math.ceil(box.bottom + by)),
})

function drawCode(frame: Float32Array, shot: Shot, placed: Placed, random: Random): void {
  const { size, data } = encode(placed.text, { ecc: placed.ecc, border: 0, boostEcc: false })
  const spoils = randomFrom(shot.seed ^ 0x77)
  const cells = new Uint8Array(size * size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const isFinder = (row < 8 && (column < 8 || column >= size - 8)) || (row >= size - 8 && column < 8)
      const flipped = !isFinder && spoils.next() < placed.spoilt
      cells[row * size + column] = (data[row]?.[column] ?? false) === flipped ? 0 : 1
    }
  }
  const ink = placed.inverted ? shot.white : shot.black
  const ground = placed.inverted ? shot.black : shot.white
  const [m0 = 0, m1 = 0, m2 = 0, m3 = 0, m4 = 0, m5 = 0, m6 = 0, m7 = 0, m8 = 0] = planeOf(placed, shot)
  const box = boxOf(placed, shot)
  const half = size / 2
  const edge = sheet(size, placed.quiet)
  const folds = Array.from({ length: placed.folds }, () => ({
    angle: random.between(0, Math.PI),
    at: random.normal() * half * 0.5,
    shade: random.between(0.75, 1.15),
    slip: random.normal() * 0.25,
  })).map(({ angle, ...fold }) => ({ ...fold, cos: Math.cos(angle), sin: Math.sin(angle) }))
  const cracks = crackLines(shot, placed, random)
  const fine = placed.module < 3.5 ? 3 : 2
  const weight = 1 / (fine * fine)

  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) {
      let sum = 0
      let outside = 0
      for (let sub = 0; sub < fine * fine; sub++) {
        let px = x + ((sub % fine) + 0.5) / fine
        let py = y + (Math.floor(sub / fine) + 0.5) / fine
        for (const crack of cracks) {
          const side = (px - crack.x) * crack.nx + (py - crack.y) * crack.ny
          if (side > 0) {
            px += crack.slipX
            py += crack.slipY
          }
        }
        const w = m6 * px + m7 * py + m8
        let u = (m0 * px + m1 * py + m2) / w
        let v = (m3 * px + m4 * py + m5) / w
        if (u < -edge || u > edge || v < -edge || v > edge) {
          outside += 1
          continue
        }
        let shade = 1
        v += placed.bend * ((u * u) / (half * half) - 0.5)
        shade -= placed.bend * 0.03 * (u / half)
        for (const fold of folds) {
          const beyond = u * fold.cos + v * fold.sin - fold.at
          if (beyond <= 0) continue
          u += fold.slip * fold.sin
          v -= fold.slip * fold.cos
          // Bright or dark beside the fold, fading with the distance.
          shade *= 1 + (fold.shade - 1) / (1 + beyond * 0.12)
          if (beyond < 0.5) shade *= 0.8
        }
        sum += shade * (isDark(u, v) ? ink : ground)
      }
      if (outside === fine * fine) continue
      const at = y * shot.width + x
      frame[at] = (sum + outside * (frame[at] ?? 0)) * weight
      for (const crack of cracks) {
        const [dx, dy] = [x - crack.x, y - crack.y]
        const off = Math.abs(dx * crack.nx + dy * crack.ny)
        const along = dx * -crack.ny + dy * crack.nx
        if (off < crack.width && along > crack.from && along < crack.to) frame[at] = off < crack.width / 2 ? 235 : 60
      }
    }
  }

  /** A module of the code, or something printed beyond its margin. */
  function isDark(u: number, v: number): boolean {
    const [column, row] = [Math.floor(u + half), Math.floor(v + half)]
    if (column >= 0 && row >= 0 && column < size && row < size) return cells[row * size + column] === 1
    if (placed.cut && column >= size && row >= 0 && row < size) return true
    const beyond = Math.max(-column, column - size + 1, -row, row - size + 1)
    if (beyond <= placed.quiet) return false
    // Lines of something like text.
    return row % 3 !== 0 && Math.imul(column * 31 + Math.floor(row / 3) * 17, 0x9e3779b1) >>> 30 === 0
  }
}

interface Crack {
  readonly x: number
  readonly y: number
  readonly nx: number
  readonly ny: number
  readonly width: number
  readonly from: number
  readonly to: number
  readonly slipX: number
  readonly slipY: number
}

/** Lines from where the glass was hit, each of which shifts what lies beyond it a little. */
function crackLines({ cracks }: Shot, { x, y, module }: Placed, random: Random): Crack[] {
  const hit = { x: x + random.normal() * module * 15, y: y + random.normal() * module * 15 }
  return Array.from({ length: cracks }, () => {
    const angle = random.between(0, Math.PI * 2)
    return {
      ...hit,
      nx: Math.cos(angle),
      ny: Math.sin(angle),
      width: random.between(0.6, 0.9) * Math.min(module, 3),
      from: random.next() < 0.5 ? -2000 : 0,
      to: random.between(100, 2000),
      slipX: random.normal() * module * 0.07,
      slipY: random.normal() * module * 0.07,
    }
  })
}

/** Shade, a screen's lines, and glare. */
function light(frame: Float32Array, shot: Shot, random: Random, box: Box): void {
  const { width, height } = shot
  const angle = random.between(0, Math.PI * 2)
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const lean = random.between(-0.5, 0.5)
  const [fx, fy] = [Math.sin(lean) / shot.period, Math.cos(lean) / shot.period]
  // Lines of the screen against the rows of the sensor, in two directions and a little curved.
  const [gx, gy] = [Math.cos(lean + 0.1) / (shot.period * 1.3), -Math.sin(lean + 0.1) / (shot.period * 1.3)]
  const [code] = shot.codes
  const reach = code ? code.module * 22 : 200
  const spots = Array.from({ length: shot.glare > 0 ? 2 : 0 }, (_, index) => ({
    x: (code?.x ?? width / 2) + random.normal() * reach * 0.6,
    y: (code?.y ?? height / 2) + random.normal() * reach * 0.6,
    across: reach * random.between(0.25, 0.7) * (index === 0 ? 1 : 0.5),
    along: reach * random.between(0.4, 1.4),
  }))
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) {
      const at = y * width + x
      let value = frame[at] ?? 0
      value *= 1 - shot.shade * (0.5 + (cos * (x - width / 2) + sin * (y - height / 2)) / width)
      if (shot.lines > 0) {
        const wave =
          Math.sin(2 * Math.PI * (fx * x + fy * y + 1e-5 * x * x)) + 0.6 * Math.sin(2 * Math.PI * (gx * x + gy * y))
        value *= 1 - (shot.lines * (1 + wave / 1.6)) / 2
      }
      for (const spot of spots) {
        const [dx, dy] = [(x - spot.x) * cos + (y - spot.y) * sin, (y - spot.y) * cos - (x - spot.x) * sin]
        const off = (dx * dx) / (spot.along * spot.along) + (dy * dy) / (spot.across * spot.across)
        if (off < 6) value += shot.glare * 255 * Math.exp(-off * 1.5)
      }
      frame[at] = value
    }
  }
}

function blur(frame: Float32Array, width: number, box: Box, sigma: number): void {
  if (sigma < 0.2) return
  const reach = Math.ceil(sigma * 2.5)
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, at) => Math.exp(-((at - reach) ** 2) / (2 * sigma * sigma)))
  const total = kernel.reduce((sum, value) => sum + value, 0)
  const taps = Float32Array.from(kernel, (value) => value / total)
  const line = new Float32Array(Math.max(box.right - box.left, box.bottom - box.top))
  const pass = (start: number, step: number, length: number): void => {
    for (let at = 0; at < length; at++) line[at] = frame[start + at * step] ?? 0
    for (let at = reach; at < length - reach; at++) {
      let sum = 0
      for (let tap = 0; tap <= 2 * reach; tap++) sum += (taps[tap] ?? 0) * (line[at + tap - reach] ?? 0)
      frame[start + at * step] = sum
    }
  }
  for (let y = box.top; y < box.bottom; y++) pass(y * width + box.left, 1, box.right - box.left)
  for (let x = box.left; x < box.right; x++) pass(box.top * width + x, width, box.bottom - box.top)
}

function smear(frame: Float32Array, width: number, box: Box, { motion, motionTo }: Shot): void {
  if (motion < 0.7) return
  const steps = Math.ceil(motion * 1.5)
  const offsets = Array.from({ length: steps + 1 }, (_, step) => {
    const along = (step / steps - 0.5) * motion
    return Math.round(along * Math.cos(motionTo)) + Math.round(along * Math.sin(motionTo)) * width
  })
  const still = frame.slice()
  for (let y = box.top + 8; y < box.bottom - 8; y++) {
    for (let x = box.left + 8; x < box.right - 8; x++) {
      let sum = 0
      for (const offset of offsets) sum += still[y * width + x + offset] ?? 0
      frame[y * width + x] = sum / offsets.length
    }
  }
}

/** The sensor: exposure, noise of its own and of the light, and whole numbers. */
function expose(frame: Float32Array, { exposure, noise }: Shot, random: Random): Uint8ClampedArray {
  const grains = Float32Array.from({ length: 4096 }, () => random.normal())
  const luma = new Uint8ClampedArray(frame.length)
  let state = random.whole(1, 2 ** 30)
  for (let at = 0; at < luma.length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const value = (frame[at] ?? 0) * exposure
    luma[at] = value + (grains[state >>> 20] ?? 0) * noise * (0.6 + value / 400)
  }
  return luma
}
