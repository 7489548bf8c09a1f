// The last step of `npm run build`: dist/SHA256SUMS, as `sha256sum --check` reads it, over every file of the built pages.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const lines = ['gate', 'holder'].flatMap((page) =>
  readdirSync(join('dist', page), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'))
    .toSorted()
    .map((path) => `${createHash('sha256').update(readFileSync(path)).digest('hex')}  ${path.replace('dist/', '')}\n`),
)
writeFileSync('dist/SHA256SUMS', lines.join(''))
