// Run by `npm test` and `npm run test:engines` before vitest: brings the browsers that are missing, where it can, and says which
// there are. Without Chromium there is no test; without Firefox or WebKitGTK only with `--all`. See chromium.ts for its order.
import { spawnSync } from 'node:child_process'
import { findEngines, type EngineName } from './engines.ts'

const minute = 60_000

/** Debian's packages; other systems bring their own. */
const packages: Readonly<Record<EngineName, readonly string[]>> = {
  Chromium: ['chromium'],
  Firefox: ['firefox-esr'],
  WebKitGTK: ['webkit2gtk-driver', 'xvfb', 'xauth'],
}

function attempt(command: string, args: readonly string[], limit: number): void {
  process.stdout.write(`Something is missing: ${command} ${args.join(' ')}\n`)
  const { error, status, signal } = spawnSync(command, args, {
    stdio: 'inherit',
    timeout: limit,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (error ?? status !== 0) process.stdout.write(`… did not work (${error?.message ?? signal ?? `exit ${status}`})\n`)
}

/** Letters of every language that the gate speaks, for the test that none is a box: Oriya stands for them all. */
function hasFonts(): boolean {
  const { error, stdout } = spawnSync('fc-list', [':lang=or'], { encoding: 'utf8' })
  return !error && stdout.trim() !== ''
}

const missing = (): EngineName[] => findEngines().flatMap(({ name, path }) => (path === undefined ? [name] : []))

if ((missing().length > 0 || !hasFonts()) && process.platform === 'linux' && process.getuid?.() === 0) {
  attempt('apt-get', ['update', '-qq'], 2 * minute)
  const fonts = hasFonts() ? [] : ['fontconfig', 'fonts-noto-core']
  const wanted = missing().flatMap((name) => packages[name])
  attempt('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...wanted, ...fonts], 10 * minute)
}
if (missing().includes('Chromium')) attempt('npx', ['--no-install', 'playwright', 'install', 'chromium'], 5 * minute)

for (const { name, path } of findEngines()) process.stdout.write(`${name}: ${path ?? 'none; its tests are skipped'}\n`)

const needed = process.argv.includes('--all') ? missing() : missing().filter((name) => name === 'Chromium')
if (needed.length > 0) {
  const hints = 'Install it by hand; for Chromium or Chrome, CHROME_PATH may name one.'
  process.stderr.write(`These tests need ${needed.join(' and ')}, which could not be installed. ${hints}\n`)
  process.exit(1)
}
