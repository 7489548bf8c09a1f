// The holder's page as its screens see it: values that change, and what can be asked of them. main.tsx puts it together.
import type { App } from '../browser/app.ts'
import type { Readable } from '../browser/store.ts'
import type { Moments } from './code/live.ts'
import type { Errands } from './session/errands.ts'
import type { Flow, FlowEvent } from './session/flow.ts'

export interface Holder {
  readonly flow: Readable<Flow>
  readonly app: App
  readonly errands: Errands
  readonly moments: Moments
  /** What the code is for, in a line. */
  readonly purpose: string
  dispatch(event: FlowEvent): void
}
