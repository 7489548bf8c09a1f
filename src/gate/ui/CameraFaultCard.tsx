import type { ReactElement } from 'react'
import type { Gate } from '../gate.ts'
import type { ViewfinderState } from '../scan/viewfinder.ts'
import { say } from './page-words.ts'

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
  return (
    <section className="card" data-camera={camera}>
      <h2>{say(`page.camera.${camera}.title`)}</h2>
      <p>{say(`page.camera.${camera}.todo`)}</p>
      {/* An insecure page has no WebCrypto, so it can prove nothing, however a code comes in. */}
      {camera !== 'insecure' && <p>{say('page.camera.without')}</p>}
      <button type="button" className="next" onClick={() => void gate.viewfinder.start()}>
        {say(camera === 'missing' ? 'page.camera.look-again' : 'page.camera.try-again')}
      </button>
    </section>
  )
}
