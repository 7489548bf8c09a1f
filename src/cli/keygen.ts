import { Option, type Command } from '@commander-js/extra-typings'
import { writeKey } from '../issuer/key-file.ts'
import { makeKey, publicJwk } from '../issuer/sign.ts'
import { fail, failOnFile, systemCode } from './input.ts'

const EXAMPLE = `
The private key goes to FILE, which only you can read. The public key is printed: it goes into a trust list (issuer), or
among the "roots" of config.json (root).

Example:
  kycvs keygen --out issuer.jwk > issuer.public.json
  kycvs keygen --role root --out root.jwk > root.public.json
`

/** `kycvs keygen`: a new private key in a file, its public half on standard output. */
export function addKeygen(program: Command): void {
  program
    .command('keygen')
    .description('make a key pair for an issuer or a root')
    .requiredOption('--out <file>', 'where the private key goes; a file that is there is never overwritten')
    .addOption(new Option('--alg <name>', 'algorithm').choices(['ES256', 'Ed25519']).default('ES256'))
    .addOption(
      new Option('--role <role>', 'an issuer signs tokens, a root signs trust lists')
        .choices(['issuer', 'root'])
        .default('issuer'),
    )
    .addHelpText('after', EXAMPLE)
    .action(async ({ out, alg, role }, command) => {
      const key = await makeKey(alg, role)
      try {
        await writeKey(out, key)
      } catch (error) {
        if (systemCode(error) !== 'EEXIST') failOnFile(command, out, error)
        fail(command, `${out} is there already, and a key is never overwritten. Give another --out.`)
      }
      process.stdout.write(`${JSON.stringify(publicJwk(key))}\n`)
    })
}
