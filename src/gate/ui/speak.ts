// The languages there are, and how the screens come to speak one of them.
import { language, type Language } from './language.ts'

/** Each but English is a file of its own, and is stored on the device with the app. */
const files = import.meta.glob<Language['messages']>(['../locales/*.json', '!../locales/en.json'], {
  query: '?all',
  import: 'default',
})

const tags: readonly string[] = ['en', ...Object.keys(files).map((path) => path.replaceAll(/.*\/|\.json$/g, ''))]

/** Language and script: who reads Punjabi in Arabic letters is not helped by Gurmukhi. */
function writingOf(tag: string): string {
  try {
    const { language: spoken, script } = new Intl.Locale(tag).maximize()
    return `${spoken}-${script}`
  } catch {
    // Some browsers name a language that none of their own functions takes.
    return tag
  }
}

/** The first of a device's languages that is offered, else English. */
export const preferred = (wanted: readonly string[], offered = tags): string =>
  wanted.flatMap((want) => offered.find((tag) => writingOf(tag) === writingOf(want)) ?? [])[0] ?? 'en'

/** How the device itself writes dates and numbers in this language, else how India does. */
export const localeOf = (tag: string, wanted: readonly string[]): string =>
  wanted.find((want) => writingOf(want) === writingOf(tag)) ?? `${tag}-IN`

/** Which way its letters run. */
export const directionOf = (tag: string): 'ltr' | 'rtl' => (tag === 'ur' ? 'rtl' : 'ltr')

let latest: string | undefined

/** Speaks the language that was chosen here, else the device's. English, where its file is gone from the device. */
export async function speak(chosen: string | undefined): Promise<void> {
  const wished = chosen !== undefined && tags.includes(chosen) ? chosen : preferred(navigator.languages)
  latest = wished
  const messages = await files[`../locales/${wished}.json`]?.().catch(() => undefined)
  // Somebody chose once more in the meantime.
  if (latest !== wished) return
  const tag = messages ? wished : 'en'
  document.documentElement.lang = tag
  document.documentElement.dir = directionOf(tag)
  language.write({ tag, locale: localeOf(tag, navigator.languages), messages: messages ?? {} })
}
