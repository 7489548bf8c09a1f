// WCAG 2.2 AA by axe-core, and what is wider than the page.
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright'

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8')

export interface Found {
  readonly rule: string
  readonly nodes: readonly string[]
}

const ruleSets = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** axe's findings, with its own script evaluated by the debugger, past the page's policy. */
export async function findings(page: Page): Promise<Found[]> {
  const found: unknown = await page.evaluate(
    `${axe}; axe.run({ runOnly: ${JSON.stringify(ruleSets)} }).then(({ violations }) =>
      violations.map(({ id, nodes }) => ({ rule: id, nodes: nodes.map(({ html }) => html.slice(0, 160)) })))`,
  )
  if (!Array.isArray(found)) throw new Error('axe gave no list')
  return found
}

/** The elements that stand out of the page to the left or the right. */
export const overflow = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { clientWidth } = document.documentElement
    return [...document.querySelectorAll('main:not([inert]) *')]
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect()
        return width > 0 && !element.closest('.unseen, video') && (left < -1 || right > clientWidth + 1)
      })
      .map((element) => element.outerHTML.slice(0, 120))
  })

export interface Shape {
  readonly viewport: { readonly width: number; readonly height: number }
  readonly colorScheme?: 'light' | 'dark'
  readonly forcedColors?: 'active'
}

/** What is wrong with a screen in each of these shapes, and with text twice as large; nothing where nothing is. */
export async function faultsIn(
  page: Page,
  shapes: Readonly<Record<string, Shape>>,
): Promise<Record<string, readonly (Found | string)[]>> {
  const faults: Record<string, readonly (Found | string)[]> = {}
  for (const [name, { viewport, colorScheme = 'light', forcedColors = 'none' }] of Object.entries(shapes)) {
    await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme, forcedColors })
    faults[name] = [...(await findings(page)), ...(await overflow(page))]
  }
  await page.setViewportSize({ width: 360, height: 740 })
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
  faults['text twice as large'] = await overflow(page)
  return Object.fromEntries(Object.entries(faults).filter(([, found]) => found.length > 0))
}
