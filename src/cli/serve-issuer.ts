// `kycvs serve --issuer URL`: the issuer's service. Settings are options or environment variables, the latter for secrets.
import { InvalidArgumentError, Option } from '@commander-js/extra-typings'
import { isBuilt } from '../host/static.ts'
import type { Entities } from '../issuer/service/entities.ts'
import type { Issuer } from '../issuer/service/start.ts'
import { clock, count, fail, httpsUrl, readKeyFile, someText, type Fallible } from './input.ts'
import { locationOf, reached, readKeys, readPepper, type ServiceHome } from './service.ts'

/** Where `npm run build` puts the holder's page. */
const HOLDER = 'dist/holder'

export const issuerOption = () =>
  new Option('--issuer <url>', 'run the issuer’s service under this URL').argParser(httpsUrl)
export const nameOption = () =>
  new Option('--name <name>', 'the issuer’s name, as gates show it').env('KYCVS_NAME').argParser(someText)
export const smsOption = () =>
  new Option('--sms <url|console>', 'the SMS gateway that OTPs go to, or this terminal')
    .env('KYCVS_SMS_URL')
    .argParser(sms)
export const rootOption = () =>
  new Option('--root <file>', 'the root’s private key: the service keeps /trust.jwt itself').env('KYCVS_ROOT')
export const addressOption = () =>
  new Option('--address-header <name>', 'to which a trusted proxy appends the client’s address').env(
    'KYCVS_ADDRESS_HEADER',
  )
export const otpsOption = () =>
  new Option('--otps-per-minute <n>', 'the most OTPs that are sent, over all processes')
    .env('KYCVS_OTPS_PER_MINUTE')
    .argParser(count)
export const retentionOption = () =>
  new Option('--retention-days <n>', 'how long a consent’s record is kept after its token ran out')
    .env('KYCVS_RETENTION_DAYS')
    .argParser(count)

export interface IssuerSettings extends ServiceHome {
  readonly issuer: string
  readonly port: number
  readonly host?: string | undefined
  readonly name?: string | undefined
  readonly sms?: string | undefined
  readonly root?: string | undefined
  readonly addressHeader?: string | undefined
  readonly otpsPerMinute?: number | undefined
  readonly retentionDays?: number | undefined
}

export async function serveIssuer(command: Fallible, settings: IssuerSettings): Promise<Issuer> {
  const { dir, issuer, port, host, sms: gateway, root, addressHeader, otpsPerMinute, retentionDays } = settings
  if (gateway === undefined) {
    return fail(command, 'Say how OTPs are sent: --sms URL of a gateway, or --sms console to try it out.')
  }
  const { startIssuer } = await import('../issuer/service/start.ts')
  const { holderSite } = await import('../host/holder.ts')
  const { toGateway, toTerminal } = await import('../issuer/service/delivery.ts')
  const options = {
    listen: { host: host === 'localhost' ? undefined : host, port },
    issuer,
    name: settings.name ?? new URL(issuer).hostname,
    database: locationOf(settings),
    pepper: await readPepper(command, dir),
    keys: await readKeys(command, dir, clock()),
    deliver:
      gateway === 'console' ? toTerminal() : toGateway({ url: gateway, secret: process.env['KYCVS_SMS_SECRET'] }),
    root: root === undefined ? undefined : await readKeyFile(command, root),
    limits: otpsPerMinute === undefined ? {} : { overall: { most: otpsPerMinute, per: 60 } },
    addressHeader,
    ...(retentionDays === undefined ? {} : { retentionDays }),
    // The page of the people, and what other sites embed, where they are built.
    ...(isBuilt(HOLDER)
      ? {
          extraRoutes: ({ entities }: { readonly entities: Entities }) =>
            holderSite({ dir: HOLDER, originsOf: async (id) => (await entities.byId(id))?.origins ?? [] }),
        }
      : {}),
  }
  return reached(command, settings, () => startIssuer(options))
}

function sms(text: string): string {
  if (text === 'console' || (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))) return text
  throw new InvalidArgumentError('It must be "console", or the URL of an SMS gateway.')
}
