// Composition root: the only file that knows everyone.
import '../browser/trusted-types.ts'
import '../browser/tokens.css'
import './ui/holder.css'
import { createRoot } from 'react-dom/client'
import { unstoredApp, watchApp } from '../browser/app.ts'
import { askToPersist } from '../browser/persist.ts'
import { createStore } from '../browser/store.ts'
import { MANAGE_CONSENTS, serviceAt } from './ask/service.ts'
import { saidBy } from './code/held.ts'
import { openCodeStore } from './code/store.ts'
import { followBackButton } from './device/back-button.ts'
import { deliver, isEmbedded } from './embed.ts'
import type { Holder } from './holder.ts'
import { createErrands } from './session/errands.ts'
import { freshFlow, isAtRoot, step, type FlowEvent } from './session/flow.ts'
import { App } from './ui/App.tsx'
import { ownPurpose } from './ui/words.ts'

/** The longest purpose and verifier's id that are shown, in characters. */
const ASKED_LENGTH = 200

/** Seconds since 1970 UTC. */
const clock = (): number => Math.floor(Date.now() / 1000)

/** The issuer's origin: this page's own, unless the page says otherwise. */
function issuerOrigin(): string {
  const stated = document.querySelector<HTMLMetaElement>('meta[name="kycvs-issuer"]')?.content ?? ''
  return stated === '' ? location.origin : stated
}

function onSeen(listener: () => void): () => void {
  const look = (): void => {
    if (document.visibilityState === 'visible') listener()
  }
  document.addEventListener('visibilitychange', look)
  return () => document.removeEventListener('visibilitychange', look)
}

async function start(): Promise<void> {
  const query = new URLSearchParams(location.search)
  // One line each, whatever the address holds.
  const asked = (name: string): string =>
    (query.get(name) ?? '')
      .replace(/\p{C}+/gu, ' ')
      .trim()
      .slice(0, ASKED_LENGTH)
      .trim()
  const verifier = asked('verifier') || undefined
  const stated = asked('purpose')
  const purpose = stated === '' || stated === MANAGE_CONSENTS ? ownPurpose : stated

  const store = await openCodeStore()
  const flow = createStore(freshFlow(isEmbedded(query), verifier))
  const dispatch = (event: FlowEvent): void => flow.write(step(flow.read(), event))
  const kept = flow.read().embedded ? [] : await store.all().catch(() => [])
  const codes = kept.flatMap((code) => {
    const said = saidBy(code.token)
    return said ? [{ code, said, kept: true }] : []
  })
  dispatch({ type: 'opened', codes, asked: verifier !== undefined || flow.read().embedded })

  const errands = createErrands({
    flow,
    dispatch,
    service: serviceAt(issuerOrigin(), clock),
    store,
    clock,
    purpose,
    verifier,
    deliver,
    persist: askToPersist,
  })
  const holder: Holder = {
    flow,
    app: flow.read().embedded ? unstoredApp : watchApp(),
    errands,
    moments: { clock, onSeen },
    purpose,
    dispatch,
  }
  if (!flow.read().embedded) {
    followBackButton(flow, isAtRoot, () => dispatch({ type: 'back' }))
  }
  void errands.introduce()

  const root = document.getElementById('holder')
  if (root) createRoot(root).render(<App holder={holder} />)
}

void start()
