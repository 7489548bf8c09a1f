// The language that the screens speak. What it takes to speak another one than English is in speak.ts, loaded when asked for.
import type { CompiledMessage } from 'icu-minify/format'
import { createStore } from '../../browser/store.ts'

export interface Language {
  /** As its file is named: "hi". */
  readonly tag: string
  /** The same for dates and numbers, with a region: "hi-IN". */
  readonly locale: string
  /** Empty for English, whose words are in the app itself. */
  readonly messages: Readonly<Record<string, CompiledMessage>>
}

/** English, with dates and numbers as the device writes them. */
export const language = createStore<Language>({
  tag: 'en',
  locale: new Intl.NumberFormat().resolvedOptions().locale,
  messages: {},
})

/** Made anew for each language, when it is first asked for. */
export function perLanguage<T>(make: (locale: string) => T): () => T {
  let madeFor: Language | undefined
  let made: T
  return () => {
    const now = language.read()
    if (madeFor !== now) {
      made = make(now.locale)
      madeFor = now
    }
    return made
  }
}
