// Draws the icons of both pages from their icon.svg with Chromium: run it by hand when one changes (tsx test/support/draw-icons.ts).
import { readFile } from 'node:fs/promises'
import { chromium } from 'playwright'
import { chromiumArgs, chromiumPath } from './chromium.ts'

const folders = { 'public/icons': '#0b0f14', 'src/holder/public/icons': '#f4f6f8' } as const

/** Full-bleed, with everything inside the maskable safe zone: a circle of 80 % (https://w3.org/TR/appmanifest/#icon-masks). */
const fullBleed = (svg: string, ground: string): string =>
  svg.replace('rx="112"', '').replace('viewBox="0 0 512 512"', `viewBox="-32 -32 576 576" style="background:${ground}"`)

const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArgs] })
for (const [folder, ground] of Object.entries(folders)) {
  const svg = await readFile(`${folder}/icon.svg`, 'utf8')
  const pictures = [
    ['icon-192.png', svg, 192],
    ['icon-512.png', svg, 512],
    ['maskable-192.png', fullBleed(svg, ground), 192],
    ['maskable-512.png', fullBleed(svg, ground), 512],
    ['apple-touch-icon.png', fullBleed(svg, ground), 180],
  ] as const
  for (const [name, picture, size] of pictures) {
    const page = await browser.newPage({ viewport: { width: size, height: size } })
    await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${picture}`)
    await page.screenshot({ path: `${folder}/${name}`, omitBackground: true })
    await page.close()
  }
}
await browser.close()
