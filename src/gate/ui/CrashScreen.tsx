import { useState, type ReactElement } from 'react'
import { clearDevice } from '../device/crash.ts'
import { crashWords } from './words.ts'

const startAgain = (): void => location.reload()

/** Instead of a blank page. No colour of a verdict is near it. */
export function CrashScreen({ code }: { code: string }): ReactElement {
  const [asked, setAsked] = useState(false)
  return (
    <main className="crash" data-screen="crash" role="alert">
      <h1>{crashWords.title}</h1>
      <p>{crashWords.about}</p>
      <button type="button" className="next" onClick={startAgain}>
        {crashWords.again}
      </button>
      <p className="crash-code">
        {crashWords.support} <code>{code}</code>
      </p>
      {asked ? (
        <>
          <p>{crashWords.clearAbout}</p>
          <button
            type="button"
            className="quiet"
            onClick={() =>
              void clearDevice()
                .catch(() => undefined)
                .then(startAgain)
            }
          >
            {crashWords.clearNow}
          </button>
        </>
      ) : (
        <button type="button" className="quiet" onClick={() => setAsked(true)}>
          {crashWords.clear}
        </button>
      )}
    </main>
  )
}
