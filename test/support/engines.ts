// Where this machine has each browser engine, if it has it.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { findChromium } from './chromium.ts'

export type EngineName = 'Chromium' | 'Firefox' | 'WebKitGTK'

const onPath = (commands: readonly string[]): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => commands.map((command) => join(folder, command)))
    .find((path) => existsSync(path))

/** Debian keeps WebKitGTK's little browser with the library that it was built with. */
const miniBrowsers = ['4.1', '4.0', '6.0'].flatMap((version) =>
  ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-${version}/MiniBrowser`),
)

function findWebKit(): string | undefined {
  const needed = [onPath(['WebKitWebDriver']), onPath(['xvfb-run']), onPath(['xauth'])]
  return needed.includes(undefined) ? undefined : miniBrowsers.find((path) => existsSync(path))
}

export const findEngines = (): { name: EngineName; path: string | undefined }[] => [
  { name: 'Chromium', path: findChromium() },
  { name: 'Firefox', path: onPath(['firefox-esr', 'firefox']) },
  { name: 'WebKitGTK', path: findWebKit() },
]
