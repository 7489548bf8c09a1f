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
