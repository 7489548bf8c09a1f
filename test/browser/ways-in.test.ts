// The ways in besides the camera: dropped, pasted and typed; and what the gate says when there is no camera.
import type { Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { qrPng } from '../../src/issuer/qr.ts'
import {
  green,
  grey,
  next,
  openStage,
  untilReady,
  verdictOf,
  visit,
  type Stage,
  type Visit,
} from '../support/gate-page.ts'
import { startGateServer, type GateServer } from '../support/gate-server.ts'

let stage: Stage
let server: GateServer
let token = ''

beforeAll(async () => {
  server = await startGateServer()
  stage = await openStage()
  token = await server.authority.token()
})
afterAll(async () => {
  await stage.close()
  await server.stop()
})
beforeEach(() => stage.film())

async function scanScreen(setting: Visit = {}): Promise<Page> {
  const page = await visit(stage, server.page, setting)
  await untilReady(page)
  return page
}

/** Hands a PNG in by an event of the page's own, as a mouse or a keyboard would. */
async function handIn(page: Page, how: 'drop' | 'paste', picture: Buffer): Promise<void> {
  await page.evaluate(
    ([kind, base64]) => {
      const bytes = Uint8Array.from(atob(base64 ?? ''), (character) => character.charCodeAt(0))
      const data = new DataTransfer()
      data.items.add(new File([bytes], 'code.png', { type: 'image/png' }))
      const common = { bubbles: true, cancelable: true }
      document.body.dispatchEvent(
        kind === 'drop'
          ? new DragEvent('drop', { ...common, dataTransfer: data })
          : new ClipboardEvent('paste', { ...common, clipboardData: data }),
      )
    },
    [how, picture.toString('base64')],
  )
}

describe('handed in', () => {
  test.each(['drop', 'paste'] as const)('a picture, by %s', async (how) => {
    const page = await scanScreen()
    await handIn(page, how, qrPng(token, 'M'))
    expect(await verdictOf(page)).toEqual(green)
  })

  test('a picture without a code, and a file that is no picture, are a line and no verdict', async () => {
    const page = await scanScreen()
    const input = page.getByLabel('A picture of a code')
    const icon = {
      name: 'icon.png',
      mimeType: 'image/png',
      buffer: await (await fetch(`${server.page}icons/icon-192.png`)).arrayBuffer(),
    }
    await input.setInputFiles({ ...icon, buffer: Buffer.from(icon.buffer) })
    await page.getByText('No code found in that picture').waitFor()
    await input.setInputFiles({ name: 'list.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') })
    await page.getByText('That file is not a picture').waitFor()
    expect(await page.locator('[data-verdict]').count()).toBe(0)
  })

  test('a text, by Ctrl-V and by the dialog', async () => {
    const page = await scanScreen({ permissions: ['clipboard-read', 'clipboard-write'] })
    await page.evaluate((text) => navigator.clipboard.writeText(text), ` ${token}\n`)
    await page.keyboard.press('Control+V')
    expect(await verdictOf(page)).toEqual(green)
    await next(page)

    await page.getByRole('button', { name: 'Text' }).click()
    await page.getByRole('textbox').fill(`\n${token} `)
    await page.getByRole('button', { name: 'Check' }).click()
    expect(await verdictOf(page)).toEqual(green)
    await next(page)
    // The dialog keeps nothing of it.
    await page.getByRole('button', { name: 'Text' }).click()
    expect(await page.getByRole('textbox').inputValue()).toBe('')
  })
})

describe('typed by a scanner', () => {
  const typed: [string, () => string][] = [
    ['a token', () => token],
    ['a URL with a token', () => `https://gate.example/#${token}`],
  ]
  test.each(typed)('%s, and no button that has the focus is pressed', async (_, text) => {
    const page = await scanScreen()
    await page.getByRole('button', { name: 'Text' }).focus()
    await page.keyboard.type(text(), { delay: 5 })
    await page.keyboard.press('Enter')
    expect(await verdictOf(page)).toEqual(green)
    await next(page)
    expect(await page.getByRole('dialog').count()).toBe(0)
  })

  test('while a verdict shows, it neither replaces it nor presses Next', async () => {
    const page = await scanScreen()
    await page.keyboard.type(token)
    await page.keyboard.press('Enter')
    expect(await verdictOf(page)).toEqual(green)
    await page.getByRole('button', { name: 'Keep open' }).click()
    await page.getByRole('button', { name: 'Next' }).focus()
    await page.keyboard.type(await server.authority.token({ vs: 0 }))
    await page.keyboard.press('Enter')
    expect(await verdictOf(page)).toEqual(green)
  })
})

/** A camera that refuses, as browsers report it. */
const refusing = (name: string) => (page: Page) =>
  page.addInitScript((error) => {
    navigator.mediaDevices.getUserMedia = async () => {
      throw new DOMException('for a test', error)
    }
  }, name)

describe('without a camera', () => {
  test.each([
    ['denied', 'NotAllowedError'],
    ['missing', 'NotFoundError'],
    ['busy', 'NotReadableError'],
  ])('%s: it says so, and the other ways in are open', async (fault, error) => {
    const page = await scanScreen({ prepare: refusing(error) })
    const card = page.locator(`[data-camera="${fault}"]`)
    await card.waitFor()
    await page.keyboard.type(token)
    expect(await verdictOf(page)).toEqual(green)
    await next(page)
    await handIn(page, 'drop', qrPng(token, 'M'))
    expect(await verdictOf(page)).toEqual(green)
    await next(page)
    await card.waitFor()
  })

  test('it looks again when asked', async () => {
    stage.film(token)
    const page = await scanScreen({
      // Until somebody allows it; nothing tells the page so.
      prepare: (fresh) =>
        fresh.addInitScript(() => {
          const { mediaDevices } = navigator
          const open = mediaDevices.getUserMedia.bind(mediaDevices)
          mediaDevices.getUserMedia = async () => {
            throw new DOMException('for a test', 'NotAllowedError')
          }
          addEventListener('test:allow', () => (mediaDevices.getUserMedia = open), { once: true })
        }),
    })
    await page.getByRole('button', { name: 'Skip' }).click()
    await page.locator('[data-camera="denied"]').waitFor()
    await page.evaluate(() => void dispatchEvent(new Event('test:allow')))
    await page.getByRole('button', { name: 'Try again' }).click()
    expect(await verdictOf(page)).toEqual(green)
  })

  test('insecure: it says so, and proves nothing by any way in', async () => {
    // A browser in which an address that is neither https nor this machine's own leads to the gate.
    const elsewhere = await openStage(['--host-resolver-rules=MAP gate.test 127.0.0.1'])
    try {
      const page = await visit(elsewhere, server.page.replace('localhost', 'gate.test'))
      const card = await page.locator('[data-camera="insecure"]').textContent()
      expect(card).toContain('https://')
      expect(card).not.toContain('You can still')
      await page.keyboard.type(token)
      expect(await verdictOf(page)).toEqual(grey('no-keys'))
    } finally {
      await elsewhere.close()
    }
  })
})
