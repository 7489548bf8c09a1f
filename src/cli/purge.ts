import type { Command } from '@commander-js/extra-typings'
import { retentionOption } from './serve-issuer.ts'
import { databaseOption, dirOption, withDatabase } from './service.ts'

const EXAMPLE = `
A running service does this every hour. Example:
  kycvs purge --retention-days 365
`

/** `kycvs purge`: deletes what has served its time. */
export function addPurge(program: Command): void {
  program
    .command('purge')
    .description('delete what the issuer’s service need no longer keep')
    .addOption(dirOption())
    .addOption(databaseOption())
    .addOption(retentionOption().default(365))
    .addHelpText('after', EXAMPLE)
    .action(async ({ retentionDays, ...home }, command) => {
      const { purge } = await import('../issuer/service/purge.ts')
      const purged = await withDatabase(command, home, ({ sql }) => purge(sql, retentionDays))
      process.stdout.write(purged ? `${JSON.stringify(purged)}\n` : 'Another process is at it.\n')
    })
}
