// The built gate in three engines: it stores itself, scans by picture and by camera, goes on with its server gone, takes a
// new version, and decides nothing with storage that was tampered with.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { encode } from 'uqr'
import { qrPng } from '../../src/issuer/qr.ts'
import { makeKey } from '../../src/issuer/sign.ts'
import { SECONDS } from '../support/authority.ts'
import { startGateServer, type GateServer } from '../support/gate-server.ts'
import { changeTrustList } from '../support/held.ts'
import { buildNewer } from '../support/newer.ts'
import { engines, type Engine, type Tab } from './engine.ts'

let folder = ''
let newer = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kycvs-engines-'))
  newer = join(folder, 'newer')
  await buildNewer(newer)
})
afterAll(() => rm(folder, { recursive: true }))

describe.each(engines)('$name', (wanted) => {
  if (!wanted.isHere) return test.skip('this machine has none')
  let engine: Engine
  let server: GateServer
  let tab: Tab

  beforeAll(async () => {
    engine = await wanted.launch()
  })
  afterAll(() => engine.close())
  beforeEach(async () => {
    server = await startGateServer()
    tab = await engine.device()
    await tab.open(server.page)
    await untilReady()
  })
  afterEach(() => server.stop())

  const untilReady = () => text('.pill').toContain('Ready offline')
  const text = (selector: string) =>
    expect.poll(() => tab.read(`document.querySelector(${JSON.stringify(selector)})?.textContent`), patience)
  const verdict = () =>
    expect.poll(() => tab.read(`({ ...document.querySelector('[data-verdict]')?.dataset })`), patience)

  async function showPicture(code: string): Promise<void> {
    const path = join(folder, 'code.png')
    await writeFile(path, qrPng(code, 'M'))
    await tab.choose('input[type="file"]', path)
  }

  async function next(): Promise<void> {
    await tab.press('Next')
    await expect.poll(() => tab.read(`document.querySelectorAll('[data-screen="scan"]').length`), patience).toBe(1)
  }

  test('a picture of each kind of code', async () => {
    const { authority } = server
    const codes = [
      [await authority.token(), green],
      [await authority.token({ vs: 1 }), { verdict: 'verified', status: '1', tone: 'amber' }],
      [await authority.token({ vs: 0 }), { verdict: 'verified', status: '0', tone: 'red' }],
      [await authority.token({ iat: SECONDS() - 90_000, exp: SECONDS() - 4000 }), dark('expired')],
      [await authority.token({}, await makeKey('ES256', 'root')), grey('unknown-key')],
    ] as const
    for (const [code, expected] of codes) {
      await showPicture(code)
      await verdict().toEqual(expected)
      await next()
    }
  })

  test('its own camera comes on, and a code that a camera shows is read by the fast reader', async () => {
    await expect.poll(() => tab.read(`document.querySelector('video')?.videoWidth > 0`), patience).toBe(true)
    await tab.read(film(await server.authority.token({ vs: 1 })))
    await verdict().toEqual({ verdict: 'verified', status: '1', tone: 'amber' })
    expect(await tab.read(`document.querySelector('main[data-reader]')?.dataset.reader`)).toBe('fast')
  })

  test('with its server gone it starts from the device, and judges on', async () => {
    await server.stop()
    await tab.open(`${server.page}?again`)
    await untilReady()
    await showPicture(await server.authority.token())
    await verdict().toEqual(green)
    await next()
    await showPicture(await server.authority.token({}, await makeKey('ES256', 'root')))
    await verdict().toEqual(grey('unknown-key'))
  })

  test('a new version is offered, taken with a tap, and stored whole', async () => {
    const script = () => tab.read(`document.querySelector('script[type="module"]').src`)
    const before = await script()
    server.serves.dir = newer
    await tab.read(`navigator.serviceWorker.ready.then((here) => here.update()).then(() => undefined)`)
    await text('.offer').toContain('A new version is ready.')
    await tab.press('Update now')
    await expect.poll(() => script().catch(() => before), patience).not.toBe(before)
    await server.stop()
    await tab.open(`${server.page}?again`)
    await untilReady()
    await showPicture(await server.authority.token())
    await verdict().toEqual(green)
  })

  test('keys that are deleted under it are stored again, and those that were changed on the disk decide nothing', async () => {
    await tab.read(`new Promise((resolve) => {
      const deleting = indexedDB.deleteDatabase('kycvs-gate')
      for (const name of ['success', 'error']) deleting.addEventListener(name, () => resolve(name))
    })`)
    await showPicture(await server.authority.token())
    await verdict().toEqual(green)
    await next()
    await tab.read(`dispatchEvent(new Event('online'))`)
    await expect.poll(() => tab.read(heldKeys), patience).toHaveLength(1)
    await server.stop()
    await tab.open(`${server.page}?again`)
    await untilReady()
    await showPicture(await server.authority.token())
    await verdict().toEqual(green)
    expect(await tab.read(changeTrustList)).toBe('changed')
    await tab.open(`${server.page}?and-again`)
    await expect.poll(() => tab.read(`document.querySelector('.pill')?.dataset.state`), patience).toBe('bad')
    await showPicture(await server.authority.token())
    await verdict().toEqual(grey('no-keys'))
  })
})

const patience = { timeout: 30_000, interval: 100 }
const green = { verdict: 'verified', status: '2', tone: 'green' }
const grey = (reason: string): object => ({ verdict: 'unsure', reason, tone: 'grey' })
const dark = (reason: string): object => ({ verdict: 'refused', reason, tone: 'dark' })

/** Puts a film in the place of the camera, which the page opens anew when it comes back from the background. */
function film(code: string): string {
  const rows = encode(code, { ecc: 'L', border: 4 }).data.map((row) =>
    row.map((isDark) => (isDark ? '#' : ' ')).join(''),
  )
  return `(async () => {
    const rows = ${JSON.stringify(rows)}
    const canvas = document.createElement('canvas')
    canvas.width = 1280
    canvas.height = 720
    const brush = canvas.getContext('2d')
    let turn = 0
    const draw = () => {
      turn += 1
      const module = 5 + (turn % 2)
      brush.fillStyle = '#fff'
      brush.fillRect(0, 0, canvas.width, canvas.height)
      brush.fillStyle = '#000'
      const left = (canvas.width - module * rows.length) >> 1
      const top = (canvas.height - module * rows.length) >> 1
      rows.forEach((row, y) => [...row].forEach((mark, x) => mark === '#' && brush.fillRect(left + x * module, top + y * module, module, module)))
    }
    draw()
    setInterval(draw, 100)
    navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(10)
    for (const state of ['hidden', 'visible']) {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    }
  })()`
}

/** What the database keeps of keys; it is made anew if it is not there, as the page itself would. */
const heldKeys = `new Promise((resolve) => {
  const opening = indexedDB.open('kycvs-gate')
  opening.addEventListener('error', () => resolve([]))
  opening.addEventListener('success', () => {
    const names = [...opening.result.objectStoreNames]
    if (!names.includes('belief')) { opening.result.close(); indexedDB.deleteDatabase('kycvs-gate'); return resolve([]) }
    const asking = opening.result.transaction('belief').objectStore('belief').getAllKeys()
    asking.addEventListener('success', () => { opening.result.close(); resolve(asking.result) })
  })
})`
