import { use, useEffect, useState, type FormEvent, type ReactElement, type ReactNode } from 'react'
import { isPin, openLock, type Lock } from '../device/pin.ts'
import type { Gate } from '../gate.ts'
import { useRead } from './use.ts'
import { say } from './page-words.ts'

// One for the page, opened when a page of the menu is: who only scans needs none of it.
let opening: Promise<Lock> | undefined
let opened: Lock | undefined

/** Opened beforehand, it is there at once, and no page is blank until the disk has answered. */
export async function prepareLock(gate: Gate): Promise<void> {
  opening ??= openLock(gate.pins, () => performance.now() / 1000)
  opened = await opening
}

/** The lock, which closes again when the pages are left or nobody looks at them. */
export function useLock(gate: Gate): Lock {
  opening ??= openLock(gate.pins, () => performance.now() / 1000)
  const lock = opened ?? use(opening)
  useEffect(() => {
    const look = (): void => {
      if (document.visibilityState === 'hidden') lock.close()
    }
    const left = gate.session.subscribe(() => {
      if (gate.session.read().view.at !== 'panel') lock.close()
    })
    document.addEventListener('visibilitychange', look)
    return () => {
      left()
      document.removeEventListener('visibilitychange', look)
    }
  }, [gate, lock])
  return lock
}

/** What stands behind the PIN, where there is one; else a form that asks for it. */
export function Locked({ gate, children }: { gate: Gate; children: ReactNode }): ReactElement {
  const lock = useLock(gate)
  const { isSet, isOpen } = useRead(lock)
  return isSet && !isOpen ? <PinForm lock={lock} /> : <>{children}</>
}

/** What takes the focus when the form that had it goes or is disabled. */
const pageOf = (part: Element): HTMLElement | null => part.closest<HTMLElement>('.panel-body')

function PinForm({ lock }: { lock: Lock }): ReactElement {
  const { failures } = useRead(lock)
  const [pin, setPin] = useState('')
  const [busy, setBusy] = useState(false)
  const wait = useWait(lock)

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const page = pageOf(event.currentTarget)
    setBusy(true)
    await lock.open(pin)
    setPin('')
    setBusy(false)
    page?.focus()
  }

  return (
    <form className="pin" data-pin="asked" onSubmit={(event) => void submit(event)}>
      <p>{say('page.pin.locked')}</p>
      <PinField label={say('page.pin.asked')} value={pin} onChange={setPin} disabled={busy || wait > 0} />
      <p role="status">
        {busy
          ? say('page.pin.busy')
          : wait > 0
            ? say('page.pin.wait', { seconds: wait })
            : failures > 0
              ? say('page.pin.wrong')
              : ''}
      </p>
      <button type="submit" className="next" disabled={busy || wait > 0 || !isPin(pin)}>
        {say('page.pin.open')}
      </button>
      <p className="small">{say('page.pin.forgotten')}</p>
    </form>
  )
}

/** The seconds that are left to wait, counted down. */
function useWait(lock: Lock): number {
  const [wait, setWait] = useState(() => lock.wait())
  useEffect(() => {
    const look = (): void => setWait(lock.wait())
    look()
    const timer = setInterval(look, 250)
    return () => clearInterval(timer)
  }, [lock])
  return wait
}

/** Sets a PIN, or takes it away. Stands behind the PIN itself. */
export function PinSetting({ gate }: { gate: Gate }): ReactElement {
  const lock = useLock(gate)
  const { isSet } = useRead(lock)
  const [pin, setPin] = useState('')
  const [again, setAgain] = useState('')
  const [busy, setBusy] = useState(false)

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const page = pageOf(event.currentTarget)
    setBusy(true)
    await lock.set(pin)
    setPin('')
    setAgain('')
    setBusy(false)
    page?.focus()
  }

  if (isSet) {
    return (
      <section className="pin" data-pin="set">
        <p>{say('page.pin.is-set')}</p>
        <button
          type="button"
          className="quiet"
          onClick={({ currentTarget }) => {
            pageOf(currentTarget)?.focus()
            void lock.remove()
          }}
        >
          {say('page.pin.remove')}
        </button>
      </section>
    )
  }
  return (
    <form className="pin" data-pin="none" onSubmit={(event) => void submit(event)}>
      <p>{say('page.pin.about')}</p>
      <PinField label={say('page.pin.fresh')} value={pin} onChange={setPin} disabled={busy} />
      <PinField label={say('page.pin.again')} value={again} onChange={setAgain} disabled={busy} />
      <p role="status">
        {busy
          ? say('page.pin.busy')
          : again !== '' && again !== pin
            ? say('page.pin.differ')
            : pin !== '' && !isPin(pin)
              ? say('page.pin.rule')
              : ''}
      </p>
      <button type="submit" className="next" disabled={busy || !isPin(pin) || pin !== again}>
        {say('page.pin.set')}
      </button>
      <p className="small">{say('page.pin.limits')}</p>
    </form>
  )
}

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly disabled: boolean
}

function PinField({ label, value, onChange, disabled }: FieldProps): ReactElement {
  return (
    <label className="choice">
      {label}
      <input
        type="password"
        inputMode="numeric"
        autoComplete="off"
        maxLength={12}
        value={value}
        disabled={disabled}
        onChange={({ target }) => onChange(target.value.replaceAll(/\D/g, ''))}
      />
    </label>
  )
}
