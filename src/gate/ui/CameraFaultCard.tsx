import type { ReactElement } from 'react'
import type { Gate } from '../gate.ts'
import type { ViewfinderState } from '../scan/viewfinder.ts'
import { cameraWords } from './page-words.ts'

/** Why there is no picture, what to do, and what works without one. */
export default function CameraFaultCard({
  gate,
  finder,
}: {
  gate: Gate
  finder: ViewfinderState
}): ReactElement | null {
  const { camera } = finder
  if (camera === 'on' || camera === 'off' || camera === 'starting') return null
  const { title, todo, again } = cameraWords[camera]
  return (
    <section className="card" data-camera={camera}>
      <h2>{title}</h2>
      <p>{todo}</p>
      {/* An insecure page has no WebCrypto, so it can prove nothing, however a code comes in. */}
      {camera !== 'insecure' && (
        <p>You can still open or drop a picture of a code, paste its text, or use a scanner that types.</p>
      )}
      <button type="button" className="next" onClick={() => void gate.viewfinder.start()}>
        {again}
      </button>
    </section>
  )
}
