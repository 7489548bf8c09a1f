import type { ReactElement } from 'react'
import { GROUPS } from '../trust/enrolment.ts'

/** A fingerprint as it stands on paper: in groups that stay whole, from left to right in every language. */
export function Fingerprint({ root }: { root: string }): ReactElement {
  return (
    <code className="fingerprint" dir="ltr" translate="no">
      {[...root.matchAll(GROUPS)].flatMap(({ 0: group, index }) => [
        index > 0 && ' ',
        <span key={index}>{group}</span>,
      ])}
    </code>
  )
}
