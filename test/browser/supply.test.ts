// What the product is made of, and that it can be made again: the lock file, licences, the bill of materials, the bytes of
// a build.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, linkSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isFields, isText } from '../../src/core/compact.ts'
import { isPermissive, LICENCES, licences } from '../supply/licences.ts'
import { lockedPackages } from '../supply/lock.ts'
import { billOfMaterials, SHIPS_IN } from '../supply/sbom.ts'
import { shippedPackages } from '../supply/shipped.ts'

const locked = lockedPackages()
const building = shippedPackages()

describe('the lock file', () => {
  test('holds everything, from the one registry, with its hash', () => {
    expect(locked.length).toBeGreaterThan(500)
    const astray = locked.filter(
      ({ resolved = 'https://registry.npmjs.org/', integrity = '', isAlias }) =>
        isAlias || !resolved.startsWith('https://registry.npmjs.org/') || !/^sha512-[\w+/]{86}==$/.test(integrity),
    )
    expect(astray.map(({ path }) => path)).toEqual([])
  })

  test('names the few packages that would run a script when installed, and none of them may', () => {
    const names = new Set(locked.filter((one) => one.hasInstallScript).map(({ name }) => name))
    // A new name here must be looked at: docs/supply-chain.md says what each would do, and why it is not needed.
    expect([...names].toSorted()).toEqual(['@scarf/scarf', 'esbuild'])
    expect(readFileSync('.npmrc', 'utf8').split('\n')).toContain('ignore-scripts=true')
  })
})

describe('licences', () => {
  test('of all that ships are permissive, and docs/licences.md is what `npm run licences` writes', async () => {
    const { text, others } = licences(await building)
    expect(others).toEqual([])
    expect(readFileSync(LICENCES, 'utf8')).toBe(text)
    expect(text).toMatch(/^\| zxing-wasm \S+ \| ✓ \| {2}\|/m)
    // The script that other sites put into their pages is all our own.
    expect(text).not.toMatch(/^\| \S+ \S+ \| [✓ ]? ?\| [✓ ]? ?\| ✓ \|/m)
  })

  test('are told apart', () => {
    expect(['MIT', '(MIT OR GPL-3.0-or-later)'].map(isPermissive)).toEqual([true, true])
    expect(['GPL-3.0-only', 'MPL-2.0', '(MIT AND GPL-2.0-only)', ''].map(isPermissive)).toEqual([
      false,
      false,
      false,
      false,
    ])
  })
})

test('the bill of materials has every package once, and says which reach a phone', async () => {
  const bill = billOfMaterials(await building)
  expect(bill).toMatchObject({
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    metadata: { component: { name: 'kycvs-gate' } },
  })
  const components = Array.isArray(bill['components']) ? bill['components'].filter(isFields) : []
  const placesOf = (name: string): unknown => {
    const properties = components.find((component) => component['name'] === name)?.['properties']
    const found = Array.isArray(properties) ? properties.filter(isFields).find((one) => one['name'] === SHIPS_IN) : {}
    return found?.['value']
  }
  expect(new Set(components.map(({ name, version }) => `${String(name)}@${String(version)}`))).toEqual(
    new Set(locked.map(({ name, version }) => `${name}@${version}`)),
  )
  expect(components.every(({ purl }) => isText(purl) && purl.startsWith('pkg:npm/'))).toBe(true)
  expect(['jose', 'html5-qrcode', 'pg', 'vite'].map(placesOf)).toEqual([
    'gate holder server',
    'gate server',
    'server',
    'development',
  ])
})

describe('a build', () => {
  /** Below the checkout, for files are linked, which is quick and works within one disk only. */
  const workshop = '.cache/builds'
  const folders = [join(workshop, 'one'), join(workshop, 'a much-longer name', 'two')]

  beforeAll(() => {
    rmSync(workshop, { recursive: true, force: true })
    for (const folder of folders) {
      for (const name of ['index.html', 'package.json', 'public', 'src', 'test', 'tsconfig.json', 'vite.config.ts']) {
        cpSync(name, join(folder, name), { recursive: true })
      }
      linkTree('node_modules', join(folder, 'node_modules'))
    }
  })
  afterAll(() => rmSync(workshop, { recursive: true, force: true }))

  test('in a folder of another name, zone and language gives the same bytes, and SHA256SUMS is of them', async () => {
    const environments = [
      { TZ: 'UTC', LANG: 'C' },
      { TZ: 'Asia/Kolkata', LANG: 'hi_IN.UTF-8' },
    ]
    const built = []
    for (const [index, folder] of folders.entries()) {
      const env = { ...process.env, NODE_ENV: undefined, ...environments[index] }
      await promisify(execFile)('npm', ['run', '-s', 'build'], { cwd: folder, env, timeout: 240_000 })
      built.push(hashesIn(join(folder, 'dist')))
    }
    const [one = {}, other] = built
    expect(other).toEqual(one)

    const { SHA256SUMS: _, ...files } = one
    const names = Object.keys(files)
    expect(names).toEqual(expect.arrayContaining(['gate/sw.js', 'gate/config.json', 'holder/embed.js', 'holder/sw.js']))
    const sums = readFileSync(join(workshop, 'one/dist/SHA256SUMS'), 'utf8')
    expect(sums).toBe(
      names
        .toSorted()
        .map((name) => `${files[name]}  ${name}\n`)
        .join(''),
    )
  }, 600_000)
})

function linkTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) linkTree(source, target)
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target)
    else linkSync(source, target)
  }
}

/** SHA-256 of every file, by its path. */
function hashesIn(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name)
      const hash = createHash('sha256').update(readFileSync(path)).digest('hex')
      return [path.slice(folder.length + 1).replaceAll('\\', '/'), hash]
    }),
  )
}
