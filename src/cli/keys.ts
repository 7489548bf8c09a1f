import { Option, type Command } from '@commander-js/extra-typings'
import { clock, count, day, failOnFile, systemCode } from './input.ts'
import { dirOption, keysDir } from './service.ts'

const EXAMPLE = `
The new key signs at once, or from a given time on. The old one stays published for 28 days, until its last token has run
out. Gates know a new key once they have a trust list that names it: where gates are seldom online, use --ahead.

Example:
  kycvs keys rotate
  kycvs keys rotate --ahead 72
  kycvs keys list
`

/** `kycvs keys`: the keys of an issuer's service and their succession. */
export function addKeys(program: Command): void {
  const keys = program.command('keys').description('the keys of the issuer’s service').addHelpText('after', EXAMPLE)
  keys
    .command('rotate')
    .description('make a new key that takes over')
    .addOption(dirOption())
    .addOption(new Option('--alg <name>', 'algorithm').choices(['ES256', 'Ed25519']).default('ES256'))
    .option('--ahead <hours>', 'hours until it signs; it is published at once', count, 0)
    .addHelpText('after', EXAMPLE)
    .action(async ({ dir, alg, ahead }, command) => {
      const { rotateKeys } = await import('../issuer/service/keys.ts')
      const rotation = await rotateKeys(keysDir(dir), alg, clock(), ahead * 3600).catch((error: unknown) =>
        systemCode(error) === undefined ? Promise.reject(error) : failOnFile(command, keysDir(dir), error),
      )
      const { kid, from, removed } = rotation
      process.stdout.write(`${kid} signs from ${day(from)}\n`)
      for (const old of removed) process.stdout.write(`${old} removed: its last token has run out\n`)
    })
  keys
    .command('list')
    .description('print the published keys, one JSON a line')
    .addOption(dirOption())
    .action(async ({ dir }, command) => {
      const { keysInFolder } = await import('../issuer/service/keys.ts')
      const found = await keysInFolder(keysDir(dir))
        .published(clock())
        .catch((error: unknown) => failOnFile(command, keysDir(dir), error))
      for (const key of found) process.stdout.write(`${JSON.stringify(key)}\n`)
    })
}
