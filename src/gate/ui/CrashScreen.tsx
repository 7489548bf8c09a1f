import { useState, type ReactElement } from 'react'
import { clearDevice } from '../device/crash.ts'
import { say } from './words.ts'

const startAgain = (): void => location.reload()

/**
 * Instead of a blank page. No colour of a verdict is near it.
 * @param attended whoever stands before it may clear the device; else it is a bearer, and the gate starts again by itself
 */
export function CrashScreen({ code, attended }: { code: string; attended: boolean }): ReactElement {
  const [asked, setAsked] = useState(false)
  return (
    <main className="crash" data-screen="crash">
      <div role="alert">
        <h1>{say('crash.title')}</h1>
        <p>{say(attended ? 'crash.about' : 'crash.alone')}</p>
      </div>
      <button type="button" className="next" onClick={startAgain}>
        {say('crash.again')}
      </button>
      <p className="crash-code">
        {say('crash.support')} <code>{code}</code>
      </p>
      {attended &&
        (asked ? (
          <>
            <p>{say('crash.clear-about')}</p>
            <button
              type="button"
              className="quiet"
              onClick={() =>
                void clearDevice()
                  .catch(() => undefined)
                  .then(startAgain)
              }
            >
              {say('crash.clear-now')}
            </button>
          </>
        ) : (
          <button type="button" className="quiet" onClick={() => setAsked(true)}>
            {say('crash.clear')}
          </button>
        ))}
    </main>
  )
}
