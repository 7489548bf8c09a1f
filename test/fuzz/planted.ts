// `npm run fuzz -- --planted`: that the fuzzing finds what is there to be found. Each fault takes one check out of a copy of
// the core, or moves its bound by one; the targets of that copy must find it, and from how many executions on is told.
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fuzz } from './fuzz.ts'
import type * as Targets from './targets.ts'
import type { Target } from './target.ts'

/** Executions after which it is looked whether it was found. */
const STEP = 500

export interface Fault {
  readonly name: string
  /** In `src/core`. */
  readonly file: string
  /** Stands there once. */
  readonly check: string
  readonly without: string
}

const fault = (name: string, file: string, check: string, without: string): Fault => ({ name, file, check, without })

export const faults: readonly Fault[] = [
  fault('any base64url', 'compact.ts', 'canonical.test(segment)', 'segment !== undefined'),
  fault('any JSON', 'compact.ts', 'JSON.stringify(fields) === json', "json !== ''"),
  fault('members unknown', 'compact.ts', 'required.includes(name) || optional.includes(name)', "name !== ''"),
  fault('extensions', 'compact.ts', "'crit' in header || 'b64' in header", "'b64' in header"),
  fault('any signature', 'keys.ts', 'return await crypto', 'return true || await crypto'),
  fault('the key’s algorithm', 'keys.ts', 'if (stated !== alg)', 'if (!stated)'),
  fault('expired', 'verify.ts', 'now >= exp + TOLERANCE', 'now < exp - 2 ** 40'),
  fault('expired, a second late', 'verify.ts', 'now >= exp + TOLERANCE', 'now > exp + TOLERANCE'),
  fault('not yet valid', 'verify.ts', 'iat > now + TOLERANCE ||', 'iat > now + TOLERANCE + 1 ||'),
  fault('lives too long', 'verify.ts', 'life > longestLife', 'life - 1 > longestLife'),
  fault('key’s time', 'verify.ts', 'iat < key.nbf ||', ''),
  fault('withdrawn before', 'verify.ts', 'iat < minIat', 'iat < minIat - 1'),
  fault('audience', 'verify.ts', 'aud !== undefined && aud !== audience', "aud === ''"),
  fault('clock', 'verify.ts', 'now < newest - CLOCK_LAG', 'now < newest - CLOCK_LAG - 1'),
  fault('stale keys', 'verify.ts', 'now >= trust.exp', 'now > trust.exp'),
  fault('another issuer’s list', 'verify.ts', 'list.iss !== iss ||', ''),
  fault('a list that ran out', 'verify.ts', ' || now >= list.exp', ''),
  fault(
    'out of range',
    'verify.ts',
    "return refused('bad-claims')\n  return entry",
    'return undefined\n  return entry',
  ),
  fault('revoked', 'verify.ts', 'entry === 0 ?', 'entry < 3 ?'),
  fault('order of bits', 'status-list.ts', 'index % perByte', 'perByte - 1 - (index % perByte)'),
  fault(
    'live without its key',
    'profile.ts',
    '(claims.cnf !== undefined) !== live',
    '!live && claims.cnf !== undefined',
  ),
  fault('KB-JWT: fresh', 'live.ts', 'iat < now - KB_JWT_AGE', 'iat < now - KB_JWT_AGE - 1'),
  fault('KB-JWT: ahead', 'live.ts', ' || iat > now + KB_JWT_AHEAD', ''),
  fault('KB-JWT: nonce', 'live.ts', 'nonce.length < 8', 'nonce.length < 7'),
  fault('KB-JWT: of this token', 'live.ts', "payload['sd_hash'] !== (await sdHash(token))", '!token'),
  fault('KB-JWT: signature', 'live.ts', 'await signatureHolds(kbJwt', 'true || await signatureHolds(kbJwt'),
  fault('a root link’s signature', 'roots.ts', ' || !(await signatureHolds(link, alg, from.root))', ''),
  fault('a root link’s type', 'roots.ts', " || form.header['typ'] !== 'root-link+jwt'", ''),
  fault('a trust list’s life', 'trust-list.ts', ' || exp - iat > TRUST_LIST_LIFE', ''),
  fault('a trust list’s floor', 'trust-list.ts', 'seq < minSeq', 'seq < minSeq - 1'),
  fault('roll-back', 'trust-list.ts', 'next.seq > held.seq', 'next.seq >= held.seq'),
  fault('retired root', 'trust-list.ts', 'isByRetired(held, next)', 'isByRetired(next, next)'),
]

/** Targets over a copy of the core that has the fault. */
async function openWith({ file, check, without, name }: Fault, folder: string): Promise<readonly Target[]> {
  for (const part of [
    'src/core',
    'src/inflate.ts',
    'src/gate/scan/burst.ts',
    'src/gate/scan/keyboard.ts',
    'test/fuzz',
    'test/support/arbitraries.ts',
    'test/vectors/forge.ts',
    'test/vectors/good.ts',
    'package.json',
    'tsconfig.json',
  ])
    cpSync(part, join(folder, part), { recursive: true })
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
  const path = join(folder, 'src/core', file)
  const [before, after, ...more] = readFileSync(path, 'utf8').split(check)
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`${name}: stands once in ${file}?`)
  writeFileSync(path, before + without + after)
  const { openTargets }: typeof Targets = await import(pathToFileURL(join(folder, 'test/fuzz/targets.ts')).href)
  return openTargets()
}

/** Fuzzes the core with a fault in it. Gives how many executions it took to find it, or nothing. */
export async function fuzzWith(planted: Fault, runs: number, seed: number): Promise<number | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'kycvs-planted-'))
  try {
    const targets = await openWith(planted, folder)
    for (let done = 0; done < runs;) {
      const { executions, findings } = await fuzz(targets, Math.min(STEP, runs - done), seed + done)
      done += [...executions.values()].reduce((sum, count) => sum + count, 0)
      if (findings.length > 0) return done
    }
    return undefined
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
