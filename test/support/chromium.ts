// A Chromium for the tests, found in this order: CHROME_PATH, an installed one, Playwright's own. test/support/install-browsers.ts
// brings one when there is none. A test that needs a browser is never skipped for want of one: it fails and says what to do.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright'

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const elsewhere = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** Chromium refuses its own sandbox to root; the rest keeps it from phoning home in the middle of a test. */
export const chromiumArgs: readonly string[] = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--no-first-run',
]

let found: string | undefined

/** The path of a Chromium that starts. Throws, and says what to do, when there is none. */
export function chromiumPath(): string {
  found ??= findChromium()
  if (found !== undefined) return found
  throw new Error(
    'No Chromium was found. Run `npx tsx test/support/install-browsers.ts`, install Chromium or Chrome, or set CHROME_PATH to one.',
  )
}

/** Looks for a Chromium, afresh each time. A `CHROME_PATH` that leads nowhere is an error: somebody meant it. */
export function findChromium(): string | undefined {
  const stated = process.env['CHROME_PATH']
  if (stated) {
    if (starts(stated)) return stated
    throw new Error(`CHROME_PATH is ${stated}, which does not start. Correct it, or unset it to have one looked for.`)
  }
  const onPath = (process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => commands.map((c) => join(folder, c)))
  return [...onPath, ...elsewhere, chromium.executablePath()].find(starts)
}

/** Ubuntu's `chromium-browser` may be a stub that only tells one to install a snap; so asking its version is the test. */
function starts(path: string): boolean {
  if (!existsSync(path)) return false
  if (process.platform === 'win32') return true
  try {
    return /chrom/i.test(execFileSync(path, ['--version'], { encoding: 'utf8', stdio: 'pipe', timeout: 30_000 }))
  } catch {
    return false
  }
}
