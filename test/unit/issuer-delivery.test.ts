// Delivery of OTPs to an SMS gateway, and to a terminal.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { NotDelivered, otpText, toGateway, toTerminal } from '../../src/issuer/service/delivery.ts'
import { startGateway, type Gateway } from '../support/gateway.ts'

const message = {
  to: '+919000000001',
  text: otpText('012345', 'Rail Booking', 'kycvs.example'),
  idempotencyKey: 'txn-1',
}

describe('a gateway', () => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = await startGateway()
  })
  beforeEach(() => {
    gateway.received.length = 0
    gateway.answers.length = 0
  })
  afterAll(() => gateway.stop())
  const deliver = (more: object = {}): Promise<void> => toGateway({ url: gateway.url, pause: 5, ...more })(message)

  test('gets number, text and key, and the secret that it knows us by', async () => {
    await deliver({ secret: 's3cret' })
    expect(gateway.received).toHaveLength(1)
    const [{ headers, body } = { headers: {}, body: '' }] = gateway.received
    expect(JSON.parse(body)).toEqual({ to: message.to, text: message.text, idempotency_key: 'txn-1' })
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'idempotency-key': 'txn-1',
      authorization: 'Bearer s3cret',
    })
  })

  test.each([[503], [500], [429], [408]])('that answers %i is tried again, with the same key', async (status) => {
    gateway.answers.push(status, status)
    await deliver()
    expect(gateway.received.map(({ headers }) => headers['idempotency-key'])).toEqual(['txn-1', 'txn-1', 'txn-1'])
  })

  test('that does not answer is tried again after a time-out', async () => {
    gateway.answers.push(0)
    await deliver({ timeout: 100 })
    expect(gateway.received).toHaveLength(2)
  })

  test.each([[400], [401], [404], [422]])('that answers %i is not tried again', async (status) => {
    gateway.answers.push(status)
    await expect(deliver()).rejects.toThrow(NotDelivered)
    expect(gateway.received).toHaveLength(1)
  })

  test('that is down is given up after four tries; what is said of it names nobody', async () => {
    gateway.answers.push(503, 503, 503, 503)
    const failed = deliver()
    await expect(failed).rejects.toThrow(/^unavailable$/)
    expect(gateway.received).toHaveLength(4)
    await expect(toGateway({ url: 'http://127.0.0.1:1/', pause: 1 })(message)).rejects.toThrow(/^unavailable$/)
  })

  test('that sends us elsewhere is not followed', async () => {
    gateway.answers.push(302, 302, 302, 302)
    await expect(deliver()).rejects.toThrow(NotDelivered)
  })

  test('is given longer and longer pauses', async () => {
    gateway.answers.push(503, 503, 503)
    const started = performance.now()
    await deliver({ pause: 40 })
    // 40, 80 and 160 ms, each from half to one and a half.
    expect(performance.now() - started).toBeGreaterThan(140)
  })
})

test('a terminal shows the message whole', async () => {
  let shown = ''
  await toTerminal((text) => (shown += text))(message)
  expect(shown).toContain('SMS to +919000000001')
  expect(shown).toContain('@kycvs.example #012345')
})

test.each([
  ['Rail Booking', /for Rail Booking\. It lasts 5 minutes/],
  [undefined, /your vaccination status\. It lasts 5 minutes/],
])('the text for %s fits two SMS, and its last line fills it in', (asker, words) => {
  const text = otpText('012345', asker, 'kycvs.example')
  expect(text).toMatch(words)
  expect(text.length).toBeLessThan(306)
  expect(text.endsWith('\n@kycvs.example #012345')).toBe(true)
})
