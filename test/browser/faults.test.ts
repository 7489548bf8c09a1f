// What breaks under a gate in a long shift: its storage, its service worker, its files, the network. Each ends in a right
// verdict or an honest grey, and never in a false colour or a blank page.
import type { CDPSession, Page } from 'playwright'
import { describe, expect, test } from 'vitest'
import { makeKey } from '../../src/issuer/sign.ts'
import {
  green,
  grey,
  judged,
  next,
  openPanel,
  untilReady,
  visit,
  type Stage,
  type Visit,
} from '../support/gate-page.ts'
import type { GateServer } from '../support/gate-server.ts'
import { onStage } from '../support/on-stage.ts'

let stage: Stage
let server: GateServer
onStage((given) => ({ stage, server } = given))

async function ready(visitor: Visit = {}): Promise<Page> {
  const page = await visit(stage, server.page, visitor)
  await untilReady(page)
  return page
}

const pill = (page: Page, state: 'good' | 'warn' | 'bad') => page.locator(`.pill[data-state="${state}"]`).waitFor()
const devTools = (page: Page): Promise<CDPSession> => page.context().newCDPSession(page)

/** A good code, and one that nobody trusted signed: whatever else is broken, the second is never shown in a colour. */
async function judgesBoth(page: Page, good: object): Promise<void> {
  expect(await judged(page, await server.authority.token())).toEqual(good)
  await next(page)
  const stranger = await makeKey('ES256', 'issuer')
  const { verdict } = await judged(page, await server.authority.token({}, stranger))
  expect(verdict).toBe('unsure')
  await next(page)
}

const damage = (page: Page, store: string, how: string): Promise<unknown> =>
  page.evaluate(`new Promise((resolve, reject) => {
    const walk = (value, text, number, truth) =>
      typeof value === 'string' ? text(value)
      : typeof value === 'number' ? number(value)
      : typeof value === 'boolean' ? truth(value)
      : Array.isArray(value) ? value.map(one => walk(one, text, number, truth))
      : value && typeof value === 'object'
        ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one, text, number, truth)]))
        : value
    const opening = indexedDB.open('kycvs-gate')
    opening.onerror = () => reject(new Error('no database'))
    opening.onsuccess = () => {
      const swap = opening.result.transaction('${store}', 'readwrite')
      const walking = swap.objectStore('${store}').openCursor()
      walking.onsuccess = () => {
        const cursor = walking.result
        if (!cursor) return
        cursor.update((${how})(cursor.value))
        cursor.continue()
      }
      swap.onabort = () => reject(swap.error)
      swap.oncomplete = () => { opening.result.close(); resolve(true) }
    }
  })`)

/** Takes files out of what the service worker stored, and out of the browser's own cache. */
async function drop(page: Page, pattern: string): Promise<number> {
  await (await devTools(page)).send('Network.clearBrowserCache')
  return page.evaluate(async (wanted) => {
    let dropped = 0
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys())
        if (new RegExp(wanted).test(request.url) && (await cache.delete(request))) dropped += 1
    }
    return dropped
  }, pattern)
}

describe('a record of the database', () => {
  /** Text in the page: gives the record's new value. */
  const damages = {
    flipped: `value => walk(value, text => [...text].reverse().join(''), number => -number, truth => !truth)`,
    truncated: `value => walk(value, text => text.slice(0, text.length >> 1), number => number >> 8, () => undefined)`,
    'of another kind': `() => ['?']`,
    empty: `() => ({})`,
  }
  test.each(Object.entries(damages))('%s: each in turn, with nobody to ask', async (_, how) => {
    const page = await ready()
    await openPanel(page, 'Tally')
    await page.getByRole('button', { name: 'Start shift' }).click()
    await page.locator('[data-shift="on"]').waitFor()
    await page.locator('.tabs').getByRole('button', { name: 'Scan' }).click()
    await judgesBoth(page, green)
    await server.stop()
    for (const store of ['settings', 'refresh', 'clock', 'tally', 'shifts']) {
      await damage(page, store, how)
      await page.reload()
      await untilReady(page)
      await judgesBoth(page, green)
      await openPanel(page, 'Keys')
      await openPanel(page, 'Settings')
      // What is damaged of the counts is left out, and counting goes on.
      await openPanel(page, 'Tally')
      await page.locator('[data-total]:not([data-total="0"])').waitFor()
      await page.locator('.tabs').getByRole('button', { name: 'Scan' }).click()
    }
    await damage(page, 'belief', how)
    await page.reload()
    await pill(page, 'bad')
    await judgesBoth(page, grey('no-keys'))
  })
})

/** What the Ready page says of keys that are not kept. */
async function saysWhy(page: Page, words: string): Promise<void> {
  await openPanel(page, 'Ready?')
  await page.locator('.checks li[data-done="false"]', { hasText: 'Keys held' }).getByText(words).waitFor()
}

describe('the database', () => {
  test('of a version to come is left alone: the gate works, keeps nothing, and says so', async () => {
    const page = await visit(stage, `${server.page}config.json`)
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          const opening = indexedDB.open('kycvs-gate', 99)
          opening.addEventListener('success', () => resolve(opening.result.close()))
        }),
    )
    await page.goto(server.page)
    await page.getByText('Getting ready to work offline').waitFor()
    await pill(page, 'warn')
    await judgesBoth(page, green)
    await saysWhy(page, 'A newer version of the gate was on this device.')
  })

  test('that another tab holds on to, in a version before: the gate works, and keeps what it has once it is let go', async () => {
    const holder = await visit(stage, `${server.page}config.json`)
    // An old page that hears of no change: it never gives way.
    await holder.evaluate(
      () =>
        new Promise((resolve) => {
          const opening = indexedDB.open('kycvs-gate', 1)
          opening.addEventListener('upgradeneeded', () => {
            for (const name of ['belief', 'clock', 'refresh', 'settings']) opening.result.createObjectStore(name)
          })
          opening.addEventListener('success', () => {
            Reflect.set(globalThis, 'held', opening.result)
            resolve(true)
          })
        }),
    )
    const page = await holder.context().newPage()
    await page.goto(server.page)
    await pill(page, 'warn')
    await judgesBoth(page, green)
    await saysWhy(page, 'Another tab has an older version of the gate open.')
    await holder.close()
    await page.reload()
    await untilReady(page)
    await judgesBoth(page, green)
  })

  test('that is full: newer keys count for as long as the page lives, and it says that they were not kept', async () => {
    const page = await ready({
      prepare: (fresh) =>
        fresh.addInitScript({
          content: `
            const { put } = IDBObjectStore.prototype
            IDBObjectStore.prototype.put = function (...values) {
              if (globalThis.isFull) throw new DOMException('No room', 'QuotaExceededError')
              return put.apply(this, values)
            }`,
        }),
    })
    await page.evaluate(() => void Reflect.set(globalThis, 'isFull', true))
    server.serves.trust = await server.authority.trustList({ seq: 2, issuers: [] })
    await openPanel(page, 'Keys')
    await page.getByRole('button', { name: 'Refresh' }).click()
    await page.locator('[data-outcome="not-kept"]').waitFor()
    await saysWhy(page, 'There is no room on this device.')
    await page.locator('.tabs').getByRole('button', { name: 'Scan' }).click()
    await judgesBoth(page, grey('unknown-key'))
  })

  test('that the browser refuses, as in some private modes', async () => {
    const page = await visit(stage, server.page, {
      prepare: (fresh) =>
        fresh.addInitScript(() => {
          IDBFactory.prototype.open = () => {
            throw new DOMException('Not here', 'SecurityError')
          }
        }),
    })
    await pill(page, 'warn')
    await judgesBoth(page, green)
    await saysWhy(page, 'This browser keeps nothing here. Leave private mode,')
  })
})

describe('the service worker', () => {
  test('killed in the middle of a shift, it comes back by itself', async () => {
    const page = await ready()
    await server.stop()
    const browser = await devTools(page)
    await browser.send('ServiceWorker.enable')
    await browser.send('ServiceWorker.stopAllWorkers')
    await judgesBoth(page, green)
    await browser.send('ServiceWorker.stopAllWorkers')
    await page.reload()
    await untilReady(page)
    await judgesBoth(page, green)
  })

  test('with some of its files gone, the gate says so, and stores them again', async () => {
    const page = await ready()
    expect(await drop(page, 'Panels|reader')).toBeGreaterThan(1)
    await page.reload()
    await pill(page, 'warn')
    await judgesBoth(page, green)
    await openPanel(page, 'Ready?')
    await page.getByRole('button', { name: 'Store again' }).click()
    await page.waitForEvent('load')
    await untilReady(page)
    await server.stop()
    await page.reload()
    await untilReady(page)
    await judgesBoth(page, green)
  })

  test('without a page of the menu and with nobody to ask: a crash screen, and back to scanning', async () => {
    const page = await ready({ crashes: true })
    expect(await drop(page, 'Panels')).toBe(1)
    await server.stop()
    await page.reload()
    await page.getByRole('button', { name: 'Menu' }).click()
    const crash = page.locator('[data-screen="crash"]')
    await crash.waitFor()
    expect(await crash.locator('code').textContent()).toMatch(/^screen \w+ [\w.:-]+ \w+$/)
    expect(await page.locator('[data-tone]').count()).toBe(0)
    await page.getByRole('button', { name: 'Start again' }).click()
    await page.locator('[data-screen="scan"]').waitFor()
    await judgesBoth(page, green)
  })

  test('without the cards of the scan screen, and with nobody to ask: it scans on', async () => {
    const page = await ready({ crashes: true })
    expect(await drop(page, 'FirstRunCard|CameraFaultCard|checks-|page-words')).toBe(4)
    await server.stop()
    await page.reload()
    await pill(page, 'warn')
    await judgesBoth(page, green)
  })

  test('without what asks for newer keys, and with nobody to ask: grey where they would be needed', async () => {
    const page = await ready({ crashes: true })
    expect(await drop(page, 'refresh-')).toBe(1)
    await server.stop()
    await page.reload()
    await pill(page, 'warn')
    await judgesBoth(page, green)
    await openPanel(page, 'Keys')
    await page.locator('[data-outcome="unreachable"]').waitFor()
  })

  test('without the app itself and with nobody to ask: it says what to do', async () => {
    const page = await ready()
    expect(await drop(page, 'index-.*\\.js')).toBe(1)
    await server.stop()
    await page.reload()
    await page.getByText('The gate has not started. Connect this device to the network').waitFor()
  })

  test('with everything gone that the browser kept for it, it is fetched anew where there is a network', async () => {
    const page = await ready()
    await (await devTools(page)).send('Storage.clearDataForOrigin', { origin: server.origin, storageTypes: 'all' })
    // The open page judges on with what it has.
    await judgesBoth(page, green)
    await page.reload()
    await untilReady(page)
    await server.stop()
    await page.reload()
    await untilReady(page)
    await judgesBoth(page, green)
  })
})

test('after a crash, everything can be removed and fetched anew', async () => {
  const page = await ready({ crashes: true })
  expect(await drop(page, 'Panels')).toBe(1)
  await page.context().route(/Panels/, (route) => route.abort())
  await page.reload()
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('button', { name: 'It keeps coming back' }).click()
  await page.context().unroute(/Panels/)
  await page.getByRole('button', { name: 'Remove and fetch anew' }).click()
  await page.waitForEvent('load')
  await untilReady(page)
  await judgesBoth(page, green)
})

describe('the network', () => {
  const cors = { 'Access-Control-Allow-Origin': '*' }

  test.each([
    ['half a body', () => brokenBody('eyJhbGciOiJFUzI1NiIs')],
    ['a byte now and then', () => slowBody()],
    ['10 MB of what is no list', () => new Response('A'.repeat(10_000_000), { headers: cors })],
    ['a sign-in page for everything', () => new Response('<!doctype html><p>Welcome</p>', { headers: cors })],
  ])('that gives %s: the held list stands', async (_, answer) => {
    const page = await ready()
    server.serves.trust = answer
    await openPanel(page, 'Keys')
    await page.getByRole('button', { name: 'Refresh' }).click()
    await page.locator('[data-outcome]:not([data-outcome="same"]):not([data-outcome="updated"])').waitFor()
    await page.locator('.tabs').getByRole('button', { name: 'Scan' }).click()
    await judgesBoth(page, green)
  })

  test('that knows no names any more: the held list stands', async () => {
    const page = await ready()
    await page.context().route(`${server.listsOrigin}/**`, (route) => route.abort('namenotresolved'))
    await openPanel(page, 'Keys')
    await page.getByRole('button', { name: 'Refresh' }).click()
    await page.locator('[data-outcome="unreachable"]').waitFor()
    await page.locator('.tabs').getByRole('button', { name: 'Scan' }).click()
    await judgesBoth(page, green)
  })

  function brokenBody(half: string): Response {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode(half)),
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 300))
        controller.error(new Error('The line went dead'))
      },
    })
    return new Response(body, { headers: cors })
  }

  /** Longer than the gate waits. */
  function slowBody(): Response {
    let ticking: ReturnType<typeof setInterval>
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        ticking = setInterval(() => controller.enqueue(new TextEncoder().encode('e')), 500)
      },
      cancel: () => clearInterval(ticking),
    })
    return new Response(body, { headers: cors })
  }

  test('that signs people in first, at the very first start: nothing is decided, and nothing of it is kept', async () => {
    const { config } = server.serves
    server.serves.trust = () => new Response('<!doctype html><p>Welcome</p>', { headers: cors })
    const page = await visit(stage, server.page)
    await pill(page, 'bad')
    await judgesBoth(page, grey('no-keys'))
    server.serves.config = config
    server.serves.trust = await server.authority.trustList()
    await page.reload()
    await untilReady(page)
    await judgesBoth(page, green)
  })
})

test('a page that is killed at any step of a swap of lists leaves the old list or the new one', async () => {
  const context = await stage.browser.newContext({ viewport: { width: 360, height: 740 } })
  try {
    let page = await context.newPage()
    await page.goto(server.page)
    await untilReady(page)
    const old = await server.authority.token({ vs: 2 })
    for (let seq = 2; seq <= 9; seq += 1) {
      server.serves.trust = await server.authority.trustList({ seq })
      // Killed sooner and later after the press, from before the answer to after the last write.
      await openPanel(page, 'Keys')
      await page.getByRole('button', { name: 'Refresh' }).click()
      await new Promise((resolve) => setTimeout(resolve, (seq - 2) * 10))
      const killer = await devTools(page)
      const killed = page.waitForEvent('crash')
      void killer.send('Page.crash').catch(() => undefined)
      await killed
      await page.close()
      page = await context.newPage()
      const offered = server.serves.trust
      server.serves.trust = () => new Response('', { status: 503 })
      await page.goto(server.page)
      await untilReady(page)
      expect(await judged(page, old)).toEqual(green)
      await next(page)
      await openPanel(page, 'Keys')
      const held = Number(await page.locator('[data-fact="seq"]').textContent())
      expect([seq - 1, seq]).toContain(held)
      server.serves.trust = offered
      // The next round starts from this one.
      await page.getByRole('button', { name: 'Refresh' }).click()
      await page.locator('[data-fact="seq"]').getByText(String(seq), { exact: true }).waitFor()
      await page.locator('.tabs').getByRole('button', { name: 'Scan' }).click()
    }
  } finally {
    await context.close()
  }
})

test('a year later, with the app and the keys of today: nothing is decided, and it says why', async () => {
  const page = await visit(stage, server.page, { prepare: (fresh) => fresh.clock.install() })
  await untilReady(page)
  await server.stop()
  await page.clock.setSystemTime(Date.now() + 366 * 86_400_000)
  await page.reload()
  await pill(page, 'bad')
  expect(await judged(page, await server.authority.token())).toEqual(grey('stale-keys'))
  await page.locator('[data-verdict] [data-freshness="stopped"]').waitFor()
  await next(page)
  // And in 2038, when 32 bits of seconds are over: `refused` is for a code at fault alone.
  await page.clock.setSystemTime(Date.UTC(2038, 0, 19, 3, 14, 8))
  expect((await judged(page, await server.authority.token())).verdict).toBe('unsure')
})
