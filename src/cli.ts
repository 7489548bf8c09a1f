// kycvs: the command line of the issuer, the root and the gate (docs/profile.md, section 9).
// Exit codes: 0 all is well, 1 a code was not verified, 2 something was asked for that cannot be done.
import { Command, CommanderError } from '@commander-js/extra-typings'
import { addConfig } from './cli/config.ts'
import { addEnrol } from './cli/enrol.ts'
import { addEntities } from './cli/entity.ts'
import { addEntry } from './cli/entry.ts'
import { addHeaders } from './cli/headers.ts'
import { addIssue } from './cli/issue.ts'
import { addKeygen } from './cli/keygen.ts'
import { addKeys } from './cli/keys.ts'
import { addPurge } from './cli/purge.ts'
import { addRegister } from './cli/register.ts'
import { addRevoke } from './cli/revoke.ts'
import { addServe } from './cli/serve.ts'
import { addTrust } from './cli/trust.ts'
import { addVerify } from './cli/verify.ts'

const program = new Command('kycvs')
  .description('signed vaccination-status codes: keys, tokens, trust lists, verdicts')
  .exitOverride()
  .showHelpAfterError('(--help shows the options and an example)')
for (const add of [addKeygen, addIssue, addRevoke, addTrust, addVerify, addConfig, addServe]) add(program)
for (const add of [addRegister, addEntities, addKeys, addEntry, addPurge, addHeaders, addEnrol]) add(program)

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  process.exitCode = error.exitCode === 0 ? 0 : 2
}
