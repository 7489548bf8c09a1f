import { useEffect, useRef, type ReactElement } from 'react'
import type { Gate } from '../gate.ts'
import { language } from './language.ts'
import { useRead } from './use.ts'
import { say } from './words.ts'

const names = import.meta.glob<string>('../locales/*.json', { query: '?name', import: 'default', eager: true })

/** Every language by its own name, English first. */
const languages = Object.entries(names)
  .map(([path, name]) => ({ tag: path.replaceAll(/.*\/|\.json$/g, ''), name }))
  .toSorted((a, b) => Number(b.tag === 'en') - Number(a.tag === 'en'))

export default function LanguageList({ gate, onClose }: { gate: Gate; onClose: () => void }): ReactElement {
  const { tag: now } = useRead(language)
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="card languages" aria-labelledby="language-title" onClose={onClose}>
      <h2 id="language-title">{say('language.title')}</h2>
      <ul>
        {languages.map(({ tag, name }) => (
          <li key={tag}>
            <button
              type="button"
              lang={tag}
              autoFocus={tag === now}
              aria-current={tag === now || undefined}
              onClick={() => {
                gate.change({ language: tag })
                dialog.current?.close()
              }}
            >
              {name}
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className="quiet" onClick={() => dialog.current?.close()}>
        {say('language.close')}
      </button>
    </dialog>
  )
}
