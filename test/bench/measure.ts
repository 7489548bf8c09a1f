// Sizes of the built gate, as bench:size prints them and a test bounds them.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

export interface Part {
  readonly name: string
  readonly bytes: number
  readonly gzip: number
}

export interface Sizes {
  /** JavaScript that the page itself runs before the scan screen is there: the entry and what it imports at once. */
  readonly beforeUsable: readonly Part[]
  /** The reader's worker and its wasm, on a thread of their own. */
  readonly reader: readonly Part[]
  /** Chunks that are loaded when they are needed. */
  readonly later: readonly Part[]
  readonly precached: readonly Part[]
}

export function measure(dir: string): Sizes {
  const part = (name: string): Part => {
    const content = readFileSync(join(dir, name))
    return { name, bytes: content.length, gzip: gzipSync(content, { level: 9 }).length }
  }
  const [, entry = ''] = /<script[^>]+src="\.\/([^"]+)"/.exec(readFileSync(join(dir, 'index.html'), 'utf8')) ?? []
  const before = importedAtOnce(dir, entry)
  const assets = readdirSync(join(dir, 'assets')).map((name) => `assets/${name}`)
  return {
    beforeUsable: [...before].map(part),
    reader: assets.filter(isReader).map(part),
    later: assets.filter((name) => name.endsWith('.js') && !before.has(name) && !isReader(name)).map(part),
    precached: precachedIn(dir).map(part),
  }
}

const isReader = (name: string): boolean => /reader\.worker.*\.js$|\.wasm$/.test(name)

/** A chunk and the chunks that it imports statically, and so on. */
function importedAtOnce(dir: string, name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found
  found.add(name)
  const source = readFileSync(join(dir, name), 'utf8')
  for (const [, file] of source.matchAll(/(?:^|[;}])import(?:[^"'()]*from)?["']\.\/([^"']+)["']/g)) {
    importedAtOnce(dir, `assets/${file}`, found)
  }
  return found
}

function precachedIn(dir: string): string[] {
  return [...readFileSync(join(dir, 'sw.js'), 'utf8').matchAll(/["'`]?\burl["'`]?:\s*["'`]([^"'`]+)["'`]/g)].map(
    ([, url = '']) => url,
  )
}
