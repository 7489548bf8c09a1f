// The languages of the gate, compiled: src/gate/locales/*.json hold ICU messages, and no phone should have to parse them.
import compile from 'icu-minify/compile'
import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

type Messages = Readonly<Record<string, string>>

const compiled = (messages: Messages, wants: (id: string) => boolean) =>
  Object.fromEntries(
    Object.entries(messages)
      .filter(([id]) => wants(id))
      .map(([id, message]) => [id, compile(message)]),
  )

const isPage = (id: string): boolean => id.startsWith('page.')

/** What `import … from 'hi.json?part'` gives. */
const parts: Readonly<Record<string, (messages: Messages) => unknown>> = {
  all: (messages) => compiled(messages, () => true),
  start: (messages) => compiled(messages, (id) => !isPage(id)),
  page: (messages) => compiled(messages, isPage),
  name: (messages) => messages['language.name'],
}

/** A file and the part that is wanted of it, and the same once it is no JSON any more. */
const asked = /^(.*)\.json\?(all|start|page|name)$/
const resolved = /^(.*)\.(all|start|page|name)\.catalogue$/

/** A message that is no ICU fails the build. */
export const catalogues = (): Plugin => ({
  name: 'catalogues',
  enforce: 'pre',
  async resolveId(source, importer) {
    const [, path, part] = asked.exec(source) ?? []
    if (path === undefined) return undefined
    const file = await this.resolve(`${path}.json`, importer)
    return file?.id.replace(/json$/, `${part}.catalogue`)
  },
  load(id) {
    const [, path, part = ''] = resolved.exec(id) ?? []
    const make = parts[part]
    if (path === undefined || !make) return undefined
    const file = `${path}.json`
    this.addWatchFile(file)
    const messages: Messages = JSON.parse(readFileSync(file, 'utf8'))
    return { code: `export default ${JSON.stringify(make(messages))}`, moduleType: 'js' }
  },
})
