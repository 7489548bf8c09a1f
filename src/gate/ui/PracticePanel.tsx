import { useEffect, useState, type ReactElement } from 'react'
import { Qr } from '../../browser/Qr.tsx'
import { verify } from '../../core/verify.ts'
import { play, vibrate } from '../device/feedback.ts'
import type { Gate } from '../gate.ts'
import { preparePractice, type Practice } from '../session/practice.ts'
import type { SessionEvent, Shown } from '../session/session.ts'
import { outcomes } from '../session/settings.ts'
import { looks, lookOf } from './looks.ts'
import { LanguageButton } from './LanguageButton.tsx'
import { say } from './page-words.ts'
import { Title } from './Title.tsx'
import { useEscape, useRead } from './use.ts'
import { VerdictScreen } from './VerdictScreen.tsx'

/**
 * A practice round: a specimen for each outcome, then what a guard should know of the device. The verdict's own screen is
 * shown, with the verdict of `verify` by a belief that holds nowhere else; nothing of it reaches session, tally or memory.
 */
export function PracticePanel({ gate }: { gate: Gate }): ReactElement {
  const [practice, setPractice] = useState<Practice>()
  const [round, setRound] = useState(0)
  const [verdict, setVerdict] = useState<Shown>()
  useEffect(() => {
    // An insecure page can verify nothing, and so has nothing to practise with.
    const skip = (): void => setRound(outcomes.length)
    preparePractice(gate.clock()).then(setPractice, skip)
  }, [gate])

  const leave = (): void => {
    gate.change({ welcomed: true })
    gate.dispatch({ type: 'return' })
  }
  const outcome = outcomes[round]
  useEscape(() => verdict ?? leave())

  async function scan(text: string, { belief }: Practice): Promise<void> {
    const judged = await verify(text, belief, gate.clock())
    if (judged.kind === 'unreadable') return
    setVerdict(judged)
    void play(lookOf(judged).sound)
    vibrate(lookOf(judged).pulse)
  }

  if (verdict && practice) {
    const next = (): void => {
      setVerdict(undefined)
      setRound(round + 1)
    }
    const own = practiceGate(gate, practice, next)
    const band = (
      <>
        <p className="specimen-band">{say('page.practice.band')}</p>
        <div className="specimen-across" aria-hidden="true">
          <i>{say('page.practice.specimen')}</i>
        </div>
      </>
    )
    return <VerdictScreen gate={own} verdict={verdict} seenAgo={undefined} pinned specimen={band} />
  }
  return (
    <main className="panel practice" data-screen="practice">
      <header>
        <Title key={round}>
          {outcome ? say('page.practice.round', { round: round + 1, of: outcomes.length }) : say('page.practice.done')}
        </Title>
        <LanguageButton gate={gate} />
      </header>
      <section className="panel-body" tabIndex={0} aria-label={say('page.practice.name')}>
        {!outcome && <Closing gate={gate} />}
        {outcome && (
          <>
            <p className="lead">{say('page.practice.held-up')}</p>
            <figure className="specimen" data-outcome={outcome}>
              <figcaption>{say('page.practice.specimen')}</figcaption>
              {practice && <Qr text={practice.specimens[outcome]} ecc="M" label={say('page.practice.picture')} />}
              <b aria-hidden="true">{say('page.practice.specimen')}</b>
            </figure>
            <p className="small">{say('page.practice.only-here')}</p>
          </>
        )}
      </section>
      <footer className="row practice-foot">
        {outcome && (
          <button type="button" className="quiet" onClick={leave}>
            {say('page.practice.skip')}
          </button>
        )}
        <button
          type="button"
          className="next"
          disabled={outcome && !practice}
          onClick={(event) => {
            // The verdict may be there before this click is over, and must not take it for a tap on itself.
            event.stopPropagation()
            if (outcome && practice) void scan(practice.specimens[outcome], practice)
            else leave()
          }}
        >
          {outcome ? say('page.practice.scan') : say('page.practice.finish')}
        </button>
      </footer>
    </main>
  )
}

/** A gate whose keys are those of practice, and from which nothing gets out but that the round goes on. */
function practiceGate(gate: Gate, { belief }: Practice, next: () => void): Gate {
  const { keyring } = gate
  return {
    ...gate,
    keyring: { ...keyring, read: () => ({ ...keyring.read(), belief }) },
    dispatch(event: SessionEvent) {
      if (event.type === 'return') next()
    },
  }
}

/** What is left to know: what stays here, how results go on, how to install. */
function Closing({ gate }: { gate: Gate }): ReactElement {
  const install = useRead(gate.installer)
  return (
    <>
      <ul className="practice-tones">
        {outcomes.map((outcome) => (
          <li key={outcome}>
            <span className="swatch" data-tone={looks[outcome].tone} /> {say(`page.practice.meaning.${outcome}`)}
          </li>
        ))}
      </ul>
      <h2>{say('page.practice.stays')}</h2>
      <ul>
        <li>{say('page.practice.stays-checked')}</li>
        <li>{say('page.practice.stays-nothing')}</li>
        <li>{say('page.practice.stays-result')}</li>
      </ul>
      <h2>{say('page.practice.install')}</h2>
      <p>{say(`page.install.${install}`)}</p>
      {install === 'offered' && (
        <button type="button" className="quiet" onClick={() => void gate.installer.install()}>
          {say('page.install.now')}
        </button>
      )}
    </>
  )
}
