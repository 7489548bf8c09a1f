import type { Command } from '@commander-js/extra-typings'
import { clock, httpsUrl, someText } from './input.ts'
import { databaseOption, dirOption, readKeys, withDatabase } from './service.ts'

const EXAMPLE = `
Where the root is another's, this is what it needs for the trust list. Lists are made two weeks ahead, so that the trust
list names each before its first token: print this, and have it signed, once a week.

Example:
  kycvs entry --issuer https://kycvs.example --name "Example Health Authority" > issuers.json
  kycvs trust --root root.jwk --issuers issuers.json --out trust.jwt
`

/** `kycvs entry`: the issuer's service as a trust list names it. */
export function addEntry(program: Command): void {
  program
    .command('entry')
    .description('print the issuer’s service as a trust list names it')
    .requiredOption('--issuer <url>', 'the issuer’s URL', httpsUrl)
    .requiredOption('--name <name>', 'as gates show it', someText)
    .addOption(dirOption())
    .addOption(databaseOption())
    .addHelpText('after', EXAMPLE)
    .action(async ({ issuer, name, ...home }, command) => {
      const { issuerEntry } = await import('../issuer/service/own-trust-list.ts')
      const { LIST_LIFE, statusListsOf } = await import('../issuer/service/status-lists.ts')
      const now = clock()
      const keys = await readKeys(command, home.dir, now)
      const entry = await withDatabase(command, home, async ({ sql }) => {
        const iss = issuer.replace(/\/+$/, '')
        const lists = statusListsOf(sql, { issuer: iss, keys, life: LIST_LIFE })
        await lists.prepare(now)
        return issuerEntry({ iss, name }, keys, lists, now)
      })
      process.stdout.write(`${JSON.stringify([entry], undefined, 2)}\n`)
    })
}
