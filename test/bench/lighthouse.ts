// bench:lighthouse: Google's Lighthouse on the built gate as it is hosted, on the phone that Lighthouse imagines; its report is
// kept in dist/lighthouse. Fetched from the registry for the run, and no part of the project.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync } from 'node:fs'
import { isFields } from '../../src/core/compact.ts'
import { chromiumPath } from '../support/chromium.ts'
import { startGateServer } from '../support/gate-server.ts'
import { say } from './figures.ts'

const VERSION = '12.8.2'
const WANTED = ['performance', 'accessibility', 'best-practices']
const report = 'dist/lighthouse/gate'

mkdirSync('dist/lighthouse', { recursive: true })
const server = await startGateServer()
const run = spawn(
  'npx',
  [
    '--yes',
    `lighthouse@${VERSION}`,
    server.page,
    `--only-categories=${WANTED.join(',')}`,
    '--output=json',
    '--output=html',
    `--output-path=${report}`,
    '--chrome-flags=--headless=new --no-sandbox --use-fake-ui-for-media-stream --use-fake-device-for-media-stream',
    '--quiet',
  ],
  { stdio: 'inherit', env: { ...process.env, CHROME_PATH: chromiumPath() } },
)
const [code] = await once(run, 'exit')
await server.stop()
if (code !== 0) throw new Error(`Lighthouse ended with ${code}`)

const found: unknown = JSON.parse(readFileSync(`${report}.report.json`, 'utf8'))
const categories = isFields(found) && isFields(found['categories']) ? found['categories'] : {}
for (const name of WANTED) {
  const category = categories[name]
  const score = isFields(category) && typeof category['score'] === 'number' ? category['score'] : 0
  say(`${name}: ${Math.round(score * 100)}`)
  if (score < 1) process.exitCode = 1
}
say(`${report}.report.html`)
