// What the operator's policies change at the built gate, and what they leave alone.
import { expect, test } from 'vitest'
import { judged, next, openPanel, untilReady, visit, type Stage } from '../support/gate-page.ts'
import type { GateServer } from '../support/gate-server.ts'
import { onStage } from '../support/on-stage.ts'

let stage: Stage
let server: GateServer
onStage((given) => ({ stage, server } = given))

const policies = {
  full: { returnAfter: 20 },
  partly: { action: { en: 'Let in with a mask', hi: 'मास्क के साथ अंदर जाने दें' }, sound: 'gallop' },
  none: { action: 'Send to the desk', sound: 'silent', returnAfter: 3 },
}

test('staff see the rule before and on a verdict, hear its sound, and have its time; word and colour stay', async () => {
  server.serves.config = { ...server.serves.config, policies }
  const page = await visit(stage, server.page, {
    async prepare(fresh) {
      await fresh.clock.install()
      await fresh.addInitScript(() => {
        globalThis.OscillatorNode = class extends OscillatorNode {
          constructor(audio: BaseAudioContext, options?: OscillatorOptions) {
            super(audio, options)
            const { dataset } = document.documentElement
            dataset['heard'] = `${dataset['heard'] ?? ''} ${options?.frequency}`.trim()
          }
        }
      })
    },
  })
  const rules = page.locator('.policies li')
  const action = page.locator('.verdict-action')
  const heard = (): Promise<string | undefined> => page.evaluate(() => document.documentElement.dataset['heard'])
  await untilReady(page)
  await page.getByRole('button', { name: 'Skip' }).click()
  expect(await rules.allTextContents()).toEqual(['Partly: Let in with a mask', 'None: Send to the desk'])

  const amber = { verdict: 'verified', status: '1', tone: 'amber' }
  expect(await judged(page, await server.authority.token({ vs: 1 }))).toEqual(amber)
  expect(await page.locator('.verdict h1').textContent()).toBe('Partly')
  expect(await action.textContent()).toBe('Let in with a mask')
  expect(await action.getAttribute('lang')).toBe('en')
  await expect.poll(heard).toBe('620 620 930')
  await next(page)

  expect(await judged(page, await server.authority.token({ vs: 0 }))).toMatchObject({ tone: 'red' })
  expect(await action.textContent()).toBe('Send to the desk')
  await page.clock.runFor(3500)
  await page.locator('[data-screen="scan"]').waitFor()

  expect(await judged(page, await server.authority.token())).toMatchObject({ tone: 'green' })
  expect(await action.textContent()).toBe('Let in.')
  await page.clock.runFor(15_000)
  expect(await page.locator('[data-verdict]').count()).toBe(1)
  await page.clock.runFor(5500)
  await page.locator('[data-screen="scan"]').waitFor()
  // Amber, then green: red is silent here.
  expect(await heard()).toBe('620 620 930 880 1320')

  await openPanel(page, 'Help')
  await page.getByText('Here: Let in with a mask').waitFor()
})

test('a policy that is wrong is named; a device that has a config goes on with it, a new one judges nobody', async () => {
  const page = await visit(stage, server.page)
  await untilReady(page)
  const good = server.serves.config
  server.serves.config = { ...good, policies: { ...policies, partly: { action: 'Let\u202ein' } } }
  await openPanel(page, 'Keys')
  await page.getByRole('button', { name: 'Refresh' }).click()
  await page.locator('[data-outcome="bad-config"]').waitFor()
  await page.locator('.tabs').getByRole('button', { name: 'Scan' }).click()
  expect(await judged(page, await server.authority.token({ vs: 1 }))).toMatchObject({ tone: 'amber' })
  expect(await page.locator('.verdict-action').textContent()).toContain('Follow the rule of this place')

  const fresh = await visit(stage, server.page)
  await fresh.locator('.pill', { hasText: '“policies.partly.action” in config.json' }).waitFor()
  expect(await judged(fresh, await server.authority.token())).toEqual({
    verdict: 'unsure',
    reason: 'no-keys',
    tone: 'grey',
  })
})
