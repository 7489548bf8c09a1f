// People: what makes two spellings one name, the register, and its import from CSV.
import { assert, property, string } from 'fast-check'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase, type Database } from '../../src/issuer/service/database.ts'
import { keyedHash } from '../../src/issuer/service/keyed-hash.ts'
import { initialsOf, mobileOf, nameKeyOf, readPerson } from '../../src/issuer/service/person.ts'
import { importRegister, NoHeader, type LineFault } from '../../src/issuer/service/register-import.ts'
import { ownRegister, statusOf, type Doses } from '../../src/issuer/service/register.ts'
import { databasesOf, kinds, type Databases } from '../support/postgres.ts'

describe('a number', () => {
  test.each([
    ['9876543210', '+919876543210'],
    ['98765 43210', '+919876543210'],
    ['+91 98765-43210', '+919876543210'],
    ['+44 7700 900123', '+447700900123'],
    ['+1 (202) 555-0123', '+12025550123'],
    ['9876543210', '+919876543210'],
  ])('%s is %s', (typed, mobile) => expect(mobileOf(typed)).toBe(mobile))

  test.each([
    '',
    '1234567890',
    '+91 12345 67890',
    '+919876',
    '0919876543210',
    '+0123456789',
    '9876543210x',
    '+',
    '+1234567890123456',
  ])('"%s" is none', (typed) => expect(mobileOf(typed)).toBeUndefined())
})

describe('a name', () => {
  test.each([
    ['Asha Nair', '  ASHA   nair '],
    ["Siobhán O'Neill", 'siobhán o’neill'],
    ['José', 'José'],
    ['Straße', 'STRASSE'],
    ['ΟΔΥΣΣΕΥΣ', 'Οδυσσεύς'.normalize('NFD').replaceAll('́', '')],
    ['Nair, A.', 'nair a'],
    ['Asha', 'Ａｓｈａ'],
    ['क़मर', 'क़मर'],
    ['श्री‌राम', 'श्रीराम'],
    ['İpek', 'i̇pek'],
  ])('%s is %s', (one, other) => expect(nameKeyOf(one)).toBe(nameKeyOf(other)))

  test.each([
    ['कमल', 'कमला'],
    ['किरण', 'करण'],
    ['Jose', 'José'],
    ['Asha Nair', 'Nair Asha'],
    ['Ann', 'Anne'],
  ])('%s is not %s', (one, other) => expect(nameKeyOf(one)).not.toBe(nameKeyOf(other)))

  test('its key is its own key', () => {
    assert(property(string({ unit: 'grapheme' }), (name) => nameKeyOf(nameKeyOf(name)) === nameKeyOf(name)))
    assert(property(string({ unit: 'binary' }), (name) => nameKeyOf(nameKeyOf(name)) === nameKeyOf(name)))
  })

  test.each(['', ' ', '...', '123', 'A\u0000B', 'A\nB', '\uD800A', 'Caf\uFFFD', 'A'.repeat(201)])(
    '%j is none',
    (name) => expect(readPerson(keyedHash(Buffer.alloc(32)), '9876543210', name)).toBeUndefined(),
  )

  test.each([
    ['Asha Nair', 'A.N.'],
    ['  asha   devi nair ', 'A.D.N.'],
    ['One Two Three Four Five', 'O.T.T.F.'],
    ["d'Artagnan", 'D.'],
    ['(Dr) Rao 3rd', 'D.R.R.'],
    ['ßen', 'ß.'],
    ['किरण राव', 'क.र.'],
    ['𐐨𐐩 𐐪', '𐐀.𐐂.'],
  ])('the initials of %s are %s', (name, initials) => expect(initialsOf(name)).toBe(initials))

  test('initials are what a token may carry', () => {
    assert(
      property(string({ unit: 'grapheme', maxLength: 60 }), (name) => {
        const person = readPerson(keyedHash(Buffer.alloc(32)), '9876543210', name)
        return person === undefined || /^[\p{L} .]{1,8}$/u.test(initialsOf(name))
      }),
    )
  })
})

test.each([
  [0, 2, 0],
  [1, 2, 1],
  [2, 2, 2],
  [3, 2, 2],
  [1, 1, 2],
])('%i of %i doses is status %i', (received, required, status) => expect(statusOf({ received, required })).toBe(status))

test('a short pepper is refused', () => expect(() => keyedHash(Buffer.alloc(31))).toThrow(RangeError))

describe.each(kinds)('on %s', { timeout: 60_000 }, (kind) => {
  let databases: Databases
  let database: Database
  const hash = keyedHash(Buffer.alloc(32, 7))

  beforeAll(async () => {
    databases = await databasesOf(kind)
    database = await openDatabase(await databases.create())
  }, 120_000)
  afterAll(async () => {
    await database.close()
    await databases.stop()
  })

  const find = async (mobile: string, name: string): Promise<Doses | undefined> => {
    const person = readPerson(hash, mobile, name)
    const [doses] = person ? await ownRegister(database.sql).find([person.key]) : []
    return doses
  }
  const load = async (csv: string): Promise<{ goodLines: number; bad: [number, LineFault][] }> => {
    const bad: [number, LineFault][] = []
    const { goodLines, badLines } = await importRegister(Readable.from([csv]), database.sql, hash, {
      onBadLine: (line, fault) => bad.push([line, fault]),
    })
    expect(badLines).toBe(bad.length)
    return { goodLines, bad }
  }
  const header = 'mobile,full_name,doses_received,doses_required\n'

  test('takes people, finds them by any spelling, and updates them', async () => {
    expect(await load(`${header}9876543210,Asha Nair,2,2\n+919876543210,Bilal Haddad,0,2\n`)).toEqual({
      goodLines: 2,
      bad: [],
    })
    expect(await find('+91 98765 43210', 'ASHA  NAIR')).toEqual({ received: 2, required: 2 })
    expect(await find('9876543210', 'bilal haddad')).toEqual({ received: 0, required: 2 })
    expect(await find('9876543210', 'Chloe Martin')).toBeUndefined()
    expect(await find('9876543211', 'Asha Nair')).toBeUndefined()
    // The last line about a person counts, in one batch too; columns may stand in any order, with a byte order mark.
    const csv =
      '\uFEFFfull_name,doses_required,mobile,doses_received\nasha nair,3,9876543210,1\nAsha Nair,3,9876543210,2\n'
    expect(await load(csv)).toEqual({ goodLines: 2, bad: [] })
    expect(await find('9876543210', 'Asha Nair')).toEqual({ received: 2, required: 3 })
  })

  test('reports each bad line with its number, and keeps the good ones', async () => {
    const csv = `${header}9000000001,Good One,1,2
12345,Bad Number,1,2
9000000002,,1,2
9000000002,Two,x,2
9000000002,Two,1,0
9000000002,Two,-1,2
9000000002,Too,Many,1,2
9000000002,Few
"9000000003","Quoted, With ""Quotes""",1,2

9000000004,"Last ${'x'.repeat(300)}",1,2
9000000005,Good Five,1,2`
    expect(await load(csv)).toEqual({
      goodLines: 3,
      bad: [
        [3, 'mobile'],
        [4, 'full_name'],
        [5, 'doses_received'],
        [6, 'doses_required'],
        [7, 'doses_received'],
        [8, 'fields'],
        [9, 'fields'],
        [12, 'full_name'],
      ],
    })
    expect(await find('9000000001', 'Good One')).toEqual({ received: 1, required: 2 })
    expect(await find('9000000003', 'quoted with quotes')).toEqual({ received: 1, required: 2 })
    expect(await find('9000000005', 'Good Five')).toEqual({ received: 1, required: 2 })
  })

  test.each(['', 'mobile,name\n1,2\n', '9876543210,Asha Nair,2,2\n'])('refuses %j: it has no header', async (csv) => {
    await expect(load(csv)).rejects.toThrow(NoHeader)
  })

  test('takes more than a batch', async () => {
    const lines = Array.from({ length: 5001 }, (_, n) => `${9_100_000_000 + n},Person ${n} of many,${n % 3},2`)
    expect(await load(header + lines.join('\n'))).toEqual({ goodLines: 5001, bad: [] })
    expect(await find('9100005000', 'Person 5000 of many')).toEqual({ received: 2, required: 2 })
  }, 30_000)
})
