// kycvs as a user runs it: keys, a trust list, tokens, revocation and verdicts, in a folder of its own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { codeLines } from '../../src/cli/lines.ts'
import { judgeLines } from '../../src/cli/verify.ts'
import { CODE_LENGTH } from '../../src/core/profile.ts'
import { unreadable, type Verdict } from '../../src/core/verdict.ts'
import { qrPng, qrSvg } from '../../src/issuer/qr.ts'

// Each run is a process of its own, and takes seconds on a machine that is busy.
vi.setConfig({ testTimeout: 60_000 })

const root = fileURLToPath(new URL('../../', import.meta.url))
const tsx = pathToFileURL(join(root, 'node_modules/tsx/dist/loader.mjs')).href
let folder = ''

interface Run {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

async function kycvs(args: string, input = ''): Promise<Run> {
  const child = spawn(
    process.execPath,
    ['--import', tsx, join(root, 'src/cli.ts'), ...args.split(' ').filter(Boolean)],
    {
      cwd: folder,
    },
  )
  child.stdin.end(input)
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await closed, out, err }
}

const at = (name: string): string => join(folder, name)
const issue = (more: string): Promise<Run> => kycvs(`issue --key issuer.jwk --iss https://kycvs.example ${more}`)
const verify = (input: string, more = '--status-list 7.jwt'): Promise<Run> =>
  kycvs(`verify --config config.json --trust trust.jwt ${more}`, input)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kycvs-'))
  const [rootKey, issuerKey, holderKey] = await Promise.all([
    kycvs('keygen --role root --out root.jwk'),
    kycvs('keygen --out issuer.jwk'),
    kycvs('keygen --alg Ed25519 --out holder.jwk'),
  ])
  const issuers = `[{"iss":"https://kycvs.example","name":"Health","keys":[${issuerKey.out}],"status_lists":["https://kycvs.example/status/7"]}]`
  await writeFile(at('issuers.json'), issuers)
  await writeFile(at('config.json'), `{"trustList":"/trust.jwt","roots":[${rootKey.out}]}`)
  await writeFile(at('holder.json'), holderKey.out)
  await Promise.all([
    kycvs('trust --root root.jwk --issuers issuers.json --out trust.jwt'),
    kycvs('revoke --create --list 7.jwt --key issuer.jwk --uri https://kycvs.example/status/7 --size 100'),
  ])
}, 60_000)

afterAll(() => rm(folder, { recursive: true }))

const renew = (more: string): Promise<Run> =>
  kycvs(`trust --root root.jwk --issuers issuers.json --out grown.jwt ${more}`)
const revoke = (idx: string): Promise<Run> => kycvs(`revoke --list 7.jwt --key issuer.jwk --idx ${idx}`)

test('enrol prints the link with the root of the config, and the same for eyes', async () => {
  const { kid } = JSON.parse(await readFile(at('root.jwk'), 'utf8'))
  const run = await kycvs('enrol --url https://gate.example/north/ --config config.json --qr enrol.svg')
  expect(run.out).toBe(`https://gate.example/north/?root=${kid}\n${kid.match(/.{1,4}/g).join(' ')}\n`)
  expect(await readFile(at('enrol.svg'), 'utf8')).toContain('<svg')
})

describe('keygen', () => {
  test('keeps the private key to its owner, and prints the public one', async () => {
    const { mode } = await stat(at('issuer.jwk'))
    expect(mode & 0o777).toBe(0o600)
    expect(JSON.parse(await readFile(at('issuer.jwk'), 'utf8'))).toHaveProperty('d')
    expect(await readFile(at('issuers.json'), 'utf8')).not.toContain('"d":')
  })

  test('never overwrites', async () => {
    const before = await readFile(at('issuer.jwk'), 'utf8')
    expect(await kycvs('keygen --out issuer.jwk')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/never overwritten/),
    })
    expect(await readFile(at('issuer.jwk'), 'utf8')).toBe(before)
  })
})

describe('issue', () => {
  test.concurrent.each([
    ['--status 2 --days 2', /lasts at most 24 hours/],
    ['--status 2 --days 29 --status-uri https://kycvs.example/status/7 --status-idx 1', /at most 28 days/],
    ['--status 2 --initials A1', /1 to 8 letters/],
    ['--status 2 --holder-key holder.jwk', /must be a public/],
    ['--status 2 --status-idx 1', /go together/],
    ['--status 2 --qr code.gif', /FILE\.svg/],
    ['--status 3', /0 \(not vaccinated\)/],
    ['', /--status/],
  ])('refuses %s', async (more, words) => {
    expect(await issue(more)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(words) })
  })

  test('draws', async () => {
    const svg = await issue('--status 1 --qr code.svg --url https://gate.example/')
    const png = await issue('--status 1 --qr code.png')
    expect([svg.code, png.code]).toEqual([0, 0])
    expect(await readFile(at('code.svg'), 'utf8')).toBe(qrSvg(`https://gate.example/#${svg.out.trim()}`, 'M'))
    expect(await readFile(at('code.png'))).toEqual(qrPng(png.out.trim(), 'M'))
  })
})

describe('trust', () => {
  test('hands over to another root: who knows the old one alone believes the new one’s lists', async () => {
    const token = (await issue('--status 2')).out
    await kycvs('keygen --role root --out next.jwk')
    const hand = 'trust --issuers issuers.json --out handed.jwt'
    expect((await kycvs(`${hand} --root root.jwk`)).code).toBe(0)
    expect((await kycvs(`${hand} --root root.jwk --next-root root.jwk`)).err).toMatch(/another root key/)
    expect((await kycvs(`${hand} --root root.jwk --next-root next.jwk`)).out).toMatch(/seq 2/)
    // The old one has nothing to sign any more; the new one goes on, and keeps the way to it in the list.
    expect((await kycvs(`${hand} --root root.jwk`)).err).toMatch(/has handed over/)
    expect((await kycvs(`${hand} --root next.jwk`)).out).toMatch(/seq 3/)
    const judged = await kycvs('verify --config config.json --trust handed.jwt', token)
    expect(judged).toEqual({ code: 0, out: '{"kind":"verified","status":2}\n', err: '' })
  })

  test('seq only grows', async () => {
    expect((await renew('')).out).toContain('seq 1,')
    expect((await renew('')).out).toContain('seq 2,')
    expect(await renew('--seq 2')).toMatchObject({ code: 2, err: expect.stringMatching(/only grows/) })
    expect((await renew('--seq 9')).out).toContain('seq 9,')
  })

  test('refuses what a gate would drop, and leaves no trace', async () => {
    const before = await readFile(at('trust.jwt'), 'utf8')
    const issuers = await readFile(at('issuers.json'), 'utf8')
    await writeFile(at('bad.json'), issuers.replace('"kid"', '"kit"'))
    const run = await kycvs('trust --root root.jwk --issuers bad.json --out trust.jwt')
    expect(run).toMatchObject({ code: 2, err: expect.stringMatching(/key without kid of https:\/\/kycvs\.example/) })
    expect(await readFile(at('trust.jwt'), 'utf8')).toBe(before)
    expect((await readdir(folder)).filter((name) => name.endsWith('.new'))).toEqual([])
  })

  test('wants a root', async () => {
    const run = await kycvs('trust --root issuer.jwk --issuers issuers.json --out other.jwt')
    expect(run).toMatchObject({ code: 2, err: expect.stringMatching(/--role root/) })
  })
})

describe('verify', () => {
  test('judges every line, in order, until one is revoked', async () => {
    const entry = '--days 28 --status-uri https://kycvs.example/status/7 --status-idx'
    const [fully, partly, live] = await Promise.all([
      issue('--status 2 --initials A.B.'),
      issue(`--status 1 ${entry} 42`),
      issue(`--status 0 --days 7 --status-uri https://kycvs.example/status/7 --status-idx 4 --holder-key holder.json`),
    ])
    const input = `${fully.out}\n \t\r\n  ${partly.out.trim()} \r\nrubbish\n${live.out}https://gate.example/#${fully.out.trim()}`
    const before = await verify(input)
    expect(before).toEqual({
      code: 1,
      err: '',
      out:
        '{"kind":"verified","status":2}\n{"kind":"unreadable","reason":"not-a-token"}\n' +
        '{"kind":"unreadable","reason":"not-a-token"}\n{"kind":"verified","status":1}\n' +
        '{"kind":"unreadable","reason":"not-a-token"}\n{"kind":"refused","reason":"not-live"}\n' +
        '{"kind":"verified","status":2}\n',
    })
    expect(await verify(fully.out + partly.out)).toMatchObject({ code: 0 })
    expect(await verify(partly.out, '')).toMatchObject({ code: 1, out: expect.stringMatching(/no-status-list/) })

    expect(await revoke('5 200')).toMatchObject({ code: 2, err: expect.stringMatching(/beyond the end/) })
    expect(await revoke('42 7')).toMatchObject({ code: 0 })
    expect(await verify(fully.out + partly.out)).toMatchObject({
      code: 1,
      out: '{"kind":"verified","status":2}\n{"kind":"refused","reason":"revoked"}\n',
    })
    expect((await verify(fully.out, '--now 1000')).out).toBe('{"kind":"unsure","reason":"clock-wrong"}\n')
  })

  test('a list that does not open is a doubt at every line, and is named', async () => {
    const run = await kycvs('verify --config config.json --trust 7.jwt', (await issue('--status 2')).out)
    expect(run).toMatchObject({
      code: 1,
      out: '{"kind":"unsure","reason":"no-keys"}\n',
      err: expect.stringMatching(/7\.jwt: it is no trust/),
    })
  })

  test.concurrent.each([
    ['--config nope.json --trust trust.jwt', /nope\.json: there is no such file/],
    ['--config issuers.json --trust trust.jwt', /no JSON object/],
    ['--trust trust.jwt', /--config/],
    ['--config config.json --trust trust.jwt --later', /unknown option/],
  ])('says what is wrong with %s', async (args, words) => {
    expect(await kycvs(`verify ${args}`)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(words) })
  })
})

describe('serve', () => {
  test('serves lists as they stand, says when the port is taken, and stops at Ctrl-C', async () => {
    const args = ['--trust', 'trust.jwt', '--status-list', '7.jwt', '--port', '0']
    const child = spawn(process.execPath, ['--import', tsx, join(root, 'src/cli.ts'), 'serve', ...args], {
      cwd: folder,
    })
    const closed = once(child, 'close')
    const [said]: unknown[] = await once(child.stdout, 'data')
    const origin = /http:\/\/localhost:(\d+)/.exec(String(said))
    const served = await fetch(`${origin?.[0]}/status/7`)
    expect(await served.text()).toBe(await readFile(at('7.jwt'), 'utf8'))
    const second = await kycvs(`serve --trust trust.jwt --port ${origin?.[1]}`)
    expect(second).toMatchObject({ code: 2, err: expect.stringMatching(/something else uses it.*--port/) })
    const asked = performance.now()
    child.kill('SIGINT')
    expect(await closed).toEqual([0, null])
    expect(performance.now() - asked).toBeLessThan(1000)
  })

  test.concurrent.each([
    ['', /--demo, --gate DIR, or --trust/],
    ['--gate nowhere', /npm run build/],
    ['--demo', /no built gate in dist\/gate/],
    ['--https --trust trust.jwt', /goes with --demo/],
    ['--trust nope.jwt', /no such file/],
    ['--trust trust.jwt --port 65536', /0 to 65535/],
  ])('says what is wrong with %s', async (args, words) => {
    expect(await kycvs(`serve ${args}`)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(words) })
  })
})

test.concurrent.each(['keygen', 'issue', 'revoke', 'trust', 'verify', 'serve'])(
  '%s --help has an example',
  async (name) => {
    expect(await kycvs(`${name} --help`)).toMatchObject({
      code: 0,
      out: expect.stringContaining(`Example:\n  kycvs ${name}`),
    })
  },
)

const bytes = (value: string): Uint8Array => new TextEncoder().encode(value)
async function lines(...chunks: readonly Uint8Array[]): Promise<string[]> {
  const found: string[] = []
  for await (const line of codeLines(Readable.from(chunks, { objectMode: true }))) found.push(line)
  return found
}

test('headers: of a server, with the origins that a gate asks', async () => {
  const lists = '--connect https://kycvs.example/status/7 --connect https://trust.example'
  const { code, out } = await kycvs(`headers --for nginx ${lists}`)
  expect(code).toBe(0)
  expect(out).toContain("connect-src 'self' https://kycvs.example https://trust.example;")
  expect((await kycvs('headers --for iis')).code).toBe(2)
})

describe('lines', () => {
  test.each([
    ['', []],
    ['\n', ['']],
    ['a', ['a']],
    ['a\n', ['a']],
    ['a\r\nb', ['a', 'b']],
    ['a\n\n \nb\n', ['a', '', '', 'b']],
    [' \t', ['']],
    ['\uFEFFa\n', ['a']],
  ])('%j', async (input, expected) => {
    expect(await lines(bytes(input))).toEqual(expected)
    expect(await lines(...Array.from(bytes(input), (byte) => Uint8Array.of(byte)))).toEqual(expected)
  })

  test('bytes that are no UTF-8', async () => {
    expect(await lines(Uint8Array.of(0xff, 0x0a, 0xc3), Uint8Array.of(0xa9))).toEqual(['\uFFFD', 'é'])
  })

  test('a line without end is held in part, and stays over the cap', async () => {
    const chunk = bytes('A'.repeat(65_536))
    const [long, next] = await lines(...Array.from({ length: 80 }, () => chunk), bytes('\nb'))
    expect(long?.length).toBeGreaterThan(CODE_LENGTH)
    expect(long?.length).toBeLessThan(CODE_LENGTH * 4)
    expect(next).toBe('b')
  })

  test('white space around a code may be of any length, and nothing may come after it', async () => {
    const space = bytes(' '.repeat(100_000))
    expect(await lines(space, bytes('code'), space, bytes('\n'))).toEqual(['code'])
    const [cut] = await lines(bytes('code'), space, bytes('x'))
    expect(cut?.length).toBeGreaterThan(CODE_LENGTH)
  })
})

describe('verdicts', () => {
  const verified = {
    kind: 'verified',
    status: 2,
    issuer: 'x',
    issuedAt: 1,
    expiresAt: 2,
    live: false,
  } satisfies Verdict

  test('stay in order, however long each takes', async () => {
    const output = new PassThrough()
    const codes = Array.from({ length: 200 }, (_, index) => String(index))
    const judged = judgeLines(Readable.from([Buffer.from(codes.join('\n'))]), output, async (code) => {
      await new Promise((resolve) => setTimeout(resolve, (Number(code) * 7) % 5))
      return Number(code) % 2 === 0 ? verified : unreadable('not-a-token')
    })
    const printed = (await text(output)).trimEnd().split('\n')
    expect(await judged).toBe(false)
    expect(printed.map((line) => line === '{"kind":"verified","status":2}')).toEqual(
      codes.map((_, index) => index % 2 === 0),
    )
  })

  test('come as soon as they are known', async () => {
    const input = new PassThrough()
    const output = new PassThrough()
    const judged = judgeLines(input, output, async () => verified)
    input.write('a\n')
    const [first]: unknown[] = await once(output, 'data')
    expect(String(first)).toBe('{"kind":"verified","status":2}\n')
    input.end()
    await judged
  })

  test('wait for what takes them', async () => {
    let asked = 0
    const output = new PassThrough({ highWaterMark: 64 })
    const judged = judgeLines(Readable.from([Buffer.from('x\n'.repeat(5000))]), output, async () => {
      asked++
      return verified
    })
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(asked).toBeLessThan(500)
    await text(output)
    expect(await judged).toBe(true)
  })
})

test('a PNG has a quiet zone, and dark modules where the SVG has them', () => {
  const { width, height, data } = PNG.sync.read(qrPng('hello', 'L'))
  expect([width, height]).toEqual([29 * 8, 29 * 8])
  const dark = (x: number, y: number): boolean => data[(y * 8 * width + x * 8) * 4] === 0
  expect([dark(3, 3), dark(4, 4), dark(10, 4), dark(11, 4)]).toEqual([false, true, true, false])
  expect(qrSvg('hello', 'L')).toContain('M4 4h7v1H4z')
})
