// A day of clock jumps, daylight saving, a leap second, 2038 and after: one device, whose clock a test sets. Time is a count of
// seconds everywhere but in what is printed, so each ends in the right verdict or in an honest grey.
import type { Page } from 'playwright'
import { expect, test, vi } from 'vitest'
import english from '../../src/gate/locales/en.json'
import { SECONDS } from '../support/authority.ts'
import { dark, green, grey, judged, next, openPanel, untilReady, visit, type Stage } from '../support/gate-page.ts'
import type { GateServer } from '../support/gate-server.ts'
import { onStage } from '../support/on-stage.ts'

vi.setConfig({ testTimeout: 120_000 })

let stage: Stage
let server: GateServer
onStage((given) => ({ stage, server } = given))

const HOUR = 3600
const DAY = 86_400
const at = (date: string): number => Date.parse(date) / 1000

/** As people in London say it: "31 Oct 2027, 01:30". */
const inLondon = (seconds: number): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/London' }).format(
    seconds * 1000,
  )

test('whatever the clock says: the right verdict, or an honest grey', async () => {
  const { authority } = server
  const status = { status_list: { idx: 0, uri: authority.statusUri } }
  let seq = 1
  const page = await visit(stage, server.page, { timezoneId: 'Europe/London' })
  await untilReady(page)

  const set = (seconds: number): Promise<void> => page.clock.setFixedTime(seconds * 1000)
  const sees = async (token: string, verdict: object): Promise<void> => {
    expect(await judged(page, token)).toEqual(verdict)
    await next(page)
  }
  /** The operator signs lists at this time, and the device fetches them. */
  async function listsOf(iat: number): Promise<void> {
    seq += 1
    server.serves.trust = await authority.trustList({ iat, seq })
    server.serves.status = await authority.statusList([], iat)
    await openPanel(page, 'Keys')
    await page.getByRole('button', { name: 'Refresh' }).click()
    await page.locator('[data-fact="seq"]').getByText(String(seq), { exact: true }).waitFor()
    await page.locator('.tabs').getByRole('button', { name: 'Scan' }).click()
  }
  const tokenOf = (iat: number, exp: number): Promise<string> => authority.token({ iat, exp, status })
  /** A code that ends then, at the last second that it counts and at the next one. */
  async function endsAt(end: number): Promise<void> {
    const token = await tokenOf(end - DAY, end)
    await set(end + 59)
    await sees(token, green)
    await set(end + 60)
    await sees(token, dark('expired'))
  }

  // 24 hours of jumps, there and back. Nothing that was said of the time is forgotten, and nothing is learnt from a jump ahead.
  const start = SECONDS()
  await set(start)
  await listsOf(start)
  const month = await tokenOf(start, start + 28 * DAY)
  for (const hours of [1, 2, 5, 11, 17, 24]) {
    await set(start + hours * HOUR)
    await sees(month, green)
    await set(start - hours * HOUR)
    await sees(month, grey('clock-wrong'))
  }
  await set(start - 300)
  // Five minutes are let pass for the clock, and one for who signs: a code that is not yet valid is refused as such.
  await sees(month, dark('not-yet-valid'))
  await sees(await tokenOf(start - HOUR, start + DAY), green)
  await set(start - 301)
  await sees(month, grey('clock-wrong'))

  // In spring an hour is left out, in autumn one comes twice: to the second in which clocks change, and around it.
  for (const change of [at('2027-03-28T01:00:00Z'), at('2027-10-31T01:00:00Z')]) {
    await set(change - 2 * HOUR)
    await listsOf(change - 2 * HOUR)
    const token = await tokenOf(change - DAY, change + HOUR)
    for (const off of [-HOUR, -1, 0, 1, HOUR]) {
      await set(change + off)
      await sees(token, green)
    }
    await endsAt(change)
    await set(change - 2 * HOUR - 301)
    expect(await judged(page, token)).toEqual(grey('clock-wrong'))
    await says(page, english['time.here'], inLondon(change - 2 * HOUR - 301))
    await says(page, english['time.proven'], inLondon(change - 2 * HOUR))
    await next(page)
  }

  // 23:59:60 is no count of its own: clocks show a second twice, or stretch some. To the gate it is a second that comes again.
  const leap = at('2028-01-01T00:00:00Z')
  await set(leap - HOUR)
  await listsOf(leap - HOUR)
  const token = await tokenOf(leap - DAY, leap - 60)
  for (const second of [leap - 1, leap - 1]) {
    await set(second)
    await sees(token, green)
  }
  await set(leap)
  await sees(token, dark('expired'))
  await set(leap - 1)
  await sees(token, green)

  // Where 31 and 32 bits of seconds end, and long after.
  for (const edge of [2 ** 31, 2 ** 32, at('2200-02-28T12:00:00Z')]) {
    await set(edge - 60)
    await listsOf(edge - 60)
    for (const off of [-60, -1, 0, 1]) {
      await set(edge + off)
      await sees(await tokenOf(edge - HOUR, edge + HOUR), green)
    }
    await endsAt(edge)
    // A clock that went round is behind.
    await set((edge + 1) % 2 ** 31)
    await sees(await tokenOf(edge - HOUR, edge + HOUR), grey('clock-wrong'))
  }

  // Real leap seconds are over: their time is before any that the app takes for possible.
  for (const second of [1_483_228_799, 1_483_228_800]) {
    await set(second)
    await sees(await tokenOf(second - HOUR, second + HOUR), grey('clock-wrong'))
  }
  // And today, after all that: what was proven stays proven, and nobody is judged by a clock that must be wrong.
  await page.reload()
  await set(start)
  await sees(month, grey('clock-wrong'))
})

/** A fact of the verdict. */
async function says(page: Page, name: string, value: string): Promise<void> {
  const term = page.locator('[data-verdict] dt', { hasText: name })
  expect(await term.locator('xpath=following-sibling::dd[1]').textContent()).toBe(value)
}
