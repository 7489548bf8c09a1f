// Counting on the built gate: by hour and outcome, over days, tabs and time zones; shifts and their reports, on paper too.
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright'
import { describe, expect, test } from 'vitest'
import { DAY } from '../../src/core/trust-list.ts'
import { SECONDS } from '../support/authority.ts'
import { green, judged, next, openPanel, untilReady, visit, type Stage } from '../support/gate-page.ts'
import type { GateServer } from '../support/gate-server.ts'
import { onStage } from '../support/on-stage.ts'

let stage: Stage
let server: GateServer
onStage((given) => ({ stage, server } = given))

const total = (page: Page, scans: number) => page.locator(`[data-total="${scans}"]`).waitFor()
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const toScan = (page: Page) => page.locator('.tabs').getByRole('button', { name: 'Scan' }).click()

async function scan(page: Page, ...statuses: readonly (0 | 1 | 2)[]): Promise<void> {
  for (const vs of statuses) {
    expect(await judged(page, await server.authority.token({ vs }))).toMatchObject({ status: String(vs) })
    await next(page)
  }
}

async function startShift(page: Page): Promise<void> {
  await openPanel(page, 'Tally')
  await button(page, 'Start shift').click()
  await page.locator('[data-shift="on"]').waitFor()
  await toScan(page)
}

/** The rows of the table, as a screen reader reads them. */
const table = (page: Page): Promise<string[][]> =>
  page
    .locator('.tally-table tr')
    .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent ?? '')))

/** A device in a zone, whose clock the test moves. */
async function timed(timezoneId: string, time?: string): Promise<Page> {
  const page = await visit(stage, server.page, { timezoneId, prepare: (fresh) => fresh.clock.install() })
  await untilReady(page)
  // The pages of the menu are loaded with timers, which then stand still.
  await openPanel(page, 'Tally')
  await toScan(page)
  if (time !== undefined) await page.clock.pauseAt(time)
  return page
}

test('every outcome is counted, and nothing that was no verdict; the menu says how many today', async () => {
  const page = await visit(stage, server.page)
  await untilReady(page)
  await scan(page, 2, 2, 1, 0)
  const again = await server.authority.token({ iat: SECONDS() - 90_000, exp: SECONDS() - 4000 })
  for (const code of [again, again, await server.authority.token({ iss: 'https://elsewhere.example' })]) {
    await judged(page, code)
    await next(page)
  }
  await judged(page, 'https://cafe.example/menu')
  await openPanel(page, 'Ready?')
  await page.getByRole('button', { name: 'Scanned today: 7' }).click()
  await total(page, 7)
  expect((await table(page)).at(0)).toEqual(['Hour', 'Full', 'Partly', 'None', 'Not valid', 'Cannot check', 'All'])
  expect((await table(page)).at(-1)).toEqual(['All', '2', '1', '1', '2', '1', '7'])
  // A bar has the tones and the patterns of its outcomes, and the table says the same without either.
  const fills = await page
    .locator('.tally-chart rect')
    .evaluateAll((bars) => bars.map((bar) => bar.getAttribute('fill')))
  for (const outcome of ['full', 'partly', 'none', 'refused', 'unsure'])
    expect(fills).toContain(`url(#tally-${outcome})`)
  await server.stop()
  await page.reload()
  await openPanel(page, 'Tally')
  await total(page, 7)
})

test('two tabs that count at once lose nothing', async () => {
  const page = await visit(stage, server.page)
  await untilReady(page)
  const other = await page.context().newPage()
  await other.goto(server.page)
  await untilReady(other)
  const token = await server.authority.token()
  for (let round = 0; round < 3; round += 1) {
    await Promise.all([page, other].map(async (tab) => expect(await judged(tab, token)).toEqual(green)))
    await next(page)
    await next(other)
  }
  await openPanel(page, 'Tally')
  await total(page, 6)
})

describe('a database of version 1', () => {
  test('is brought up to the counts, and loses nothing that it held, while an older page has it open', async () => {
    const page = await visit(stage, server.page)
    await untilReady(page)
    await button(page, 'Skip').click()
    await openPanel(page, 'Settings')
    await page.getByLabel('Sound').first().uncheck()
    // What version 1 was: the same four stores with the same records, and none beside them.
    await page.goto(`${server.page}config.json`)
    await page.evaluate(async () => {
      // oxlint-disable-next-line unicorn/consistent-function-scoping -- it runs in the page, where nothing of this file is
      const settled = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve, reject) => {
          request.addEventListener('success', () => resolve(request.result))
          request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB')))
        })
      const names = ['belief', 'clock', 'refresh', 'settings']
      const newer = await settled(indexedDB.open('kycvs-gate'))
      const records = await Promise.all(
        names.map(async (name) => {
          const store = newer.transaction(name).objectStore(name)
          const [keys, values] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll())])
          return keys.map((key, index) => ({ name, key, value: values[index] }))
        }),
      )
      newer.close()
      await settled(indexedDB.deleteDatabase('kycvs-gate'))
      const opening = indexedDB.open('kycvs-gate', 1)
      opening.addEventListener('upgradeneeded', () => {
        for (const name of names) opening.result.createObjectStore(name)
      })
      const older = await settled(opening)
      for (const { name, key, value } of records.flat())
        older.transaction(name, 'readwrite').objectStore(name).put(value, key)
      // As the page of version 1 did: it gives way to a newer one.
      older.addEventListener('versionchange', () => older.close())
    })
    const newer = await page.context().newPage()
    await server.stop()
    await newer.goto(server.page)
    await untilReady(newer)
    expect(await newer.getByText('Skip').count()).toBe(0)
    await scan(newer, 2)
    await openPanel(newer, 'Settings')
    expect(await newer.getByLabel('Sound').first().isChecked()).toBe(false)
    await openPanel(newer, 'Tally')
    await total(newer, 1)
    const held = await newer.evaluate(async () => (await indexedDB.databases()).map(({ version }) => version))
    expect(held).toEqual([2])
  })
})

/** A code that the gate has no keys for by then: its answer counts as well as any. */
async function scanLate(page: Page): Promise<void> {
  expect((await judged(page, await server.authority.token())).verdict).toBe('unsure')
  await next(page)
}

describe('an hour', () => {
  test('that comes twice when summer time ends is two, in the table and in the file', async () => {
    const page = await timed('Europe/Berlin', '2027-10-31T00:40:00Z')
    await server.stop()
    await scanLate(page)
    await page.clock.fastForward('01:00:00')
    await scanLate(page)
    await scanLate(page)
    await openPanel(page, 'Tally')
    await total(page, 3)
    expect((await table(page)).map((row) => [row.at(0), row.at(-1)])).toEqual([
      ['Hour', 'All'],
      ['02:00 UTC+02:00', '1'],
      ['02:00 UTC+01:00', '2'],
      ['All', '3'],
    ])
    const saving = page.waitForEvent('download')
    await button(page, 'Save as CSV').click()
    const saved = await saving
    expect(saved.suggestedFilename()).toBe('tally-north-entrance-2027-10-31.csv')
    expect((await readFile(await saved.path(), 'utf8')).split('\r\n')).toEqual([
      'gate,date,hour,offset,full,partly,none,refused,unsure,total',
      'north-entrance,2027-10-31,02:00,UTC+02:00,0,0,0,0,1,1',
      'north-entrance,2027-10-31,02:00,UTC+01:00,0,0,0,0,2,2',
      '',
    ])
  })

  test('ends at midnight with its day, and after 31 days it is gone', async () => {
    const page = await timed('Asia/Kolkata', '2027-02-28T18:20:00Z')
    await server.stop()
    await scanLate(page)
    await page.clock.fastForward('00:20:00')
    await scanLate(page)
    await scanLate(page)
    await openPanel(page, 'Tally')
    await total(page, 2)
    await button(page, 'The day before').click()
    await page.getByRole('heading', { name: 'Sun, 28 Feb 2027' }).waitFor()
    await total(page, 1)
    // The last second of the 31st day, and the first of the next.
    await page.clock.pauseAt('2027-03-30T18:29:00Z')
    await page.reload()
    await page.clock.resume()
    await openPanel(page, 'Tally')
    await button(page, 'The day before').click()
    await button(page, 'The day before').click()
    await total(page, 1)
    await page.clock.pauseAt('2027-03-30T18:31:00Z')
    await page.reload()
    await page.clock.resume()
    await openPanel(page, 'Tally')
    await button(page, 'The day before').click()
    await total(page, 2)
    expect(await button(page, 'The day before').isDisabled()).toBe(true)
  })
})

describe('a shift', () => {
  test('tells an inspector of gaps, of clock changes and of old keys, on the screen and on paper', async () => {
    // Half an hour into an hour of India's, with keys that are three days old in another half hour.
    const start = (Math.floor(Date.now() / 3_600_000) + 2) * 3_600_000
    server.serves.trust = await server.authority.trustList({ iat: start / 1000 - 3 * DAY + 1800 })
    const page = await timed('Asia/Kolkata')
    await page.clock.pauseAt(start)
    await startShift(page)
    await scan(page, 2, 1)
    await page.clock.fastForward('00:45:00')
    await scan(page, 0)
    await page.clock.setSystemTime(start + 165 * 60_000)
    await page.clock.runFor(60_000)
    await openPanel(page, 'Tally')
    await button(page, 'End shift').click()
    await page.locator('[data-shift="off"]').waitFor()
    await page.locator('.tally-shifts button').click()
    const report = page.locator('.report')
    await report.getByRole('heading', { name: 'Shift report' }).waitFor()
    const marks = await report.locator('.marks li').allTextContents()
    const [first = '', second = '', third = ''] = new Set(marks.map((mark) => mark.slice(0, 14)))
    expect(marks.map((mark) => mark.replace(/min.\./, 'min').replace(/hr./, 'hr'))).toEqual([
      `${first} The gate was closed or out of sight for 45 min`,
      `${second} The keys were old: 3 days.`,
      `${third} The clock of the device jumped ahead by 2 hr: it was set, or the device slept.`,
      `${third} The keys were old: 3 days.`,
    ])
    for (const text of ['Example Mall', 'north-entrance', 'UTC+05:30', 'Nobody signed them', '3 scans'])
      await report.getByText(text).first().waitFor()

    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    expect(await report.isVisible()).toBe(true)
    for (const hidden of ['.tabs', '.scan', '.report button'])
      for (const part of await page.locator(hidden).all()) expect(await part.isVisible()).toBe(false)
    const ink = await report.evaluate((element) => getComputedStyle(element).color)
    expect(ink).toBe('rgb(0, 0, 0)')
    expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-')
  })

  test('goes on after the app was closed, and marks the time that it was', async () => {
    const page = await timed('Asia/Kolkata')
    await startShift(page)
    await page.goto('about:blank')
    await page.clock.fastForward('00:50:00')
    await page.goto(server.page)
    await untilReady(page)
    await openPanel(page, 'Tally')
    await button(page, 'Report').click()
    await page.getByText('The gate was closed or out of sight for 50 min').waitFor()
    await page.getByText('still on').waitFor()
    await button(page, 'Back').click()
    await button(page, 'End shift').waitFor()
  })

  test('and all counts are deleted when that is said twice', async () => {
    const page = await visit(stage, server.page)
    await untilReady(page)
    await startShift(page)
    await scan(page, 2)
    await openPanel(page, 'Tally')
    await total(page, 1)
    await page.getByRole('button', { name: 'Delete all' }).click()
    await button(page, 'Keep them').click()
    await total(page, 1)
    await page.getByRole('button', { name: 'Delete all' }).click()
    await button(page, 'Delete them').click()
    await total(page, 0)
    await page.locator('[data-shift="off"]').waitFor()
    await page.reload()
    await openPanel(page, 'Tally')
    await total(page, 0)
  })
})

test('counts that a full disk did not take last as long as the page, and it says so', async () => {
  const page = await visit(stage, server.page)
  await untilReady(page)
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('No room', 'QuotaExceededError')
    }
  })
  await scan(page, 2, 2)
  await openPanel(page, 'Tally')
  await total(page, 2)
  await page.getByText('This device could not store the counts').waitFor()
})
