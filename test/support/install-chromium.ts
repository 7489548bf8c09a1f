// Run by `npm test` before vitest: makes sure that there is a Chromium, and says which. See chromium.ts for the order.
import { spawnSync } from 'node:child_process'
import { findChromium } from './chromium.ts'

const minute = 60_000

function attempt(command: string, args: readonly string[], limit: number): void {
  process.stdout.write(`No Chromium yet: ${command} ${args.join(' ')}\n`)
  const { error, status, signal } = spawnSync(command, args, {
    stdio: 'inherit',
    timeout: limit,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (error ?? status !== 0) process.stdout.write(`… did not work (${error?.message ?? signal ?? `exit ${status}`})\n`)
}

if (!findChromium()) attempt('npx', ['--no-install', 'playwright', 'install', 'chromium'], 5 * minute)
if (!findChromium() && process.getuid?.() === 0) {
  attempt('apt-get', ['update', '-qq'], 2 * minute)
  attempt('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], 10 * minute)
}

const path = findChromium()
if (path === undefined) {
  process.stderr.write(
    'The browser tests need Chromium, and it could not be installed. Install Chromium or Chrome by hand, or set CHROME_PATH to one.\n',
  )
  process.exit(1)
}
process.stdout.write(`Chromium: ${path}\n`)
