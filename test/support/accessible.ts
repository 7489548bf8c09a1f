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

/** What does not fit: it stands out, is cut off, breaks in the middle of a word, is covered, or is too small to be hit. */
export const misfits = async (page: Page): Promise<string[]> => [
  ...(await overflow(page)),
  ...(await page.evaluate(() => {
    // oxlint-disable-next-line unicorn/consistent-function-scoping -- it runs in the page, where nothing of this file is
    const isSeen = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true })
    // A dialog is all there is.
    const frame = document.querySelector('dialog[open]') ?? document.querySelector('main:not([inert])')
    const shown = [...(frame?.querySelectorAll<HTMLElement>('*') ?? [])].filter(
      (element) =>
        isSeen(element) &&
        // Nor what is for screen readers alone.
        element.clientWidth !== 1 &&
        !element.closest('.unseen, video, svg, [aria-hidden="true"], .verdict-bar'),
    )
    // oxlint-disable-next-line unicorn/consistent-function-scoping -- it runs in the page, where nothing of this file is
    const named = (what: string, element: Element): string => `${what}: ${element.outerHTML.slice(0, 120)}`
    const found: string[] = []
    for (const element of shown) {
      const { overflowX, overflowY, fontSize, display } = getComputedStyle(element)
      const across = element.scrollWidth - element.clientWidth
      const down = element.scrollHeight - element.clientHeight
      const scrolls = /auto|scroll/.test(overflowY)
      // Letters that are higher than their line are no fault of the box.
      const slack = scrolls ? Infinity : Number.parseFloat(fontSize) / 2
      const isBox =
        !/^inline$|contents/.test(display) &&
        element.clientWidth > 0 &&
        !element.matches('select') &&
        (element.childElementCount === 0 || [...element.children].some(isSeen))
      if (isBox && overflowX !== 'visible' && across > 1) found.push(named('cut off', element))
      if (isBox && (down > slack || (across > 1 && !scrolls))) found.push(named('too much in it', element))
      const { width, height } = element.getBoundingClientRect()
      if (element.matches('button, input, select, a[href], textarea') && Math.min(width, height) < 24)
        found.push(named('too small', element))
      // What staff press all day; the line of health and what stands in the lens's own row are 48 px.
      if (element.matches('button:not(.pill, .lens button)') && height < 55.5) found.push(named('not 56 px', element))
    }
    // A word of letters breaks only where its whole line would not hold it. Tables share a line among columns.
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const range = document.createRange()
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      if (!element || !shown.includes(element) || element.closest('code, .small, th, .tally-outcomes dt')) continue
      let block = element
      while (getComputedStyle(block).display === 'inline' && block.parentElement) block = block.parentElement
      const { paddingLeft, paddingRight } = getComputedStyle(block)
      // Less a sign that may stand before the words.
      const room = block.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight) - 24
      for (const { 0: word, index } of (node.nodeValue ?? '').matchAll(/[\p{L}\p{M}]+/gu)) {
        range.setStart(node, index)
        range.setEnd(node, index + word.length)
        const parts = [...range.getClientRects()].filter(({ width }) => width > 0)
        const lines = new Set(parts.map(({ y }) => Math.round(y)))
        const wide = parts.reduce((sum, { width }) => sum + width, 0)
        if (lines.size > 1 && wide <= room) found.push(named(`“${word}” is broken`, element))
      }
    }
    // Whatever is pressed can be seen whole: what scrolls is taken at the part of it that is on the screen.
    for (const button of shown.filter((element) => element.matches('button, input, select, textarea'))) {
      button.scrollIntoView({ block: 'nearest' })
      const { x, y, width, height } = button.getBoundingClientRect()
      const hit = document.elementFromPoint(x + width / 2, y + height / 2)
      if (hit && !button.contains(hit) && !hit.closest('label')?.contains(button)) found.push(named('covered', button))
    }
    return found
  })),
]

/** WCAG 1.4.12: all that a reader may set at once. */
const spacing = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-block-end: 2em !important }`

/** What does not fit as it is, with the text of a reader who needs it wide, and with text twice as large. */
export async function misfitsOfReaders(page: Page): Promise<string[]> {
  const asIs = await misfits(page)
  await page.evaluate((style) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(style)
    document.adoptedStyleSheets = [sheet]
  }, spacing)
  const spaced = await misfits(page)
  await page.evaluate(() => {
    document.adoptedStyleSheets = []
    document.documentElement.style.setProperty('font-size', '200%')
  })
  const large = await misfits(page)
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'))
  return [...asIs, ...spaced.map((fault) => `spaced: ${fault}`), ...large.map((fault) => `large: ${fault}`)]
}

export interface Shape {
  readonly viewport: { readonly width: number; readonly height: number }
  readonly colorScheme?: 'light' | 'dark'
  readonly forcedColors?: 'active'
}

/**
 * What is wrong with a screen in each of these shapes, and with text twice as large; nothing where nothing is.
 * @param look what else is looked for besides axe's findings
 */
export async function faultsIn(
  page: Page,
  shapes: Readonly<Record<string, Shape>>,
  look: (page: Page) => Promise<readonly string[]> = overflow,
): Promise<Record<string, readonly (Found | string)[]>> {
  const faults: Record<string, readonly (Found | string)[]> = {}
  for (const [name, { viewport, colorScheme = 'light', forcedColors = 'none' }] of Object.entries(shapes)) {
    await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme, forcedColors })
    faults[name] = [...(await findings(page)), ...(await look(page))]
  }
  await page.setViewportSize({ width: 360, height: 740 })
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
  faults['text twice as large'] = await look(page)
  return Object.fromEntries(Object.entries(faults).filter(([, found]) => found.length > 0))
}
