import { use, useEffect, useState, type ReactElement } from 'react'
import type { Gate } from '../gate.ts'
import { STALL, type Key } from '../scan/burst.ts'
import { hearKeys, hearLine, type Heard } from '../scan/heard.ts'
import { keyOf } from '../scan/wedge.ts'
import { say } from './page-words.ts'
import { useRead } from './use.ts'

const rules = [
  'page.scanner.rule-keyboard',
  'page.scanner.rule-end',
  'page.scanner.rule-plain',
  'page.scanner.rule-where',
] as const

/** For who sets a scanner up: how to, and what the last scan looked like on its way in. Nothing is judged or kept here. */
export function ScannerPanel({ gate }: { gate: Gate }): ReactElement {
  const scanners = use(gate.scanners)
  const [heard, setHeard] = useState<Heard>()
  useEffect(() => scanners?.watchLines((line) => setHeard(hearLine(line))), [scanners])
  useEffect(() => watchKeys(setHeard), [])
  return (
    <>
      <p className="lead">{say('page.scanner.how')}</p>
      <div className="heard" role="status" data-understood={heard?.understood}>
        {heard ? <HeardFacts heard={heard} /> : <p>{say('page.scanner.waiting')}</p>}
      </div>
      <h2>{say('page.scanner.set-up')}</h2>
      <ul>
        {rules.map((rule) => (
          <li key={rule}>{say(rule)}</li>
        ))}
      </ul>
      <h2>{say('page.scanner.serial')}</h2>
      {scanners && <Serial scanner={scanners.serial} />}
    </>
  )
}

/** A key that writes nothing, by its name. */
const inBrackets = (name: string): string => `[${name}]`

function HeardFacts({ heard }: { heard: Heard }): ReactElement {
  const { understood, before, after, prefix, suffix, length, head, tail, gap, longest } = heard
  const sent = [
    ...before.map(inBrackets),
    prefix,
    say('page.scanner.text', { head, length, tail }),
    suffix,
    ...after.map(inBrackets),
  ]
  return (
    <>
      <p className="lead">{say(`page.heard.${understood}`)}</p>
      <p className="heard-keys">{sent.filter(Boolean).join(' ')}</p>
      <dl className="facts">
        <dt>{say('page.scanner.prefix')}</dt>
        <dd>{[...before, prefix].filter(Boolean).join(' ') || say('page.scanner.none')}</dd>
        <dt>{say('page.scanner.suffix')}</dt>
        <dd>{[suffix, ...after].filter(Boolean).join(' ') || say('page.scanner.none')}</dd>
        {gap !== undefined && longest !== undefined && (
          <>
            <dt>{say('page.scanner.speed')}</dt>
            <dd>{say('page.scanner.gaps', { gap, longest })}</dd>
          </>
        )}
      </dl>
      <p className="small">{say('page.scanner.hidden')}</p>
    </>
  )
}

function Serial({ scanner }: { scanner: NonNullable<Awaited<Gate['scanners']>>['serial'] }): ReactElement {
  const state = useRead(scanner)
  return (
    <>
      <p data-serial={state}>{say(`page.serial.${state}`)}</p>
      {state !== 'unsupported' && (
        <button type="button" className="quiet" onClick={() => void scanner.choose()}>
          {say('page.scanner.choose')}
        </button>
      )}
    </>
  )
}

/** Hears keys before whoever keeps them from the page does, and describes them once they have stopped for a while. */
function watchKeys(onHeard: (heard: Heard) => void): () => void {
  let keys: Key[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const end = (): void => {
    // A person who goes through the page presses a key or two.
    if (keys.length > 4) onHeard(hearKeys(keys))
    keys = []
  }
  const press = (event: KeyboardEvent): void => {
    keys.push(keyOf(event))
    clearTimeout(timer)
    timer = setTimeout(end, STALL)
  }
  window.addEventListener('keydown', press, { capture: true })
  return () => {
    clearTimeout(timer)
    window.removeEventListener('keydown', press, { capture: true })
  }
}
