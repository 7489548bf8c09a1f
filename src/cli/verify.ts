import type { Command } from '@commander-js/extra-typings'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { openBelief } from '../core/belief.ts'
import type { StatusListFault } from '../core/status-list.ts'
import type { TrustListFault } from '../core/trust-list.ts'
import type { Verdict } from '../core/verdict.ts'
import { verify } from '../core/verify.ts'
import { inflate } from '../inflate.ts'
import { readConfig } from './config.ts'
import { clock, count, failOnFile, readText, systemCode } from './input.ts'
import { codeLines } from './lines.ts'

const EXAMPLE = `
Reads one code a line and prints one verdict a line, in order. Exit code 0: every code is verified. 1: some are not.

Example:
  kycvs verify --config config.json --trust trust.jwt --status-list 7.jwt < codes.txt
`

const TRUST_FAULTS = {
  'not-a-trust-list': 'it is no trust list',
  'unknown-root': 'no root in the config signed it',
  'bad-signature': 'its signature does not hold',
  'bad-claims': 'its claims are not what the profile asks for',
  'below-floor': 'its seq is below the "minSeq" of the config',
} satisfies Record<TrustListFault, string>

const STATUS_FAULTS = {
  'not-a-status-list': 'it is no status list',
  'not-named': 'no issuer in the trust list names it',
  'bad-signature': 'no key of the issuer that names it signed it',
  'bad-claims': 'its claims are not what the profile asks for',
} satisfies Record<StatusListFault, string>

/** How many codes are judged at a time: signatures are checked on other threads. */
const IN_FLIGHT = 32

/** `kycvs verify`: codes in, verdicts out. */
export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('judge codes, one a line, from standard input')
    .requiredOption('--config <file>', "the gate's config.json")
    .requiredOption('--trust <file>', 'the trust list (JWT)')
    .option('--status-list <file...>', 'status lists (JWT)')
    .option('--now <seconds>', 'the time to judge at, since 1970 UTC (default: the clock)', count)
    .addHelpText('after', EXAMPLE)
    .action(async ({ config: configFile, trust, statusList = [], now }, command) => {
      const config = await readConfig(command, configFile)
      const held = {
        trustList: (await readText(command, trust)).trim(),
        statusLists: await Promise.all(statusList.map(async (path) => (await readText(command, path)).trim())),
      }
      const { belief, trustFault, statusFaults } = await openBelief(held, config, inflate, 0)
      if (trustFault) process.stderr.write(`kycvs: ${trust}: ${TRUST_FAULTS[trustFault]}. No key is known.\n`)
      for (const fault of statusFaults) process.stderr.write(`kycvs: a status list: ${STATUS_FAULTS[fault]}.\n`)
      try {
        const all = await judgeLines(process.stdin, process.stdout, (code) => verify(code, belief, now ?? clock()))
        if (!all) process.exitCode = 1
      } catch (error) {
        failOnFile(command, 'standard input or output', error)
      }
    })
}

/**
 * Judges each line of `input` and writes the verdicts to `output` in the same order, each as soon as it is known and
 * `output` takes it. When the reader of `output` goes away, it ends.
 * @returns whether every one was `verified`
 */
export async function judgeLines(
  input: AsyncIterable<Uint8Array>,
  output: Writable,
  judge: (code: string) => Promise<Verdict>,
): Promise<boolean> {
  let all = true
  const verdicts = Readable.from(codeLines(input)).map(
    async (code: string) => {
      const verdict = await judge(code)
      if (verdict.kind !== 'verified') all = false
      return `${JSON.stringify(shown(verdict))}\n`
    },
    { concurrency: IN_FLIGHT },
  )
  try {
    await pipeline(verdicts, output)
  } catch (error) {
    if (systemCode(error) !== 'EPIPE') throw error
  }
  return all
}

/** What of a verdict the profile puts on a line (section 9). */
function shown(verdict: Verdict): { kind: 'verified'; status: number } | Exclude<Verdict, { kind: 'verified' }> {
  return verdict.kind === 'verified' ? { kind: verdict.kind, status: verdict.status } : verdict
}
