import { InvalidArgumentError, Option, type Command } from '@commander-js/extra-typings'
import { writeFile } from 'node:fs/promises'
import type { JWK } from 'jose'
import type { Status } from '../core/verdict.ts'
import { bareKey, readPublicKey } from '../issuer/key-file.ts'
import { CAPACITY, qrPng, qrSvg, qrTerminal, type Correction } from '../issuer/qr.ts'
import { issueToken, type IssueFault } from '../issuer/token.ts'
import { clock, count, fail, failOnFile, httpsUrl, readKeyFile, readText, someText, type Fallible } from './input.ts'

const EXAMPLE = `
One of --days, --hours and --exp says how long it lasts; 24 hours when none does. A token lasts at most 24 hours, or,
where a status list can revoke it, 28 days on paper and 7 days when bound to a holder's key.

Example:
  kycvs issue --key issuer.jwk --iss https://kycvs.example --status 2 --hours 12 --initials "A.B." --qr code.svg
  kycvs issue --key issuer.jwk --iss https://kycvs.example --status 1 --days 28 \\
    --status-uri https://kycvs.example/status/7 --status-idx 1234
`

const FAULTS = {
  iss: '--iss must be an https: URL.',
  'status-uri': '--status-uri must be an https: URL.',
  'holder-key': '--holder-key must be a public P-256 or Ed25519 key (JWK).',
  life: 'The profile allows no such life: it ends after it begins, and lasts at most 24 hours; with --status-uri, at most 28 days, or 7 days with --holder-key.',
  'too-long': 'The token is longer than 2048 characters. Shorten --iss, --audience or --status-uri.',
  initials: '--initials takes 1 to 8 letters, spaces or full stops.',
  key: 'A gate could not use the key in --key: its public half does not fit its private half. Make one with: kycvs keygen',
} satisfies Record<IssueFault, string>

function status(text: string): Status {
  if (text === '0') return 0
  if (text === '1') return 1
  if (text === '2') return 2
  throw new InvalidArgumentError('It is 0 (not vaccinated), 1 (partly) or 2 (fully).')
}

function gateUrl(text: string): string {
  // A gate reads a token out of an https: address and no other (profile, section 3).
  if (!text.startsWith('https:')) throw new InvalidArgumentError('It must be an https: URL.')
  return httpsUrl(text)
}

/** `kycvs issue`: a status token on standard output, and its QR where it is wanted. */
export function addIssue(program: Command): void {
  program
    .command('issue')
    .description('sign a status token, and draw its QR')
    .requiredOption('--key <file>', "the issuer's private key")
    .requiredOption('--iss <url>', 'the issuer, as the trust list names it', httpsUrl)
    .requiredOption('--status <0|1|2>', '0 not vaccinated, 1 partly, 2 fully', status)
    .addOption(new Option('--days <n>', 'how long it lasts').argParser(count).conflicts(['hours', 'exp']))
    .addOption(new Option('--hours <n>', 'how long it lasts').argParser(count).conflicts(['days', 'exp']))
    .addOption(new Option('--exp <seconds>', 'when it ends, since 1970 UTC').argParser(count))
    .option('--iat <seconds>', 'when it is issued, since 1970 UTC (default: now)', count)
    .option('--nbf <seconds>', 'not valid before, since 1970 UTC', count)
    .option('--initials <text>', 'for the ID check: 1 to 8 letters, spaces or full stops', someText)
    .option('--audience <id>', 'the one verifying entity that it is for', someText)
    .option('--status-uri <url>', 'the status list that can revoke it', httpsUrl)
    .option('--status-idx <n>', 'its entry in that list', count)
    .option('--holder-key <file>', "the holder's public key (JWK): makes a live token")
    .option('--qr <where>', 'draw the QR: FILE.svg, FILE.png or terminal')
    .option('--url <url>', 'the gate that the QR opens when a phone’s own camera reads it', gateUrl)
    .addOption(
      new Option('--ecc <level>', 'error correction of the QR: M on paper, L on a screen')
        .choices(['M', 'L'])
        .default('M'),
    )
    .addHelpText('after', EXAMPLE)
    .action(async (options, command) => {
      const { iss, status: vs, iat = clock(), nbf, initials, audience, statusUri, statusIdx, qr, url } = options
      if ((statusUri === undefined) !== (statusIdx === undefined)) {
        fail(command, '--status-uri and --status-idx go together. Give both, or neither.')
      }
      const jwk = options.holderKey === undefined ? undefined : await readHolderKey(command, options.holderKey)
      const issued = await issueToken(
        {
          iss,
          iat,
          exp: options.exp ?? iat + (options.days === undefined ? (options.hours ?? 24) * 3600 : options.days * 86_400),
          ...(nbf === undefined ? {} : { nbf }),
          vs,
          ...(audience === undefined ? {} : { aud: audience }),
          ...(initials === undefined ? {} : { n: initials }),
          ...(statusUri === undefined || statusIdx === undefined
            ? {}
            : { status: { status_list: { idx: statusIdx, uri: statusUri } } }),
          ...(jwk ? { cnf: { jwk } } : {}),
        },
        await readKeyFile(command, options.key),
      )
      if (!issued.ok) fail(command, FAULTS[issued.fault])
      if (qr !== undefined)
        await draw(command, qr, url === undefined ? issued.value : `${url}#${issued.value}`, options.ecc)
      process.stdout.write(`${issued.value}\n`)
    })
}

async function readHolderKey(command: Fallible, path: string): Promise<JWK> {
  return bareKey(await readPublicKey(await readText(command, path))) ?? fail(command, FAULTS['holder-key'])
}

/** Draws a QR into a file or on the terminal. */
export async function draw(command: Fallible, where: string, text: string, ecc: Correction): Promise<void> {
  const level = where === 'terminal' ? 'L' : ecc
  if (text.length > CAPACITY[level]) return fail(command, 'It is too long for a QR. Leave out --url, or give --ecc L.')
  if (where === 'terminal') {
    process.stdout.write(qrTerminal(text))
    return
  }
  if (!/\.(svg|png)$/i.test(where)) return fail(command, '--qr takes FILE.svg, FILE.png or terminal.')
  try {
    await writeFile(where, /svg$/i.test(where) ? qrSvg(text, ecc) : qrPng(text, ecc))
  } catch (error) {
    failOnFile(command, where, error)
  }
}
