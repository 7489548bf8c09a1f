// The gate's languages as files, and what can be wrong with one: what a translator is told, and what a test refuses.
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

export type Catalogue = ReadonlyMap<string, string>

const folder = 'src/gate/locales'

/** English first: the source. */
export const tags: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => basename(name, '.json'))
  .toSorted((a, b) => Number(b === 'en') - Number(a === 'en') || a.localeCompare(b))

export function catalogue(tag: string): Catalogue {
  const parsed: unknown = JSON.parse(readFileSync(join(folder, `${tag}.json`), 'utf8'))
  if (typeof parsed !== 'object' || parsed === null) throw new Error(`${tag}.json is no object`)
  return new Map(
    Object.entries(parsed).map(([id, message]) => {
      if (typeof message !== 'string') throw new Error(`${tag}.json: ${id} is no text`)
      return [id, message]
    }),
  )
}

export const english = catalogue('en')

/** The names and the kinds of what is filled in, "scans plural", wherever in the message. */
export function slotsOf(elements: readonly MessageFormatElement[]): Set<string> {
  const found = new Set<string>()
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue
    found.add(`${element.value} ${TYPE[element.type]}`)
    const options = element.type === TYPE.plural || element.type === TYPE.select ? Object.values(element.options) : []
    for (const slot of options.flatMap(({ value }) => [...slotsOf(value)])) found.add(slot)
  }
  return found
}

/** Messages that a language must have before it is offered: no verdict is half in another language. */
export const isStart = (id: string): boolean => !id.startsWith('page.')

export const missingIn = (messages: Catalogue): string[] => [...english.keys()].filter((id) => !messages.has(id))

/** Names, which are the same in every language. */
const names = new Set(['app.name'])

function faultOf(tag: string, id: string, message: string): string | undefined {
  const source = english.get(id)
  if (source === undefined) return 'is no id of the English file'
  if (message.trim() === '') return 'is empty'
  if (message.includes("'")) return 'has a straight apostrophe, which ICU takes for a sign of its own: write ’'
  let elements: MessageFormatElement[]
  try {
    elements = parse(message)
  } catch (error) {
    return `is no ICU message: ${error instanceof Error ? error.message : 'unreadable'}`
  }
  const [slots, wanted] = [slotsOf(elements), slotsOf(parse(source))].map((set) => [...set].toSorted().join(', '))
  if (slots !== wanted) return `fills in “${slots}”, and the English “${wanted}”`
  const needs = new Intl.PluralRules(tag).resolvedOptions().pluralCategories
  for (const element of elements) {
    if (element.type !== TYPE.plural) continue
    const without = needs.filter((category) => !(category in element.options))
    if (without.length > 0) return `lacks the plural of “${without.join(', ')}”`
  }
  const { script = '' } = new Intl.Locale(tag).maximize()
  // “PIN”, or a date alone: there is nothing to say in another script.
  const isWorded = /\p{Ll}/u.test(source.replaceAll(/\{[^}]*\}/g, ''))
  if (isWorded && !names.has(id) && !new RegExp(`\\p{Script=${script}}`, 'u').test(message))
    return `has no letter of ${script}`
  return undefined
}

/** What is wrong in a language's file, in words, each with its id. */
export function faultsIn(tag: string, messages: Catalogue): string[] {
  return [...messages].flatMap(([id, message]) => {
    const fault = faultOf(tag, id, message)
    return fault === undefined ? [] : [`${tag}.json: ${id} ${fault}`]
  })
}
