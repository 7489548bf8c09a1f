import type { Command } from '@commander-js/extra-typings'
import { MultiBar } from 'cli-progress'
import { once } from 'node:events'
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { LineFault } from '../issuer/service/register-import.ts'
import { fail, failOnFile, systemCode, type Fallible } from './input.ts'
import { addErase } from './register-erase.ts'
import { databaseOption, dirOption, readPepper, withDatabase } from './service.ts'

const EXAMPLE = `
FILE is CSV in UTF-8 with the header mobile,full_name,doses_received,doses_required. People that are there already are
updated. A bad line is reported with its number and left out; the others are kept. Exit code 1: some lines were bad.

Example:
  kycvs register import people.csv --report bad-lines.txt
`

const FAULTS = {
  fields: 'it has more or fewer fields than the header',
  quotes: 'its quotes are not closed, or stand in the middle of a field',
  'too-long': 'it is longer than 10,000 characters',
  mobile: 'mobile must be E.164, or the ten digits of an Indian mobile',
  full_name: 'full_name must have a letter, at most 200 characters, and be UTF-8',
  doses_received: 'doses_received must be 0 to 99',
  doses_required: 'doses_required must be 1 to 99',
} satisfies Record<LineFault, string>

/** The bar moves by so many lines: the file is read in larger pieces than one, and a time cannot be told from none. */
const BAR_LINES = 5000

/** `kycvs register`: people from a file into the register, and one off it. */
export function addRegister(program: Command): void {
  const register = program.command('register').description('the register of people')
  addErase(register)
  register
    .command('import')
    .description('take people from a CSV file into the register')
    .argument('<file>', 'the CSV file')
    .addOption(dirOption())
    .addOption(databaseOption())
    .option('--report <file>', 'where bad lines are reported (default: standard error)')
    .addHelpText('after', EXAMPLE)
    .action(async (file, { dir, database, report: reportFile }, command) => {
      const { importRegister } = await import('../issuer/service/register-import.ts')
      const { keyedHash } = await import('../issuer/service/keyed-hash.ts')
      const size = await sizeOf(file).catch((error: unknown) => failOnFile(command, file, error))
      const hash = keyedHash(await readPepper(command, dir))
      const report = reportFile === undefined ? undefined : await newFile(command, reportFile)
      const csv = createReadStream(file)
      const bar = progress(size)
      const say = (text: string): unknown =>
        report ? report.write(text) : bar ? bar.log(text) : process.stderr.write(text)
      try {
        const { goodLines, badLines } = await withDatabase(command, { dir, database }, (open) =>
          importRegister(csv, open.sql, hash, {
            onBadLine: (line, fault) => say(`line ${line}: ${FAULTS[fault]}\n`),
            onProgress: (lines) => lines % BAR_LINES === 0 && bar?.update(csv.bytesRead, lines),
          }),
        )
        bar?.update(size, goodLines + badLines)
        bar?.stop()
        process.stdout.write(`${goodLines} lines taken, ${badLines} bad.\n`)
        if (badLines > 0) process.exitCode = 1
      } catch (error) {
        bar?.stop()
        if (error instanceof Error && error.name === 'NoHeader') {
          fail(command, `${file} must begin with the header mobile,full_name,doses_received,doses_required.`)
        }
        if (systemCode(error) === 'EISDIR') failOnFile(command, file, error)
        throw error
      } finally {
        report?.end()
      }
    })
}

const sizeOf = async (path: string): Promise<number> => (await stat(path)).size

async function newFile(command: Fallible, path: string): Promise<WriteStream> {
  const stream = createWriteStream(path)
  await once(stream, 'open').catch((error: unknown) => failOnFile(command, path, error))
  return stream
}

interface Progress {
  readonly update: (bytes: number, lines: number) => void
  /** A line above the bar. */
  readonly log: (text: string) => void
  readonly stop: () => void
}

/** A bar on standard error, where somebody looks at it. */
function progress(bytes: number): Progress | undefined {
  if (!process.stderr.isTTY) return undefined
  const bars = new MultiBar({
    format: '{bar} {percentage} %  {lines} lines  {eta_formatted}',
    hideCursor: true,
    etaBuffer: 20,
    fps: 5,
  })
  const bar = bars.create(bytes, 0, { lines: 0 })
  return {
    update: (done, lines) => bar.update(done, { lines }),
    log: (text) => bars.log(text),
    stop: () => bars.stop(),
  }
}
