import type { Command } from '@commander-js/extra-typings'
import { enrolmentLink, inGroups } from '../gate/trust/enrolment.ts'
import { readConfig } from './config.ts'
import { httpsUrl } from './input.ts'
import { draw } from './issue.ts'

const EXAMPLE = `
Whoever sets a device up scans the QR with its own camera app, and sees whether the gate has the root of this config.json.

Example:
  kycvs enrol --url https://gate.example/ --config config.json --qr enrol.svg
`

/** `kycvs enrol`: the link, and what must stand on the paper beside it, by which devices are set up. */
export function addEnrol(program: Command): void {
  program
    .command('enrol')
    .description('print the link by which devices are set up, with the fingerprint of the root')
    .requiredOption('--url <url>', 'the address of the gate', httpsUrl)
    .requiredOption('--config <file>', "the gate's config.json")
    .option('--qr <where>', 'draw the QR: FILE.svg, FILE.png or terminal')
    .addHelpText('after', EXAMPLE)
    .action(async ({ url, config: path, qr }, command) => {
      const { roots } = await readConfig(command, path)
      // The first is the one that signs; others are there while one hands over to the next.
      for (const { kid } of roots.slice(0, 1)) {
        const link = enrolmentLink(url, kid)
        if (qr !== undefined) await draw(command, qr, link, 'M')
        process.stdout.write(`${link}\n${inGroups(kid)}\n`)
      }
    })
}
