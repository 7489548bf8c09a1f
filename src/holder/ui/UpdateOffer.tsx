import type { ReactElement } from 'react'
import type { App } from '../../browser/app.ts'
import { useRead } from './use.ts'
import { say } from './words.ts'

/** A new version of the page: offered where nothing is under way. */
export function UpdateOffer({ app }: { app: App }): ReactElement | null {
  const { updateWaits } = useRead(app)
  if (!updateWaits) return null
  return (
    <p className="offer">
      <span>{say.update.offer}</span>
      <button type="button" className="quiet" onClick={app.update}>
        {say.update.now}
      </button>
    </p>
  )
}
