import { InvalidArgumentError, Option, type Command } from '@commander-js/extra-typings'
import type { JWK } from 'jose'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import type { Demo } from '../demo/start.ts'
import { lanAddress } from '../host/listen.ts'
import { isBuilt } from '../host/static.ts'
import { readPublicKey } from '../issuer/key-file.ts'
import { qrTerminal } from '../issuer/qr.ts'
import { count, fail, origins, readText, systemCode, type Fallible } from './input.ts'
import {
  addressOption,
  issuerOption,
  nameOption,
  otpsOption,
  retentionOption,
  rootOption,
  serveIssuer,
  smsOption,
} from './serve-issuer.ts'
import { databaseOption, dirOption } from './service.ts'
import { startSite, type Running } from './site.ts'

const EXAMPLE = `
Example:
  kycvs serve --demo                   the gate, an issuer and demo people, at http://localhost:8787
  kycvs serve --demo --https           the same for a phone in the local network
  kycvs serve --gate dist/gate         the gate alone, with the headers of the operator's guide
  kycvs serve --issuer https://kycvs.example --sms https://sms.example/send    the issuer's service (docs/issuer.md)
  kycvs serve --trust trust.jwt --status-list 7.jwt --jwk issuer.public.json
`

const NO_ADDRESS = '--host is no address of this machine. Leave it out, or give 0.0.0.0.'

/** By Node's code. */
const PORT_FAULTS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'something else uses it. Stop that, or choose another with --port N or PORT=N.',
  EACCES: 'the system keeps it for itself. Choose one above 1023 with --port N or PORT=N.',
  EADDRNOTAVAIL: NO_ADDRESS,
  ENOTFOUND: NO_ADDRESS,
}

/** `kycvs serve`: the gate, the lists of an issuer, or the whole demo, on one port until it is stopped. */
export function addServe(program: Command): void {
  program
    .command('serve')
    .description('serve the gate, an issuer, the lists of one, or the demo')
    .addOption(new Option('--port <n>', '0 for any that is free').env('PORT').argParser(port).default(8787))
    .option('--host <address>', 'where to listen; 0.0.0.0 for the whole network (default: this machine alone)')
    .option('--gate <dir>', 'a built gate (default with --demo: dist/gate)')
    .option('--connect <origin...>', 'origins of status lists that the gate fetches, besides its own', origins)
    .option('--trust <file>', 'a trust list (JWT), served as /trust.jwt')
    .option('--status-list <file...>', 'status lists (JWT), each served as /status/N if its URI ends so')
    .option('--jwk <file...>', "the issuer's public keys, served as /.well-known/jwks.json")
    .addOption(
      new Option('--demo', 'the gate at /gate/, an issuer, and people with codes').conflicts([
        'connect',
        'trust',
        'statusList',
        'jwk',
      ]),
    )
    .option('--state <dir>', 'where the demo keeps its keys and lists', '.demo')
    .option('--https', 'the demo under a certificate of its own, for a phone in the local network')
    .addOption(issuerOption().conflicts(['demo', 'gate', 'trust', 'statusList', 'jwk']))
    .addOption(nameOption())
    .addOption(smsOption())
    .addOption(rootOption())
    .addOption(dirOption())
    .addOption(databaseOption())
    .addOption(addressOption())
    .addOption(otpsOption())
    .addOption(retentionOption())
    .addHelpText('after', EXAMPLE)
    .action(async (options, command) => {
      const { issuer } = options
      if (issuer !== undefined) {
        const service = await started(command, options.port, () => serveIssuer(command, { ...options, issuer }))
        process.stderr.write(`${service.origin}/\n`)
        return untilStopped(service)
      }
      const { demo, host, port: at, state, trust, statusList = [], jwk = [], https = false, connect = [] } = options
      if (https && !demo) fail(command, '--https goes with --demo. A real gate needs a real certificate.')
      const gateDir = options.gate ?? (demo ? 'dist/gate' : undefined)
      if (gateDir === undefined && trust === undefined && statusList.length + jwk.length === 0) {
        fail(command, 'Say what to serve: --demo, --gate DIR, or --trust FILE. See: kycvs serve --help')
      }
      if (gateDir !== undefined && !isBuilt(gateDir)) {
        fail(command, `There is no built gate in ${gateDir}. Run: npm run build`)
      }
      // Said now, while somebody looks, and not when the first gate asks.
      for (const path of [...(trust === undefined ? [] : [trust]), ...statusList]) await readText(command, path)
      const keys = await Promise.all(jwk.map((path) => readJwk(command, path)))

      if (demo && gateDir !== undefined) {
        // Slow to load, for it brings a database: no other command waits for it.
        const { startDemo } = await import('../demo/start.ts')
        const running = await started(command, at, () => startDemo({ port: at, host, state, gateDir, https }))
        process.stdout.write(demoWords(running, https, host))
        return untilStopped(running)
      }
      const site = { host: host ?? 'localhost', port: at, gateDir, connect, trust, statusLists: statusList, keys }
      const running = await started(command, at, () => startSite(site))
      process.stdout.write(`${running.origin}/\nCtrl-C stops it.\n`)
      return untilStopped(running)
    })
}

async function untilStopped(running: Running): Promise<void> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), orphaned()])
  await running.stop()
}

/** `npm start` has a shell in between that dies of a SIGTERM and does not pass it on: then nobody waits for this server. */
async function orphaned(): Promise<void> {
  const parent = process.ppid
  while (process.env['npm_lifecycle_event'] === undefined || process.ppid === parent) {
    await setTimeout(500, undefined, { ref: false })
  }
}

function port(text: string): number {
  const value = count(text)
  if (value > 65_535) throw new InvalidArgumentError('A port is 0 to 65535.')
  return value
}

async function readJwk(command: Fallible, path: string): Promise<JWK> {
  const key = await readPublicKey(await readText(command, path))
  return key ?? fail(command, `${path} holds no public key. It is what "kycvs keygen" prints.`)
}

async function started<Kind extends Running>(command: Fallible, at: number, start: () => Promise<Kind>): Promise<Kind> {
  try {
    return await start()
  } catch (error) {
    const words = PORT_FAULTS[systemCode(error) ?? '']
    if (words === undefined) throw error
    return fail(command, `Port ${at}: ${words}`)
  }
}

/** What is said when the demo runs. */
function demoWords({ origin, booking }: Demo, https: boolean, host: string | undefined): string {
  const places = `
  Demo people   ${origin}/
  The gate      ${origin}/gate/
  Get a code    ${origin}/me/
  Book a ticket ${booking}/
`
  if (https) return `${places}\n${qrTerminal(`${origin}/`)}${httpsWords(new URL(origin).port)}`
  const lan = host === undefined || host === 'localhost' ? undefined : lanAddress()
  const page =
    lan === undefined ? '' : `  On a second device, the faulty codes only: http://${lan}:${new URL(origin).port}/\n`
  return `${places}${page}
Open the first. It says what to do: get a code as one of the people there (OTPs are shown here, and on that page), and show
it to the gate, by its camera or as a screenshot that you paste. Then stop this server with Ctrl-C: the gate still works.
`
}

const httpsWords = (at: string): string => `
Scan this with a phone in the same network. The certificate is this machine's own, so the browser warns first: go on from
there ("Advanced"), and the camera reads codes. What does not work so is being offline: Chrome runs no service worker
behind a certificate that it does not trust. To try that on a phone too:
  Android   connect it by USB, start the demo without --https, forward port ${at} at chrome://inspect#devices on this
            machine, and open http://localhost:${at} on the phone.
  iPhone    put dist/gate on a host that has a real certificate. (On Android that works too.)
Ctrl-C stops it.
`
