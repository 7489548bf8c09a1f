// bench:size: what the gate weighs on its way to a phone, from dist/gate.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { fixed, report, say, type Table } from './figures.ts'
import { measure, type Part } from './measure.ts'

const dir = 'dist/gate'

if (!existsSync(join(dir, 'index.html'))) {
  say('There is no built gate in dist/gate. Run: npm run build')
  process.exit(2)
}

const kilobytes = (bytes: number): string => fixed(bytes / 1000, 1)

function weigh(parts: readonly Part[]) {
  const sum = (weight: (part: Part) => number): number => parts.reduce((total, part) => total + weight(part), 0)
  return {
    bytes: sum(({ bytes }) => bytes),
    gzip: sum(({ gzip }) => gzip),
    brotli: sum(({ name }) => brotliCompressSync(readFileSync(join(dir, name))).length),
  }
}

const { beforeUsable, reader, later, precached } = measure(dir)
const figures = {
  'JavaScript of the page before the scan screen is usable (wanted: 95 kB gzip)': weigh(beforeUsable),
  'the fast reader: worker, on its own thread': weigh(reader.filter(({ name }) => name.endsWith('.js'))),
  'the fast reader: wasm': weigh(reader.filter(({ name }) => name.endsWith('.wasm'))),
  'the compatible reader, only where the fast one does not start': weigh(
    later.filter(({ name }) => name.includes('compatible')),
  ),
  'other pages and updates, when they are opened': weigh(later.filter(({ name }) => !name.includes('compatible'))),
  'everything precached (wanted: 1,000 kB gzip)': weigh(precached),
}
const rows = Object.entries(figures).map(([name, { bytes, gzip, brotli }]) => [
  name,
  ...[bytes, gzip, brotli].map(kilobytes),
])
const table: Table = [['kB (1,000 bytes)', 'raw', 'gzip -9', 'brotli'], ...rows]
report(figures, [table])
