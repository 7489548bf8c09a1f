// `kycvs register erase`: one person, at their request. Number and name come from standard input alone, for what is typed as
// an argument stays in the shell's history and shows in the list of processes.
import type { Command } from '@commander-js/extra-typings'
import { createInterface } from 'node:readline'
import type { Held } from '../issuer/service/erasure.ts'
import { day, fail } from './input.ts'
import { retentionOption } from './serve-issuer.ts'
import { databaseOption, dirOption, readPepper, withDatabase } from './service.ts'

const EXAMPLE = `
Asks for the mobile number and the full name, says what is held, and asks again. Not at a terminal, it takes both from the
first two lines of standard input, and must be told --yes.

Erased: the person's line of the register, their open OTPs and sessions. Their valid codes are revoked: a running service
signs its lists again within a minute, any other at its next start. Kept: the record of their consents, under a keyed hash,
until its retention ends; counts against abuse, two hours at most. Others of the same number are left alone. The next
"register import" of a file that still has the person puts them back: take them out there first.

Example:
  kycvs register erase
  kycvs register erase --yes < person.txt
`

const PROMPTS = ['Mobile number: ', 'Full name: '] as const

/** Adds `erase` to `kycvs register`. */
export function addErase(register: Command): void {
  register
    .command('erase')
    .description('erase one person, whose number and name come from standard input')
    .option('--yes', 'erase without asking again')
    .addOption(dirOption())
    .addOption(databaseOption())
    .addOption(retentionOption().default(365))
    .addHelpText('after', EXAMPLE)
    .action(async ({ yes = false, retentionDays, ...home }, command) => {
      const { erase, heldOf } = await import('../issuer/service/erasure.ts')
      const { keyedHash } = await import('../issuer/service/keyed-hash.ts')
      const { readPerson } = await import('../issuer/service/person.ts')
      const isTerminal = process.stdin.isTTY
      if (!isTerminal && !yes) fail(command, 'Not at a terminal, say --yes: nobody is there to be asked again.')
      const ask = asker(isTerminal)
      try {
        const [mobile, name] = [await ask(PROMPTS[0]), await ask(PROMPTS[1])]
        const person = readPerson(keyedHash(await readPepper(command, home.dir)), mobile, name)
        if (!person) {
          return fail(
            command,
            'The first line must be a mobile number (E.164, or the ten digits of an Indian one), the second a full name.',
          )
        }
        await withDatabase(command, home, async ({ sql }) => {
          const held = await heldOf(sql, person.key)
          if (!held.onRegister && held.open === 0 && held.consents === 0) {
            fail(command, 'Nothing is held of this number with this name. Check how the name is spelt, and --dir.')
          }
          process.stderr.write(heldWords(held))
          if (!yes && (await ask('Type "yes" to erase: ')) !== 'yes') fail(command, 'Nothing was erased.')
          const { onRegister, open, tokens } = await erase(sql, person.key)
          const line = onRegister ? 'the line of the register' : 'no line of the register, for there was none'
          const gone = `Erased: ${line}; ${open} open OTPs and sessions. Codes revoked: ${tokens}.\n`
          process.stdout.write(gone + keptWords(held, retentionDays))
        })
      } finally {
        ask.close()
      }
    })
}

const heldWords = ({ onRegister, open, tokens, consents }: Held): string =>
  `On the register: ${onRegister ? 'yes' : 'no'}. Open OTPs and sessions: ${open}. Valid codes: ${tokens}. Consents on record: ${consents}.\n`

function keptWords({ consents, lastToken }: Held, retentionDays: number): string {
  if (consents === 0 || lastToken === null) return 'Nothing of the person is kept.\n'
  const until = day(Math.floor(lastToken.getTime() / 1000) + retentionDays * 86_400)
  return `Kept: the record of ${consents} consents, under a keyed hash, until ${until} at the latest.\n`
}

interface Asker {
  (prompt: string): Promise<string>
  readonly close: () => void
}

/** Reads a line of standard input, which is asked for at a terminal. After the last line there are empty ones. */
function asker(isTerminal: boolean): Asker {
  const reader = createInterface({ input: process.stdin, output: process.stderr, terminal: isTerminal })
  const lines = reader[Symbol.asyncIterator]()
  const ask = async (prompt: string): Promise<string> => {
    if (isTerminal) {
      reader.setPrompt(prompt)
      reader.prompt()
    }
    const { value, done } = await lines.next()
    return done ? '' : value.trim()
  }
  return Object.assign(ask, { close: () => reader.close() })
}
