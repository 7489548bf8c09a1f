import { useEffect, useRef, useState, type PointerEvent, type ReactElement, type RefObject } from 'react'
import type { Gate } from '../gate.ts'
import { pointIn } from '../scan/controls.ts'
import type { ViewfinderState } from '../scan/viewfinder.ts'
import { say } from './words.ts'

/** A touch that moves further than this, in pixels, or lasts longer, in milliseconds, is no tap. */
const STEADY = 12
const TAP_MS = 400

export interface Focusing {
  readonly video: RefObject<HTMLVideoElement | null>
  /** Where it focused last, on the screen. */
  readonly ring: { readonly x: number; readonly y: number; readonly serial: number } | undefined
  /** Focuses on what is seen at a place on the screen, or in the middle. */
  readonly focusOn: (at?: { readonly x: number; readonly y: number }) => void
}

export function useFocusing(gate: Gate, { mirrored }: ViewfinderState): Focusing {
  const video = useRef<HTMLVideoElement>(null)
  const [ring, setRing] = useState<Focusing['ring']>()
  return {
    video,
    ring,
    focusOn(at) {
      if (!video.current) return
      const { videoWidth: width, videoHeight: height } = video.current
      const box = video.current.getBoundingClientRect()
      const { x, y } = at ?? { x: box.left + box.width / 2, y: box.top + box.height / 2 }
      void gate.viewfinder.focus(pointIn({ width, height }, box, { x, y }, mirrored))
      setRing({ x, y, serial: (ring?.serial ?? 0) + 1 })
    },
  }
}

/** What the camera sees. A tap on it focuses there, two fingers zoom it, where the camera can. */
export function Picture({
  gate,
  finder,
  focusing: { video, ring, focusOn },
}: {
  gate: Gate
  finder: ViewfinderState
  focusing: Focusing
}): ReactElement {
  useEffect(() => (video.current ? gate.viewfinder.attach(video.current) : undefined), [gate, video])
  const pinch = usePinch(gate, finder)
  const began = useRef<{ x: number; y: number; at: number }>(undefined)
  return (
    <>
      <video
        ref={video}
        className="picture"
        data-mirrored={finder.mirrored || undefined}
        aria-label={say('scan.camera')}
        muted
        playsInline
        onPointerDown={(event) => {
          const { isPrimary, clientX: x, clientY: y, timeStamp: at } = event
          began.current = isPrimary ? { x, y, at } : undefined
          pinch.down(event)
        }}
        onPointerMove={pinch.move}
        onPointerUp={(event) => {
          const { clientX: x, clientY: y, timeStamp } = event
          const from = began.current
          began.current = undefined
          pinch.lift(event)
          const isTap = from && timeStamp - from.at < TAP_MS && Math.hypot(x - from.x, y - from.y) < STEADY
          if (isTap && finder.canFocus) focusOn({ x, y })
        }}
        onPointerCancel={pinch.lift}
        onPointerLeave={pinch.lift}
      />
      {ring && <i key={ring.serial} className="focus-ring" aria-hidden="true" style={{ left: ring.x, top: ring.y }} />}
    </>
  )
}

function usePinch(gate: Gate, { zoom }: ViewfinderState) {
  const fingers = useRef(new Map<number, { x: number; y: number }>())
  const from = useRef<{ distance: number; value: number }>(undefined)
  const distance = (): number => {
    const [a, b] = [...fingers.current.values()]
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0
  }
  return {
    down: ({ pointerId, clientX: x, clientY: y }: PointerEvent): void => {
      fingers.current.set(pointerId, { x, y })
      from.current = zoom && fingers.current.size === 2 ? { distance: distance(), value: zoom.value } : undefined
    },
    move: ({ pointerId, clientX: x, clientY: y }: PointerEvent): void => {
      if (!fingers.current.has(pointerId)) return
      fingers.current.set(pointerId, { x, y })
      if (!zoom || !from.current || from.current.distance === 0) return
      const value = from.current.value * (distance() / from.current.distance)
      void gate.viewfinder.setZoom(Math.min(zoom.max, Math.max(zoom.min, value)))
    },
    lift: ({ pointerId }: PointerEvent): void => {
      fingers.current.delete(pointerId)
      from.current = undefined
    },
  }
}
