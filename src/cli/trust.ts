import type { Command } from '@commander-js/extra-typings'
import { issuersOf, renewTrustList, type RenewFault } from '../issuer/trust-list.ts'
import { replaceFile } from '../issuer/replace-file.ts'
import { clock, count, day, fail, failOnFile, readIfThere, readKeyFile, readText, someText } from './input.ts'

const EXAMPLE = `
FILE.json is an array of issuers, whose keys are public keys as "kycvs keygen" prints them:
  [{ "iss": "https://kycvs.example", "name": "Example Health Authority",
     "keys": [{ "kty": "EC", "crv": "P-256", … }], "status_lists": ["https://kycvs.example/status/7"] }]

Example:
  kycvs trust --root root.jwk --issuers issuers.json --out trust.jwt --days 14
  kycvs trust --root root.jwk --next-root root2.jwk --issuers issuers.json --out trust.jwt
      hands over to root2.jwk: gates that know root.jwk believe it from then on, and root.jwk no more.
      The next time: --root root2.jwk
`

const FAULTS = {
  'not-a-root': '--root needs a root key. Make one with: kycvs keygen --role root --out FILE',
  'next-not-a-root': '--next-root needs another root key. Make one with: kycvs keygen --role root --out FILE',
  'handed-over':
    '--root has handed over to another root, and gates take its lists no more. Give the new one as --root.',
  life: '--days is 1 to 30: the profile allows a trust list no longer life.',
  issuers: '--issuers must be a JSON array of issuers. See: kycvs trust --help',
  'held-by-another':
    '--out holds something else than a trust list of this root, and is left alone. Give another --out, and a --seq above the last one.',
} satisfies Record<Exclude<RenewFault['why'], 'seq' | 'dropped'>, string>

function words(fault: RenewFault): string {
  if (fault.why === 'seq') return `--seq only grows, and is ${fault.held} now. Leave it out, or give a higher one.`
  if (fault.why !== 'dropped') return FAULTS[fault.why]
  const named = fault.dropped.map(({ iss, kid }) => {
    const issuer = iss || 'an issuer without iss'
    return kid === undefined ? issuer : `key ${kid || 'without kid'} of ${issuer}`
  })
  return (
    `Gates would leave out ${named.join(', ')}. Check iss, name, keys (public, each with its own kid) and status_lists. ` +
    'Nothing was written.'
  )
}

/** `kycvs trust`: makes or renews a signed trust list. */
export function addTrust(program: Command): void {
  program
    .command('trust')
    .description('make or renew a signed trust list')
    .requiredOption('--root <file>', "the root's private key")
    .option('--next-root <file>', 'the private key of the root that takes over: it signs, and the old one says so')
    .requiredOption('--out <file>', 'the trust list (JWT), renewed in its place')
    .requiredOption('--issuers <file>', 'the issuers to be trusted (JSON)')
    .option('--days <n>', 'how long it lasts from now, at most 30', count, 30)
    .option('--seq <n>', 'its number (default: one more than that of the list in its place)', count)
    .option('--iss <url>', 'who signs it (default: as before, or the root key’s thumbprint)', someText)
    .addHelpText('after', EXAMPLE)
    .action(async ({ root: keyFile, nextRoot, out, issuers, days, seq, iss }, command) => {
      const root = await readKeyFile(command, keyFile)
      const next = nextRoot === undefined ? undefined : await readKeyFile(command, nextRoot)
      const entries = issuersOf(await readText(command, issuers))
      const held = (await readIfThere(command, out))?.trim()
      const renewed = await renewTrustList(
        { held, issuers: entries, now: clock(), life: days * 86_400, seq, iss, next },
        root,
      )
      if (!renewed.ok) fail(command, words(renewed.fault))
      try {
        await replaceFile(out, renewed.jws)
      } catch (error) {
        failOnFile(command, out, error)
      }
      const { list } = renewed
      process.stdout.write(`${out}: seq ${list.seq}, ${list.issuers.size} issuers, valid until ${day(list.exp)}\n`)
    })
}
