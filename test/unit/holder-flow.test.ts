// A person's way through the page: the reducer, and the errands that move it.
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createStore, type Store } from '../../src/browser/store.ts'
import { DAY } from '../../src/core/trust-list.ts'
import type { Service } from '../../src/holder/ask/service.ts'
import { saidBy, type HeldCode } from '../../src/holder/code/held.ts'
import type { CodeStore, Kept } from '../../src/holder/code/store.ts'
import { createErrands, type Errands, type Surroundings } from '../../src/holder/session/errands.ts'
import {
  emptyDraft,
  freshFlow,
  isAtRoot,
  step,
  type Flow,
  type FlowEvent,
  type Listed,
} from '../../src/holder/session/flow.ts'
import { makeAuthority, SECONDS } from '../support/authority.ts'

const authority = await makeAuthority('https://kycvs.example')
const token = await authority.token()
const sent = { txn: 'txn-1', expiresAt: SECONDS() + 300, resendAt: SECONDS() + 30 }

function listed(id: string, kept = true): Listed {
  const said = saidBy(token)
  if (!said) throw new Error('a token of the profile')
  return { code: { id, label: 'Asha', token, key: undefined }, said, kept }
}

const after = (events: readonly FlowEvent[], from: Flow = freshFlow(false)): Flow => events.reduce(step, from)
const where = (flow: Flow): string => flow.screen.at
const opened = (...codes: Listed[]): FlowEvent => ({ type: 'opened', codes, asked: false })
const toOtp: readonly FlowEvent[] = [
  opened(),
  { type: 'agreed' },
  { type: 'form-chosen' },
  { type: 'asking' },
  { type: 'sent', sent },
]

describe('the flow', () => {
  test('begins with consent, or with the one code that is kept, or with the list of several', () => {
    expect(where(after([opened()]))).toBe('agree')
    expect(after([opened(listed('a'))]).screen).toEqual({ at: 'code', id: 'a' })
    expect(where(after([opened(listed('a'), listed('b'))]))).toBe('home')
    // Somebody asks: then that comes first.
    expect(where(after([{ type: 'opened', codes: [listed('a')], asked: true }]))).toBe('agree')
  })

  test('asks for nothing that is not agreed to: initials off, not kept', () => {
    expect(emptyDraft).toMatchObject({ shareInitials: false, keep: false, form: 'live' })
  })

  test('goes from consent to the OTP, and back the same way', () => {
    const ways: string[] = []
    let flow = after(toOtp)
    for (; ways.length < 6 && !isAtRoot(flow); flow = step(flow, { type: 'back' })) ways.push(where(flow))
    expect(ways).toEqual(['otp', 'person', 'form'])
    expect(where(flow)).toBe('agree')
  })

  test('inside another page there is no choice of paper, for there is nothing to keep', () => {
    const flow = after([opened(), { type: 'agreed' }], freshFlow(true))
    expect(flow.screen).toEqual({ at: 'person', errand: 'code' })
    expect(where(step(flow, { type: 'back' }))).toBe('agree')
    expect(where(after([{ type: 'asking' }, { type: 'sent', sent }, { type: 'delivered' }], flow))).toBe('delivered')
  })

  test('a trouble stays until something else happens, and what was typed stays with it', () => {
    const typed = after([...toOtp, { type: 'draft', changes: { fullName: 'Asha' } }])
    const troubled = after([{ type: 'asking' }, { type: 'failed', trouble: { name: 'offline' } }], typed)
    expect(troubled).toMatchObject({ busy: false, trouble: { name: 'offline' }, draft: { fullName: 'Asha' } })
    expect(step(troubled, { type: 'to-person' })).toMatchObject({ trouble: undefined, draft: { fullName: 'Asha' } })
    expect(where(step(troubled, { type: 'to-person' }))).toBe('person')
    expect(step(troubled, { type: 'to-paper' })).toMatchObject({ screen: { at: 'form' }, draft: { form: 'paper' } })
  })

  test('name and number are gone as soon as there is an answer', () => {
    const typed = after([...toOtp, { type: 'draft', changes: { fullName: 'Asha', mobile: '9876543210' } }])
    expect(step(typed, { type: 'issued', listed: listed('a', false) }).draft).toEqual(emptyDraft)
    expect(step(typed, { type: 'delivered' }).draft).toEqual(emptyDraft)
    expect(step(typed, { type: 'listed', consents: { manage: 'm', list: [] } }).draft).toEqual(emptyDraft)
  })

  test('an OTP that arrives after its screen was left changes nothing', () => {
    const left = after([opened(listed('a'))])
    expect(step(left, { type: 'sent', sent })).toBe(left)
  })

  test('a code that is forgotten is gone, and the last one leads back to the beginning', () => {
    const two = after([opened(listed('a'), listed('b')), { type: 'show', id: 'b' }])
    const one = step(two, { type: 'forgotten', id: 'b' })
    expect(one.codes.map(({ code }) => code.id)).toEqual(['a'])
    expect(where(one)).toBe('home')
    expect(where(step(one, { type: 'forgotten', id: 'a' }))).toBe('agree')
  })

  test('a consent that is withdrawn says since when', () => {
    const consent = {
      id: 'c',
      verifier: undefined,
      purpose: 'p',
      givenAt: 1,
      expiresAt: 9,
      initials: false,
      withdrawnAt: undefined,
    }
    const consents = { manage: 'm', list: [consent, { ...consent, id: 'd' }] }
    const { screen } = after([
      { type: 'listed', consents },
      { type: 'withdrawn', id: 'd', at: 5 },
    ])
    expect(screen.at === 'consents' && screen.consents.list.map(({ withdrawnAt }) => withdrawnAt)).toEqual([
      undefined,
      5,
    ])
  })
})

const refuse = async (): Promise<never> => Promise.reject(new Error('not asked for in this test'))

describe('errands', () => {
  let flow: Store<Flow>
  let service: Service
  let kept: HeldCode[] = []
  let keeps: Kept = 'kept'
  const store: CodeStore = {
    all: async () => kept,
    keep: async (code) => {
      if (keeps === 'kept') kept.push(code)
      return keeps
    },
    forget: async (id) => void (kept = kept.filter((code) => code.id !== id)),
  }
  const deliver = vi.fn<Surroundings['deliver']>()

  function errandsFrom(start: Flow, change: Partial<Surroundings> = {}): Errands {
    flow = createStore(start)
    return createErrands({
      flow,
      dispatch: (event) => flow.write(step(flow.read(), event)),
      service: { ...service },
      store,
      clock: SECONDS,
      purpose: 'To show it myself',
      verifier: undefined,
      deliver,
      persist: async () => true,
      ...change,
    })
  }

  beforeEach(() => {
    kept = []
    keeps = 'kept'
    deliver.mockClear()
    service = { verifierName: refuse, sendOtp: refuse, confirm: refuse, consents: refuse, withdraw: refuse }
  })

  const person: FlowEvent = { type: 'draft', changes: { fullName: ' Asha  Nair ', mobile: '98765 43210' } }
  const atPerson = after([opened(), { type: 'agreed' }, { type: 'form-chosen' }, person])
  const paper = after([...toOtp, person, { type: 'draft', changes: { form: 'paper' } }])

  test('an OTP is asked for with the number in full and no more than was agreed to', async () => {
    const sendOtp = vi.fn<Service['sendOtp']>().mockResolvedValue({ ok: true, value: sent })
    service = { ...service, sendOtp }
    await errandsFrom(atPerson).sendOtp()
    expect(sendOtp).toHaveBeenCalledExactlyOnceWith({
      mobile: '+919876543210',
      full_name: 'Asha Nair',
      consent: { purpose: 'To show it myself', share_initials: false },
    })
    expect(flow.read().screen).toEqual({ at: 'otp', errand: 'code', sent })
  })

  test('who asks, and what for, goes along', async () => {
    const sendOtp = vi.fn<Service['sendOtp']>().mockResolvedValue({ ok: true, value: sent })
    service = { ...service, sendOtp, verifierName: async () => ({ ok: true, value: 'Rail Booking' }) }
    const errands = errandsFrom(atPerson, { verifier: 'rail-booking', purpose: 'Boarding' })
    await errands.introduce()
    expect(flow.read().asker).toBe('Rail Booking')
    await errands.sendOtp()
    expect(sendOtp.mock.lastCall?.[0].consent).toEqual({
      purpose: 'Boarding',
      verifier: 'rail-booking',
      share_initials: false,
    })
  })

  test('an OTP that is too late is not sent: it would burn a try', async () => {
    const over = after([{ type: 'sent', sent: { ...sent, expiresAt: SECONDS() } }], paper)
    expect(await errandsFrom(over).enterOtp('123456')).toBe(true)
    expect(flow.read().trouble).toEqual({ name: 'otp-over' })
  })

  test('less than six digits are not sent', async () => {
    expect(await errandsFrom(paper).enterOtp('12345')).toBe(false)
    expect(flow.read()).toBe(paper)
  })

  test('a paper code is asked for without a key, and kept only when that was said', async () => {
    const confirm = vi.fn<Service['confirm']>().mockResolvedValue({
      ok: true,
      value: { token, status: 2, expiresAt: SECONDS() + DAY, clockAhead: 0 },
    })
    service = { ...service, confirm }
    await errandsFrom(paper).enterOtp('123 456')
    expect(confirm).toHaveBeenCalledExactlyOnceWith('txn-1', '123456', undefined)
    expect(flow.read().screen.at).toBe('code')
    expect(kept).toEqual([])

    await errandsFrom(step(paper, { type: 'draft', changes: { keep: true } })).enterOtp('123456')
    expect(kept.map(({ label, key }) => [label, key])).toEqual([['Asha  Nair', undefined]])
    expect(flow.read().codes.map((one) => one.kept)).toEqual([true])
  })

  test.each([
    ['full', 'storage-full'],
    ['refused', 'not-kept'],
  ] as const)('a code that cannot be kept (%s) is shown all the same', async (outcome, name) => {
    keeps = outcome
    const value = { token, status: 2, expiresAt: SECONDS() + DAY, clockAhead: 0 } as const
    service = { ...service, confirm: async () => ({ ok: true, value }) }
    await errandsFrom(step(paper, { type: 'draft', changes: { keep: true } })).enterOtp('123456')
    expect(flow.read()).toMatchObject({ screen: { at: 'code' }, trouble: { name } })
    expect(flow.read().codes.map((one) => one.kept)).toEqual([false])
  })

  test('a bearer token in answer to a key is not taken for a live one', async () => {
    const value = { token, status: 2, expiresAt: SECONDS() + DAY, clockAhead: 0 } as const
    service = { ...service, confirm: async () => ({ ok: true, value }) }
    await errandsFrom(step(paper, { type: 'draft', changes: { form: 'live' } })).enterOtp('123456')
    expect(flow.read()).toMatchObject({ screen: { at: 'otp' }, trouble: { name: 'bad-answer' } })
  })

  test('inside another page the answer is delivered, and nothing is kept or shown', async () => {
    const expiresAt = SECONDS() + DAY
    service = { ...service, confirm: async () => ({ ok: true, value: { token, status: 2, expiresAt, clockAhead: 0 } }) }
    const framed = after([opened(), { type: 'agreed' }, person, { type: 'sent', sent }], freshFlow(true))
    await errandsFrom(step(framed, { type: 'draft', changes: { keep: true } })).enterOtp('123456')
    expect(deliver).toHaveBeenCalledExactlyOnceWith({ token, status: 2, expiresAt })
    expect(flow.read()).toMatchObject({ screen: { at: 'delivered' }, codes: [], draft: emptyDraft })
    expect(kept).toEqual([])
  })
})
