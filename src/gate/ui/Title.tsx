import { useEffect, useRef, type ReactElement } from 'react'

/** The title of a page. It has the focus when the page comes, so that reading begins there; and once only. */
export function Title({ children }: { children: string }): ReactElement {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  return (
    <h1 ref={title} tabIndex={-1}>
      {children}
    </h1>
  )
}
