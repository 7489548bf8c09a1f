import type { Command } from '@commander-js/extra-typings'
import { isPlaceFault, openConfig, type Config, type ConfigFault } from '../core/belief.ts'
import type { PlaceFault } from '../core/place.ts'
import { ACTION_LENGTH, policySounds, RETURN_AFTER } from '../core/policies.ts'
import { fail, readText, type Fallible } from './input.ts'

const EXAMPLE = `
Reads a config.json as a gate does, and names the member at fault. Exit code 0: a gate takes it. 2: it does not.

Example:
  kycvs config config.json
`

const CONFIG_FAULTS = {
  json: 'it is no JSON object',
  operator: '"operator" must be a text',
  gate: '"gate" must be a text',
  audience: '"audience" must be a text',
  trustList: '"trustList" must be a URL',
  minSeq: '"minSeq" must be a whole number, 0 or more',
  roots: '"roots" must be an array of public keys, one at least',
} satisfies Record<Exclude<ConfigFault, PlaceFault>, string>

/** By the last member of the way to it. */
const PLACE_FAULTS: Readonly<Record<string, string>> = {
  policies: 'must be an object of "full", "partly" and "none", or of some of them',
  full: 'must be an object of "action", "bearer", "sound" and "returnAfter", or of some of them',
  action: `must be a line of text with no more than ${ACTION_LENGTH} characters and none that is invisible, or an object of such lines by language tag`,
  bearer: 'must be as an action is',
  returnTo:
    "must be an array of plain https: addresses (lower-case host, a path of letters, digits and . _ ~ -, no query), each all of a page's, or ending in / for all below it",
  sound: `must be one of ${policySounds.join(', ')}, and (unless silent) no other status's`,
  returnAfter: `must be a whole number of seconds from ${RETURN_AFTER.least} to ${RETURN_AFTER.most}`,
}

function wordsOf(fault: ConfigFault): string {
  if (!isPlaceFault(fault)) return CONFIG_FAULTS[fault]
  const last = fault.split('.').at(-1) ?? ''
  const rule = PLACE_FAULTS[last === 'partly' || last === 'none' ? 'full' : last] ?? 'is no member of a policy'
  return `"${fault}" ${rule}`
}

/** The config in a file; a run ends where a gate would judge nobody by it. */
export async function readConfig(command: Fallible, path: string): Promise<Config> {
  const config = await openConfig(await readText(command, path))
  return config.ok ? config.value : fail(command, `${path}: ${wordsOf(config.fault)}.`)
}

/** `kycvs config`: whether a gate takes a config.json. */
export function addConfig(program: Command): void {
  program
    .command('config')
    .description("check a gate's config.json")
    .argument('<file>', 'the file')
    .addHelpText('after', EXAMPLE)
    .action(async (path, _options, command) => {
      await readConfig(command, path)
      process.stdout.write(`${path}: a gate takes it.\n`)
    })
}
