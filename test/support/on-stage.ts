import { afterAll, beforeAll, beforeEach } from 'vitest'
import { openStage, type Stage } from './gate-page.ts'
import { startGateServer, type GateServer } from './gate-server.ts'

/** One browser for the tests of a file; for each of them a camera that sees no code, and a server of its own. */
export function onStage(take: (given: { stage: Stage; server: GateServer }) => void): void {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(() => stage.close())
  beforeEach(async () => {
    stage.film()
    const server = await startGateServer()
    take({ stage, server })
    return () => server.stop()
  })
}
