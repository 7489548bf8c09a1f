// Takes the pictures of README and docs from the built gate: run `npm run pictures` when the screens change.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { startDemo } from '../../src/demo/start.ts'
import { chromiumArgs, chromiumPath } from './chromium.ts'
import { fakeCamera, qrFrames, writeY4m } from './video.ts'

const folder = 'docs/pictures'
const scratch = await mkdtemp(join(tmpdir(), 'kycvs-pictures-'))
const demo = await startDemo({ port: 0, state: scratch, gateDir: 'dist/gate' })
const textOf = async (id: string): Promise<string> => (await fetch(`${demo.origin}/demo/people/${id}.txt`)).text()

// A code that the gate cannot read, so that the scan screen stays: upright, it would be judged at once.
const film = join(scratch, 'camera.y4m')
writeY4m(film, qrFrames(['https://cafe.example/menu'], { module: 12, seconds: 1 }).slice(-1))

await mkdir(folder, { recursive: true })
const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArgs, ...fakeCamera(film)] })
const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'en-IN', hasTouch: true })
const page = await context.newPage()

await page.goto(`${demo.origin}/gate/`)
await page.getByText('Ready to work offline').waitFor()
await page.screenshot({ path: `${folder}/first-run.png` })
await page.getByRole('button', { name: 'Got it' }).click()
await page.screenshot({ path: `${folder}/scan.png` })

const verdicts = { fully: 'green', partly: 'amber', none: 'red', expired: 'dark', stranger: 'grey' }
for (const [id, tone] of Object.entries(verdicts)) {
  await page.goto(`${demo.origin}/gate/#${await textOf(id)}`)
  await page.locator(`[data-tone="${tone}"]`).waitFor()
  await page.screenshot({ path: `${folder}/${tone}.png` })
  await page.goto('about:blank')
}
await page.goto(`${demo.origin}/gate/`)
await page.getByRole('button', { name: 'Menu' }).click()
await page.getByRole('button', { name: 'Keys' }).click()
await page.screenshot({ path: `${folder}/keys.png` })

await browser.close()
await demo.stop()
await rm(scratch, { recursive: true })
