// kycvs for those who run an issuer: people from a file, entities, keys, the entry for a root, and the service itself.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { payloadOf } from '../../src/core/compact.ts'
import { startGateway, type Gateway } from '../support/gateway.ts'
import { CSV, otpIn } from '../support/issuer.ts'
import { startPostgres, type Postgres } from '../support/postgres.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const tsx = pathToFileURL(join(root, 'node_modules/tsx/dist/loader.mjs')).href
const LIMIT = 120_000
let folder = ''
let gateway: Gateway
let postgres: Postgres
let url = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kycvs-issuer-'))
  gateway = await startGateway()
  postgres = await startPostgres()
  url = await postgres.create()
  await writeFile(join(folder, 'people.csv'), CSV)
}, LIMIT)
afterAll(async () => {
  await gateway.stop()
  await postgres.stop()
  await rm(folder, { recursive: true })
})

function start(args: readonly string[], env: Record<string, string> = {}): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, ['--import', tsx, join(root, 'src/cli.ts'), ...args], {
    cwd: folder,
    env: { ...process.env, DATABASE_URL: undefined, ...env },
  })
}

async function kycvs(
  args: string,
  env?: Record<string, string>,
  input = '',
): Promise<{ code: number | null; out: string; err: string }> {
  const child = start(args.split(' ').filter(Boolean), env)
  child.stdin.end(input)
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await closed, out, err }
}

describe('kycvs register import', { timeout: LIMIT }, () => {
  test('takes the good lines, reports the bad ones, and says so in its exit code', async () => {
    const bad = `${CSV}12345,No Number,1,2\n9000000009,,1,2\n`
    await writeFile(join(folder, 'bad.csv'), bad)
    expect(await kycvs('register import people.csv --dir a')).toMatchObject({
      code: 0,
      out: '4 lines taken, 0 bad.\n',
      err: '',
    })
    expect((await stat(join(folder, 'a/pepper'))).mode & 0o777).toBe(0o600)
    expect(await kycvs('register import bad.csv --dir a')).toMatchObject({
      code: 1,
      out: '4 lines taken, 2 bad.\n',
      err: expect.stringMatching(/^line 6: mobile must be .*\nline 7: full_name must /),
    })
    expect((await kycvs('register import bad.csv --dir a --report report.txt')).err).toBe('')
    const report = await readFile(join(folder, 'report.txt'), 'utf8')
    expect(report.split('\n')).toHaveLength(3)
    expect(report).not.toMatch(/12345|No Number/)
  })

  test.each([
    ['register import nowhere.csv --dir a', /nowhere\.csv: there is no such file/],
    ['register import report.txt --dir a', /must begin with the header/],
    ['register import people.csv --dir a --report no/where.txt', /no\/where\.txt: there is no such file or folder/],
    [
      'register import people.csv --database postgresql://127.0.0.1:1/x --dir a',
      /cannot be used: nothing answers there/,
    ],
    ['register import people.csv --database nonsense --dir a', /must be postgresql:/],
    ['register import people.csv --database postgresql://u:geheim@[ --dir a', /must be postgresql:(?!.*geheim)/s],
    ['register import people.csv --dir people.csv', /people\.csv\/pepper: a part of its path is not a folder/],
    ['register import', /missing required argument 'file'/],
    ['register import people.csv --bad', /unknown option '--bad'/],
    ['register', /import/],
  ])('%s says what to do', async (args, words) => {
    expect(await kycvs(args)).toMatchObject({ code: 2, err: expect.stringMatching(words) })
  })

  test('refuses a short secret', async () => {
    const short = await kycvs('register import people.csv --dir a', { KYCVS_PEPPER: 'c2hvcnQ=' })
    expect(short).toMatchObject({ code: 2, err: expect.stringMatching(/KYCVS_PEPPER must be 32 bytes/) })
  })
})

describe.each(['PGlite', 'PostgreSQL'])('kycvs register erase, on %s', { timeout: LIMIT }, (kind) => {
  const env = () => (kind === 'PGlite' ? {} : { DATABASE_URL: url })
  const erase = (more: string, input: string) => kycvs(`register erase --dir erase ${more}`, env(), input)

  test('takes number and name from standard input, says what goes and what stays, and names nobody', async () => {
    await kycvs('register import people.csv --dir erase', env())
    const asha = '9000000001\nasha nair\n'
    expect(await erase('', asha)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/say --yes/) })
    const erased = await erase('--yes', asha)
    expect(erased).toEqual({
      code: 0,
      out: 'Erased: the line of the register; 0 open OTPs and sessions. Codes revoked: 0.\nNothing of the person is kept.\n',
      err: 'On the register: yes. Open OTPs and sessions: 0. Valid codes: 0. Consents on record: 0.\n',
    })
    expect(await erase('--yes', asha)).toMatchObject({ code: 2, err: expect.stringMatching(/Nothing is held/) })
    // Another of the same number is still there.
    expect(await erase('--yes', '+919000000001\r\nRavi Nair\r\n')).toMatchObject({ code: 0 })
  })

  test.each(['', '12345\nAsha Nair\n', '9000000001\n', 'Asha Nair\n9000000001\n'])('%j is nobody', async (input) => {
    const refused = await erase('--yes', input)
    expect(refused).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/first line must be a mobile number/),
    })
    expect(refused.err).not.toMatch(/12345|9000000001|Asha/)
  })

  test('takes no number as an argument, where a shell would keep it', async () => {
    expect((await erase('9000000001 --yes', '')).code).toBe(2)
    expect((await erase('--mobile 9000000001 --yes', '')).code).toBe(2)
  })
})

describe('kycvs entity', { timeout: LIMIT }, () => {
  test('registers, lists and removes; the key is shown once', async () => {
    const env = { DATABASE_URL: url }
    const added = await kycvs(
      'entity add --id rail --name Rail --origin https://rail.example/booking https://m.rail.example',
      env,
    )
    expect(added).toMatchObject({ code: 0, out: expect.stringMatching(/^kycvs_[\w-]{43}\n$/) })
    expect(await kycvs('entity add --id rail --name Rail', env)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/registered already/),
    })
    const listed = await kycvs('entity list', env)
    expect(JSON.parse(listed.out)).toEqual({
      id: 'rail',
      name: 'Rail',
      origins: ['https://rail.example', 'https://m.rail.example'],
    })
    expect(listed.out).not.toContain(added.out.trim())
    expect((await kycvs('entity remove rail', env)).code).toBe(0)
    expect(await kycvs('entity remove rail', env)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/No entity rail/),
    })
    expect((await kycvs('entity list', env)).out).toBe('')
  })

  test.each([
    ['entity add --id Rail --name Rail', /small letters/],
    ['entity add --id rail --name Rail --origin http://rail.example', /https: URL/],
    ['entity add --id rail', /--name/],
  ])('%s is refused', async (args, words) => {
    expect(await kycvs(args)).toMatchObject({ code: 2, err: expect.stringMatching(words) })
  })
})

test.each([
  ['keys rotate --alg RSA', /Allowed choices are ES256, Ed25519/],
  ['keys rotate --dir people.csv', /people\.csv\/keys: a part of its path is not a folder/],
  ['keys', /rotate/],
  ['entry --issuer ftp://x --name y', /https: URL/],
  ['entry --issuer https://kycvs.example', /--name/],
  ['purge --retention-days x', /whole number/],
  ['serve --issuer https://kycvs.example --sms console --port 99999', /0 to 65535/],
  ['nonsense', /unknown command/],
])('kycvs %s says what to do', { timeout: LIMIT }, async (args, words) => {
  expect(await kycvs(args)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(words) })
})

test('kycvs keys: rotation, and what is published', { timeout: LIMIT }, async () => {
  const first = await kycvs('keys rotate --dir k')
  expect(first).toMatchObject({ code: 0, out: expect.stringMatching(/^[\w-]{8} signs from /) })
  const second = await kycvs('keys rotate --dir k --alg Ed25519 --ahead 72')
  expect(second.code).toBe(0)
  const listed = (await kycvs('keys list --dir k')).out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(listed).toHaveLength(2)
  expect(listed[0]).toMatchObject({ alg: 'ES256', kid: first.out.slice(0, 8), exp: listed[1].nbf + 3600 })
  expect(listed[1].nbf - Date.now() / 1000).toBeGreaterThan(71 * 3600)
  expect(JSON.stringify(listed)).not.toContain('"d"')
  expect(await kycvs('keys list --dir nowhere')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/no such file or folder/),
  })
})

test('kycvs entry is what a root elsewhere signs', { timeout: LIMIT }, async () => {
  const env = { DATABASE_URL: url }
  const entry = await kycvs('entry --issuer https://kycvs.example/ --name Health --dir e', env)
  expect(entry.code).toBe(0)
  await writeFile(join(folder, 'issuers.json'), entry.out)
  await kycvs('keygen --role root --out root.jwk')
  expect((await kycvs('trust --root root.jwk --issuers issuers.json --out trust.jwt')).code).toBe(0)
  const list = payloadOf((await readFile(join(folder, 'trust.jwt'), 'utf8')).trim())
  expect(list).toMatchObject({ issuers: [{ iss: 'https://kycvs.example', name: 'Health', keys: [{ use: 'sig' }] }] })
  expect(entry.out).toContain('https://kycvs.example/status/6')
})

test('kycvs purge says what it deleted', { timeout: LIMIT }, async () => {
  const purged = await kycvs('purge --retention-days 30', { DATABASE_URL: url })
  expect(JSON.parse(purged.out)).toMatchObject({ consents: 0, otps: 0 })
})

describe('kycvs serve --issuer', { timeout: LIMIT }, () => {
  test('runs the service on a folder until it is told to stop', async () => {
    await kycvs('register import people.csv --dir s')
    await kycvs('keygen --role root --out serve-root.jwk')
    const args = ['serve', '--issuer', 'https://kycvs.example', '--port', '0', '--dir', 's', '--root', 'serve-root.jwk']
    const child = start([...args, '--sms', gateway.url], { KYCVS_SMS_SECRET: 's3cret' })
    const logs = text(child.stdout)
    const [said] = await once(child.stderr.setEncoding('utf8'), 'data')
    const origin = new URL(String(said)).origin
    const post = async (path: string, body: object) => {
      const response = await fetch(origin + path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      })
      return { status: response.status, body: await response.json() }
    }
    const asked = await post('/kyc-vs/otp', {
      mobile: '9000000001',
      full_name: 'Asha Nair',
      consent: { purpose: 'p', share_initials: false },
    })
    const txn = asked.body.txn_id
    const otp = otpIn(await gateway.message(txn))
    expect(gateway.received.at(-1)?.headers.authorization).toBe('Bearer s3cret')
    const answer = await post('/kyc-vs/confirm', { txn_id: txn, otp })
    expect(answer).toMatchObject({ status: 200, body: { status: 2 } })
    expect(payloadOf(answer.body.token)).toMatchObject({ iss: 'https://kycvs.example' })
    expect((await fetch(`${origin}/trust.jwt`)).status).toBe(200)

    // Its folder is its own while it runs.
    const second = await kycvs('register import people.csv --dir s')
    expect(second).toMatchObject({ code: 2, err: expect.stringMatching(/in use by another process/) })

    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    expect(await exited).toEqual([0, null])
    const lines = (await logs).trim().split('\n')
    expect(lines.map((line) => JSON.parse(line).route)).toContain('/kyc-vs/confirm')
    expect(await logs).not.toMatch(new RegExp(`9000000001|Asha|${otp}|${txn}`))
    expect(await readdir(join(folder, 's/database'))).toEqual(['data'])
    expect((await kycvs('entity list --dir s')).code).toBe(0)
  })

  test.each([
    ['--port 0', /how OTPs are sent/],
    ['--sms nonsense', /URL of an SMS gateway/],
    ['--demo', /cannot be used with/],
    ['--sms console --root nowhere.jwk', /nowhere\.jwk: there is no such file/],
    ['--sms console --database postgresql://127.0.0.1:1/x', /nothing answers there/],
  ])('%s says what to do', async (more, words) => {
    expect(await kycvs(`serve --issuer https://kycvs.example ${more}`)).toMatchObject({
      code: 2,
      err: expect.stringMatching(words),
    })
  })

  test('refuses a signing key that is none', async () => {
    const env = { KYCVS_SIGNING_KEY: '{}' }
    expect(await kycvs('serve --issuer https://kycvs.example --sms console', env)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/KYCVS_SIGNING_KEY/),
    })
  })
})
