import type { Command } from '@commander-js/extra-typings'
import { payloadOf } from '../core/compact.ts'
import { STATUS_LIST_ENTRIES, type StatusListFault } from '../core/status-list.ts'
import { replaceFile } from '../issuer/replace-file.ts'
import type { PrivateJwk } from '../issuer/sign.ts'
import { createStatusList, openOwnStatusList, revokeIn, type Renewal } from '../issuer/status-list.ts'
import {
  clock,
  count,
  counts,
  day,
  fail,
  failOnFile,
  httpsUrl,
  readIfThere,
  readKeyFile,
  type Fallible,
} from './input.ts'

const EXAMPLE = `
The list is signed again each time, so run it without --idx to make it last longer. Gates ignore a list that has expired,
and then cannot check the tokens that name it.

Example:
  kycvs revoke --create --list 7.jwt --uri https://kycvs.example/status/7 --size 100000 --key issuer.jwk
  kycvs revoke --list 7.jwt --idx 1234 5678 --key issuer.jwk
`

const FAULTS = {
  'not-a-status-list': 'is not a status list',
  'not-named': 'names no https: URI',
  'bad-signature': 'was not signed by the key in --key',
  'bad-claims': 'is a broken status list',
} satisfies Record<StatusListFault, string>

const DEFAULT_SIZE = 2 ** 17

/** `kycvs revoke`: a status list, signed again with more entries revoked. */
export function addRevoke(program: Command): void {
  program
    .command('revoke')
    .description('revoke entries of a status list, or create one')
    .requiredOption('--list <file>', 'the status list (JWT), renewed in its place')
    .requiredOption('--key <file>', "the issuer's private key")
    .option('--idx <n...>', 'the entries to revoke', counts)
    .option('--days <n>', 'how long the list lasts from now', count, 7)
    .option('--create', 'make a new list')
    .option('--uri <url>', 'where gates fetch it, as the trust list names it', httpsUrl)
    .option('--size <n>', `entries of a new list (default: ${DEFAULT_SIZE})`, count)
    .addHelpText('after', EXAMPLE)
    .action(async ({ list, key: keyFile, idx = [], days, create, uri, size }, command) => {
      if (days === 0) fail(command, '--days must be 1 or more.')
      const key = await readKeyFile(command, keyFile)
      const renewal = { revoke: idx, now: clock(), life: days * 86_400 }
      const there = await readIfThere(command, list)
      if (create && there !== undefined) fail(command, `${list} is there already. Leave out --create to renew it.`)
      if (!create && there === undefined) fail(command, `${list} is not there. Make it with --create --uri URL.`)
      if (!create && size !== undefined) fail(command, '--size goes with --create: a list keeps its size.')
      const jws =
        there === undefined
          ? await make(command, uri, size ?? DEFAULT_SIZE, renewal, key)
          : await renew(command, list, there.trim(), uri, renewal, key)
      try {
        await replaceFile(list, jws)
      } catch (error) {
        failOnFile(command, list, error)
      }
      process.stdout.write(`${list}: ${idx.length} revoked, valid until ${day(renewal.now + renewal.life)}\n`)
    })
}

async function make(
  command: Fallible,
  uri: string | undefined,
  size: number,
  renewal: Renewal,
  key: PrivateJwk,
): Promise<string> {
  if (uri === undefined) return fail(command, '--create needs --uri: where gates will fetch the list.')
  if (size < 1 || size > STATUS_LIST_ENTRIES) return fail(command, `--size is 1 to ${STATUS_LIST_ENTRIES}.`)
  const jws = await createStatusList({ ...renewal, uri, size }, key)
  return jws ?? fail(command, `--idx goes from 0 up to --size (${size}). Nothing was written.`)
}

async function renew(
  command: Fallible,
  path: string,
  held: string,
  uri: string | undefined,
  renewal: Renewal,
  key: PrivateJwk,
): Promise<string> {
  const sub = payloadOf(held)?.['sub']
  if (uri !== undefined && sub !== uri) return fail(command, `${path} is another list: its URI is not ${uri}.`)
  const opened = await openOwnStatusList(held, String(sub), key)
  if (!opened.ok) return fail(command, `${path} ${FAULTS[opened.fault]}. Nothing was written.`)
  const jws = await revokeIn(opened.value, renewal, key)
  return jws ?? fail(command, 'An --idx is beyond the end of the list. Nothing was written.')
}
