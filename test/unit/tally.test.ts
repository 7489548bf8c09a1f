// The tally with a time zone set: hours that come twice or are half, days of 23 and 25 hours, month ends, the middle of an
// hour; and what a shift knows of itself.
import { anything, assert, constantFrom, integer, property } from 'fast-check'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { outcomes } from '../../src/gate/session/settings.ts'
import { asCounts, noCounts, sumOf, totalOf } from '../../src/gate/tally/counts.ts'
import { csvOf } from '../../src/gate/tally/csv.ts'
import { openLedger, type Kept } from '../../src/gate/tally/ledger.ts'
import { dayOf, dayPlus, hourAt, isHour, isMinute, minuteAt, secondsOf } from '../../src/gate/tally/local.ts'
import { asShift } from '../../src/gate/tally/shift.ts'
import { counted, hoursOfDay, nothingCounted, upTo, type Tally } from '../../src/gate/tally/tally.ts'

const { TZ: before } = process.env
afterAll(() => {
  if (before === undefined) delete process.env.TZ
  else process.env.TZ = before
})
const inZone = (zone: string): void => void (process.env.TZ = zone)
beforeEach(() => inZone('Asia/Kolkata'))

const at = (iso: string): number => Date.parse(iso) / 1000
const countAll = (moments: readonly string[]): Tally =>
  moments.reduce((tally, moment) => counted(tally, at(moment), 'full'), nothingCounted)
const byHour = (tally: Tally): Record<string, number> =>
  Object.fromEntries(tally.hours.map(({ hour, counts }) => [hour, totalOf(counts)]))

describe('an hour', () => {
  test('begins where the local clock says so, in a zone that is half an hour off too', () => {
    expect(byHour(countAll(['2026-11-24T04:29:59Z', '2026-11-24T04:30:00Z', '2026-11-24T05:29:59Z']))).toEqual({
      '2026-11-24T09+05:30': 1,
      '2026-11-24T10+05:30': 2,
    })
    inZone('Asia/Kathmandu')
    expect(hourAt(at('2026-11-24T04:15:00Z'))).toBe('2026-11-24T10+05:45')
  })

  test('that comes twice is two hours, each with its own distance from UTC', () => {
    inZone('Europe/Berlin')
    const tally = countAll(['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2026-10-25T01:45:00Z'])
    expect(byHour(tally)).toEqual({ '2026-10-25T02+02:00': 1, '2026-10-25T02+01:00': 2 })
    expect(hoursOfDay(tally.hours, '2026-10-25').map(({ hour }) => hour)).toEqual([
      '2026-10-25T02+02:00',
      '2026-10-25T02+01:00',
    ])
  })

  test('that is skipped is not there', () => {
    inZone('Europe/Berlin')
    const { hours } = countAll(['2026-03-29T00:59:00Z', '2026-03-29T02:00:00Z'])
    expect(hoursOfDay(hours, '2026-03-29').map(({ hour }) => hour)).toEqual([
      '2026-03-29T01+01:00',
      '2026-03-29T03+02:00',
      '2026-03-29T04+02:00',
    ])
  })

  test('of which half comes twice', () => {
    inZone('Australia/Lord_Howe')
    expect(Object.keys(byHour(countAll(['2026-04-04T14:45:00Z', '2026-04-04T15:15:00Z'])))).toEqual([
      '2026-04-05T01+11:00',
      '2026-04-05T01+10:30',
    ])
  })

  test('with nobody between two with somebody is shown, and none before or after', () => {
    const { hours } = countAll(['2026-11-24T04:30:00Z', '2026-11-24T07:30:00Z'])
    expect(hoursOfDay(hours, '2026-11-24').map(({ counts }) => totalOf(counts))).toEqual([1, 0, 0, 1])
  })

  test('reads the same in any zone, and its label gives back the second that it begins', () => {
    const zones = ['Asia/Kolkata', 'America/St_Johns', 'Australia/Lord_Howe', 'UTC', 'Pacific/Apia', 'Europe/London']
    assert(
      property(integer({ min: 0, max: 4_000_000_000 }), constantFrom(...zones), (moment, zone) => {
        inZone(zone)
        const [hour, minute] = [hourAt(moment), minuteAt(moment)]
        inZone('UTC')
        expect(isHour(hour)).toBe(true)
        expect(isMinute(minute)).toBe(true)
        expect(moment - secondsOf(hour)).toBeGreaterThanOrEqual(0)
        expect(moment - secondsOf(hour)).toBeLessThan(3600)
        expect(secondsOf(minute)).toBe(moment - (moment % 60))
      }),
    )
  })
})

describe('31 days', () => {
  test('over month ends, leap days and years', () => {
    expect([dayPlus('2026-03-01', -1), dayPlus('2028-03-01', -1), dayPlus('2026-12-31', 1)]).toEqual([
      '2026-02-28',
      '2028-02-29',
      '2027-01-01',
    ])
  })

  test('are kept: today and the 30 before it, to the last second of the oldest', () => {
    const tally = countAll(['2026-10-31T18:29:59Z', '2026-10-31T18:30:00Z', '2026-12-01T06:30:00Z'])
    // 1 December at noon, in India: the oldest day is 1 November.
    const kept = upTo(tally, at('2026-12-01T06:30:00Z'))
    expect(kept.hours.map(({ hour }) => dayOf(hour))).toEqual(['2026-11-01', '2026-12-01'])
  })

  test('and what a wrong clock dated far ahead is not', () => {
    expect(upTo(countAll(['2030-01-01T00:00:00Z']), at('2026-11-24T00:00:00Z')).hours).toEqual([])
  })
})

describe('CSV', () => {
  test('has a header, CRLF, and every hour in its order', () => {
    inZone('Europe/Berlin')
    const { hours } = countAll(['2026-10-25T01:30:00Z', '2026-10-25T00:30:00Z'])
    expect(csvOf(hours, 'north')).toBe(
      'gate,date,hour,offset,full,partly,none,refused,unsure,total\r\n' +
        'north,2026-10-25,02:00,UTC+02:00,1,0,0,0,0,1\r\n' +
        'north,2026-10-25,02:00,UTC+01:00,1,0,0,0,0,1\r\n',
    )
  })

  test('puts into quotes what could be taken for something else', () => {
    const { hours } = countAll(['2026-11-24T04:30:00Z'])
    expect(csvOf(hours, 'north, "A"\r\n2')).toContain('\r\n"north, ""A""\r\n2",2026-11-24,')
  })
})

/** A ledger on two clocks that a test moves, over a disk that may fail. */
function stage(start: string) {
  const steadyFrom = 5_000_000
  let [wall, steady] = [at(start) * 1000, steadyFrom]
  let disk: Tally = nothingCounted
  const fails = { now: false }
  const kept: Kept = {
    keeps: true,
    changeTally(change) {
      if (fails.now) return Promise.reject(new DOMException('No room', 'QuotaExceededError'))
      disk = change(disk)
      return Promise.resolve(disk)
    },
  }
  const made = at(start) - 2 * 3600
  const open = () => openLedger(kept, { wall: () => wall, steady: () => steady }, () => made)
  let ledger = open()
  const pass = (minutes: number): void => {
    wall += minutes * 60_000
    steady += minutes * 60_000
  }
  return {
    fails,
    ledger: () => ledger,
    shift: () => disk.shifts.at(-1),
    disk: () => disk,
    marks: () => disk.shifts.at(-1)?.marks.map(({ kind, hour, minutes }) => [kind, hour.slice(11, 13), minutes]),
    /** The gate is open: it looks at the clocks every 20 seconds, and somebody is scanned every so many minutes. */
    works: async (minutes: number, scans = 10): Promise<void> => {
      for (let third = 1; third <= minutes * 3; third += 1) {
        pass(1 / 3)
        if (third % (scans * 3) === 0) await ledger.count('full')
        await ledger.look()
      }
    },
    pass,
    /** The device's clock is set. */
    set: (minutes: number) => void (wall += minutes * 60_000),
    /** The device sleeps, and its steady clock stands still. */
    sleep: (minutes: number) => void (wall += minutes * 60_000),
    closeFor: async (minutes: number): Promise<void> => {
      await ledger.leave()
      pass(minutes)
      ledger = open()
      await ledger.look()
    },
  }
}

/** What is kept of a shift of an hour in which somebody was scanned in these minutes. */
async function keptAfter(scans: readonly number[]): Promise<string> {
  const { ledger, works, disk } = stage('2026-11-24T06:30:00Z')
  await ledger().startShift()
  for (let minute = 0; minute < 60; minute += 1) {
    if (scans.includes(minute)) await ledger().count('none')
    await works(1, 100)
  }
  return JSON.stringify(disk())
}

describe('a shift', () => {
  test('without gaps has nothing to report, and counts what was scanned in it, by hour', async () => {
    const { ledger, works, shift } = stage('2026-11-24T04:32:10Z')
    await ledger().count('none')
    await ledger().startShift()
    await works(120)
    await ledger().endShift()
    await ledger().count('none')
    expect(shift()).toEqual({
      start: '2026-11-24T10:02+05:30',
      end: '2026-11-24T12:02+05:30',
      open: 120,
      closed: 0,
      moved: 0,
      marks: [],
      hours: [
        { hour: '2026-11-24T10+05:30', counts: { ...noCounts, full: 5 }, keysAge: 2 },
        { hour: '2026-11-24T11+05:30', counts: { ...noCounts, full: 6 }, keysAge: 3 },
        { hour: '2026-11-24T12+05:30', counts: { ...noCounts, full: 1 }, keysAge: 4 },
      ],
    })
  })

  test('knows that the gate was closed for more than 30 minutes, and in which hour that began', async () => {
    const { ledger, works, shift, closeFor, marks } = stage('2026-11-24T04:30:00Z')
    await ledger().startShift()
    await works(20)
    await closeFor(30)
    expect(marks()).toEqual([])
    await works(5)
    await closeFor(45)
    expect(marks()).toEqual([['closed', '10', 45]])
    await works(20)
    expect(shift()).toMatchObject({ open: 45, closed: 75, moved: 0 })
  })

  test('takes a gate behind another app for closed, and one whose timers were stopped', async () => {
    const { ledger, works, pass, marks } = stage('2026-11-24T04:30:00Z')
    await ledger().startShift()
    await works(10)
    await ledger().leave()
    pass(40)
    await ledger().look()
    await works(10)
    pass(50)
    await ledger().look()
    expect(marks()).toEqual([
      ['closed', '10', 40],
      ['closed', '11', 50],
    ])
  })

  test('knows that nobody was scanned for more than 30 minutes, in full half hours', async () => {
    const { ledger, works, marks } = stage('2026-11-24T04:30:00Z')
    await ledger().startShift()
    await works(30, 100)
    expect(marks()).toEqual([])
    await works(1, 100)
    expect(marks()).toEqual([['quiet', '10', 30]])
    await works(40, 100)
    expect(marks()).toEqual([['quiet', '10', 60]])
    await ledger().count('refused')
    await works(25, 100)
    expect(marks()).toEqual([['quiet', '10', 60]])
  })

  test.each([
    ['ahead', 90],
    ['back', -90],
  ] as const)('knows that the clock was set %s', async (kind, minutes) => {
    const { ledger, works, set, marks, shift } = stage('2026-11-24T06:30:00Z')
    await ledger().startShift()
    await works(20)
    set(minutes)
    await works(20)
    expect(marks()).toEqual([[kind, minutes > 0 ? '13' : '10', 90]])
    expect(shift()).toMatchObject({ open: 40, closed: 0, moved: minutes })
  })

  test('lets a clock be put right by less than a minute', async () => {
    const { ledger, works, set, marks } = stage('2026-11-24T06:30:00Z')
    await ledger().startShift()
    for (const minutes of [0.9, -0.9, 0.5]) {
      set(minutes)
      await works(5)
    }
    expect(marks()).toEqual([])
  })

  test('but not twice: what is off by little more and more was moved', async () => {
    const { ledger, works, set, marks } = stage('2026-11-24T06:30:00Z')
    await ledger().startShift()
    await works(5)
    set(0.7)
    await works(5)
    set(0.7)
    await works(5)
    expect(marks()).toEqual([['ahead', '12', 1]])
  })

  test('takes a sleep while it was out of sight for a gap, and not for a clock that was set', async () => {
    const { ledger, works, sleep, marks } = stage('2026-11-24T06:30:00Z')
    await ledger().startShift()
    await works(5)
    await ledger().leave()
    sleep(60)
    await ledger().look()
    expect(marks()).toEqual([['closed', '12', 60]])
  })

  test('knows that the clock was set back while the gate was closed', async () => {
    const { ledger, works, closeFor, set, marks } = stage('2026-11-24T06:30:00Z')
    await ledger().startShift()
    await works(30)
    set(-20)
    await closeFor(5)
    expect(marks()).toEqual([['back', '12', 20]])
  })

  test('that nobody ends is over after 24 hours, and says so', async () => {
    const { ledger, closeFor, shift, disk } = stage('2026-11-24T06:30:00Z')
    await ledger().startShift()
    await closeFor(25 * 60)
    await ledger().count('full')
    expect(shift()).toMatchObject({ end: '2026-11-25T12:00+05:30', hours: [{ hour: '2026-11-24T12+05:30' }] })
    expect(shift()?.marks.map(({ kind }) => kind)).toEqual(['not-ended'])
    expect(totalOf(sumOf(disk().hours))).toBe(1)
    await ledger().startShift()
    expect(disk().shifts.length).toBe(2)
  })

  test('is started once: again does nothing, and in the same minute as it ended it goes on', async () => {
    const { ledger, disk } = stage('2026-11-24T06:30:00Z')
    await ledger().startShift()
    await ledger().startShift()
    await ledger().endShift()
    await ledger().startShift()
    expect(disk().shifts.map(({ end }) => end)).toEqual([undefined])
  })

  test('holds nothing from which the moment of a scan could be told', async () => {
    expect(await keptAfter([7, 25, 41])).toBe(await keptAfter([19, 38, 52]))
  })
})

describe('the ledger', () => {
  test('counts what a full disk did not take, and gives it over once there is room', async () => {
    const { ledger, fails, disk } = stage('2026-11-24T06:30:00Z')
    await ledger().count('full')
    fails.now = true
    await ledger().count('full')
    await ledger().count('refused')
    await ledger().look()
    expect(ledger().read()).toMatchObject({ kept: false, tally: { hours: [{ counts: { full: 2, refused: 1 } }] } })
    expect(totalOf(sumOf(disk().hours))).toBe(1)
    fails.now = false
    await ledger().look()
    expect(ledger().read().kept).toBe(true)
    expect(disk().hours.map(({ counts }) => [counts.full, counts.refused])).toEqual([[2, 1]])
  })

  test('forgets everything when told to', async () => {
    const { ledger, works, disk } = stage('2026-11-24T06:30:00Z')
    await ledger().startShift()
    await works(30)
    await ledger().reset()
    expect(disk()).toEqual(nothingCounted)
  })
})

describe('a record', () => {
  test('of another shape is none', () => {
    for (const record of [
      undefined,
      null,
      [],
      '5',
      {},
      { ...noCounts, full: -1 },
      { ...noCounts, none: '3' },
      { full: 1 },
    ])
      expect(asCounts(record)).toBeUndefined()
    const shift = { end: undefined, open: 1, closed: 2, moved: -3, hours: [], marks: [] }
    expect(asShift('2026-11-24T10:02+05:30', shift)).toEqual({ start: '2026-11-24T10:02+05:30', ...shift })
    for (const start of ['', '2026-11-24T10+05:30', '2026-11-24T10:02:09+05:30', 5, undefined])
      expect(asShift(start, shift)).toBeUndefined()
    for (const change of [{ end: 5 }, { open: -1 }, { moved: 0.5 }, { hours: 'x' }, { marks: undefined }])
      expect(asShift('2026-11-24T10:02+05:30', { ...shift, ...change })).toBeUndefined()
    const parts = { hours: [{ hour: 'x' }, null], marks: [{ kind: 'seen', hour: '2026-11-24T10+05:30', minutes: 1 }] }
    expect(asShift('2026-11-24T10:02+05:30', { ...shift, ...parts })).toMatchObject({ hours: [], marks: [] })
  })

  test('of anything at all never throws', () => {
    assert(
      property(anything(), anything(), (start, record) => {
        asShift(start, record)
        asCounts(record)
      }),
    )
    expect(outcomes.length).toBe(Object.keys(noCounts).length)
  })
})
