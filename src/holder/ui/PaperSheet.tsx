import type { ReactElement } from 'react'
import { Qr } from '../../browser/Qr.tsx'
import type { Said } from '../code/held.ts'
import { Facts } from './Facts.tsx'
import { say } from './words.ts'

const words = say.paper

/** What is printed, as it is printed: a square of 45 mm, and in words what stands in it. */
export function PaperSheet({ said, token }: { said: Said; token: string }): ReactElement {
  return (
    <article className="sheet">
      <h2>{words.title}</h2>
      <div className="sheet-code">
        <Qr text={token} ecc="M" label={words.qr} border={0} />
      </div>
      <Facts said={said} printed />
      <p className="small">{said.initials === undefined ? words.howNoInitials : words.how}</p>
      <p className="small">{words.fold}</p>
      <p className="small">{words.withdraw(location.host + location.pathname)}</p>
    </article>
  )
}
