// Every screen of the gate, and how it comes: what the tests of accessibility and the gallery go through.
import type { Page } from 'playwright'
import type english from '../../src/gate/locales/en.json'
import { outcomes } from '../../src/gate/session/settings.ts'
import { enrolmentLink } from '../../src/gate/trust/enrolment.ts'
import { SECONDS } from './authority.ts'
import { judged, paste } from './gate-page.ts'
import type { GateServer } from './gate-server.ts'

type Authority = GateServer['authority']
export type Words = typeof english
export type Open = (page: Page, authority: Authority, words: Words) => Promise<unknown>

const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click()

const verdict =
  (claims: () => Parameters<Authority['token']>[0]): Open =>
  async (page, authority) => {
    await judged(page, await authority.token(claims()))
    // It would be gone while it is looked at.
    await page.locator('.verdict-foot [aria-pressed]').click()
  }

const skip: Open = (page, _, words) => press(page, words['page.first.skip'])

const ready = (page: Page, words: Words): Promise<void> =>
  page.locator('.pill', { hasText: words['pill.ready'] }).waitFor()

async function openPanel(page: Page, name: string, words: Words): Promise<void> {
  if ((await page.locator('[data-screen="scan"]').count()) > 0) await press(page, words['scan.menu'])
  await page.locator('.tabs').getByRole('button', { name, exact: true }).click()
}

/** A page of the menu, with all that it has. */
const panel =
  (id: 'page.ready' | 'page.tally' | 'page.settings' | 'page.help', whole: string): Open =>
  async (page, _, words) => {
    await openPanel(page, words[id], words)
    await page.locator(whole).first().waitFor()
  }

/** A kiosk whose battery is the same on every machine. */
async function openStand(page: Page): Promise<void> {
  await page.addInitScript(
    'navigator.getBattery = async () => Object.assign(new EventTarget(), { level: 1, charging: true })',
  )
  await page.goto(`${page.url()}?kiosk`)
}

/** The same gate as a tablet on a stand shows it. Nothing goes by itself: it would be gone while it is looked at. */
const kiosk =
  (then: Open = () => Promise.resolve()): Open =>
  async (page, authority, words) => {
    await openStand(page)
    await page.locator('[data-kiosk="able"] [data-camera="on"]').waitFor()
    await page.evaluate(
      `{ const wait = setTimeout; globalThis.setTimeout = (done, time, ...more) => time >= 4000 ? 0 : wait(done, time, ...more) }`,
    )
    await then(page, authority, words)
  }

const bearer = (claims: () => Parameters<Authority['token']>[0]): Open =>
  kiosk(async (page, authority) => judged(page, await authority.token(claims())))

/** What no page can go on after: its next look at the clock fails. */
export const crash: Open = async (page) => {
  await page.evaluate(
    `Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', { get() { throw new RangeError('on purpose') } })`,
  )
  const crashed = page.locator('[data-screen="crash"]').waitFor()
  // Unless something else has drawn the screen meanwhile, and there is none any more to paste into.
  await Promise.race([crashed, paste(page, 'https://cafe.example/menu')])
  await crashed
}

/** Each opens a screen from a fresh scan screen, in the language of the words. */
export const gateScreens = {
  'first run': (page, _, words) => ready(page, words),
  practice: async (page, _, words) => {
    await press(page, words['page.first.start'])
    await page.getByRole('img', { name: words['page.practice.picture'] }).waitFor()
  },
  'practice, the result of a specimen': async (page, authority, words) => {
    await gateScreens.practice(page, authority, words)
    await press(page, words['page.practice.scan'])
    await page.locator('.verdict').waitFor()
  },
  'practice, at its end': async (page, authority, words) => {
    await gateScreens.practice(page, authority, words)
    for (const _ of outcomes) {
      await press(page, words['page.practice.scan'])
      await press(page, words['verdict.next'])
    }
    await page.getByRole('button', { name: words['page.practice.finish'] }).waitFor()
  },
  scan: skip,
  'a line about some other code': async (page, authority, words) => {
    await skip(page, authority, words)
    return judged(page, 'https://cafe.example/menu')
  },
  paste: async (page, _, words) => {
    await ready(page, words)
    await press(page, words['scan.text'])
    await page.getByRole('dialog').waitFor()
  },
  enrolment: async (page, { root }) => {
    await page.goto(enrolmentLink(page.url(), root.kid))
    await page.locator('[data-enrolment="match"]').waitFor()
  },
  'enrolment with another root': async (page, { issuer }) => {
    await page.goto(enrolmentLink(page.url(), issuer.kid.padEnd(43, 'x')))
    await page.locator('[data-enrolment="mismatch"]').waitFor()
  },
  ready: panel('page.ready', '.panel h2'),
  keys: async (page, _, words) => {
    await ready(page, words)
    await openPanel(page, words['page.keys'], words)
    await page.getByText('Example Health Authority').waitFor()
  },
  tally: panel('page.tally', '.panel h2'),
  'tally of a shift': openShift,
  'report of a shift': async (page, authority, words) => {
    await openShift(page, authority, words)
    await press(page, words['page.tally.report'])
    await page.getByRole('heading', { name: words['page.report.title'] }).waitFor()
  },
  'delete the tally': async (page, authority, words) => {
    await openShift(page, authority, words)
    await press(page, words['page.tally.reset'])
    await page.getByRole('button', { name: words['page.tally.reset-keep'] }).waitFor()
  },
  settings: panel('page.settings', '.pin'),
  help: panel('page.help', '.panel h2'),
  green: verdict(() => ({ n: 'A. B.' })),
  amber: verdict(() => ({ vs: 1 })),
  red: verdict(() => ({ vs: 0 })),
  dark: verdict(() => ({ iat: SECONDS() - 90_000, exp: SECONDS() - 4000 })),
  grey: verdict(() => ({ iss: 'https://elsewhere.example' })),
  'what to do now': async (page, authority, words) => {
    await judged(page, await authority.token({ iss: 'https://elsewhere.example' }))
    await press(page, words['verdict.what-now'])
    await page.getByRole('dialog').waitFor()
  },
  kiosk: kiosk(),
  'kiosk, some other code': kiosk(async (page) => {
    await paste(page, 'https://cafe.example/menu')
    await page.locator('.line[data-reason]').waitFor()
  }),
  'kiosk, green': bearer(() => ({ n: 'A. B.' })),
  'kiosk, amber': bearer(() => ({ vs: 1 })),
  'kiosk, red': bearer(() => ({ vs: 0 })),
  'kiosk, dark': bearer(() => ({ iat: SECONDS() - 90_000, exp: SECONDS() - 4000 })),
  'kiosk, grey': bearer(() => ({ iss: 'https://elsewhere.example' })),
  'kiosk, staff': async (page, authority, words) => {
    await ready(page, words)
    await openPanel(page, words['page.settings'], words)
    for (const id of ['page.pin.fresh', 'page.pin.again'] as const) await page.getByLabel(words[id]).fill('4711')
    await press(page, words['page.pin.set'])
    await page.locator('[data-pin="set"]').waitFor()
    await kiosk()(page, authority, words)
    await press(page, words['page.kiosk.staff'])
    await page.locator('[data-pin="asked"]').waitFor()
  },
  'kiosk, unable': async (page) => {
    await page.addInitScript(() => {
      MediaDevices.prototype.getUserMedia = () => Promise.reject(new DOMException('Not here', 'NotAllowedError'))
    })
    await openStand(page)
    await page.locator('[data-kiosk="unable"] [data-camera="denied"]').waitFor()
  },
  'kiosk, stopped': kiosk(crash),
} as const satisfies Readonly<Record<string, Open>>

/** A shift in which every outcome was shown. */
async function openShift(page: Page, authority: Authority, words: Words): Promise<void> {
  await ready(page, words)
  await openPanel(page, words['page.tally'], words)
  await press(page, words['page.tally.start-shift'])
  await page.locator('[data-shift="on"]').waitFor()
  await press(page, words['page.scan'])
  const counted = ([2, 1, 0] as const).map((vs) => ({ vs }))
  for (const claims of [...counted, { iat: SECONDS() - 90_000, exp: SECONDS() - 4000 }]) {
    await judged(page, await authority.token(claims))
    await press(page, words['verdict.next'])
    await page.locator('[data-screen="scan"]').waitFor()
  }
  await openPanel(page, words['page.tally'], words)
  await page.locator('[data-total="4"]').waitFor()
}
