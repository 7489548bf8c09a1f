// What the screens of scanning, of the verdicts and of a crash say. The words themselves are in ../locales, one file a
// language; ids that begin with `page.` are said by page-words.ts, which is loaded with the pages.
import format, { type FormatOptions, type FormatValues } from 'icu-minify/format'
import { timesIn } from '../../browser/format.ts'
import type source from '../locales/en.json'
import start from '../locales/en.json?start'
import { language, perLanguage } from './language.ts'

/** The English file is the source: an id that is not in it does not compile. */
export type Id = keyof typeof source
export type PageId = Extract<Id, `page.${string}`>
export type StartId = Exclude<Id, PageId>

const formatters: FormatOptions['formatters'] = {
  getNumberFormat: (locale, options) => new Intl.NumberFormat(locale, options),
  getDateTimeFormat: (locale, options) => new Intl.DateTimeFormat(locale, options),
  getPluralRules: (locale, options) => new Intl.PluralRules(locale, options),
}

/** Says a message in the language that is on; in English, where that language does not have it. */
export function speaker(english: typeof start): (id: Id, values?: FormatValues<string>) => string {
  return (id, values) => {
    const { tag, locale, messages } = language.read()
    const own = messages[id]
    const said =
      own === undefined
        ? format(english[id] ?? id, tag === 'en' ? locale : 'en-IN', values, { formatters })
        : format(own, locale, values, { formatters })
    return typeof said === 'string' ? said : said.join('')
  }
}

export const say: (id: StartId, values?: FormatValues<string>) => string = speaker(start)

const times = perLanguage(timesIn)

/** "3 hours ago", "in 6 days". Seconds since 1970 UTC. */
export const fromNow = (at: number, now: number): string => times().fromNow(at, now)

/** "24 Nov 2026, 10:15". Seconds since 1970 UTC. */
export const onClock = (at: number): string => times().onClock(at)
