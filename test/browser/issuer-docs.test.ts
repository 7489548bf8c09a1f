// The issuer's API, to browse: Swagger UI runs under the page's strict headers, shows every route, and asks nobody else.
import { chromium, type Browser } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromiumArgs, chromiumPath } from '../support/chromium.ts'
import { startTestIssuer, type TestIssuer } from '../support/issuer.ts'

let service: TestIssuer
let browser: Browser

beforeAll(async () => {
  service = await startTestIssuer('memory', { listen: { port: 0 }, issuer: undefined })
  browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArgs] })
})
afterAll(async () => {
  await browser.close()
  await service.issuer.stop()
})

test('the API’s page shows every route, and breaks none of its own rules', async () => {
  const { origin } = service.issuer
  const page = await browser.newPage()
  const complaints: string[] = []
  const asked = new Set<string>()
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => asked.add(new URL(request.url()).origin))
  await page.goto(`${origin}/docs`)
  const document = await (await fetch(`${origin}/openapi.json`)).json()
  for (const path of Object.keys(document.paths)) await page.locator(`[data-path="${path}"]`).first().waitFor()
  const bundle = await fetch(`${origin}/docs/swagger-ui-bundle.js`, { headers: { 'Accept-Encoding': 'gzip' } })
  expect(bundle.headers.get('content-encoding')).toBe('gzip')
  await page.locator('[data-path="/kyc-vs/otp"]').click()
  await page.getByText('Asha Nair').first().waitFor()
  expect(complaints).toEqual([])
  expect([...asked].filter((to) => to !== 'null')).toEqual([origin])
})

test('what it shows can be tried', async () => {
  const page = await browser.newPage()
  await page.goto(`${service.issuer.origin}/docs`)
  await page.locator('[data-path="/kyc-vs/otp"]').click()
  await page.getByRole('button', { name: 'Try it out' }).click()
  await page.locator('textarea').fill('{"mobile":"12345"}')
  await page.getByRole('button', { name: 'Execute' }).click()
  await page.locator('.live-responses-table').getByText('urn:kyc-vs:problem:invalid').first().waitFor()
})
