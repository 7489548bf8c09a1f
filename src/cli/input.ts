// What a user hands to a command: numbers, files and keys. What is wrong with them ends the run with exit code 2 and
// says what to do.
import { InvalidArgumentError } from '@commander-js/extra-typings'
import { readFile } from 'node:fs/promises'
import { isCount, isHttps, isText } from '../core/compact.ts'
import { readPrivateKey } from '../issuer/key-file.ts'
import type { PrivateJwk } from '../issuer/sign.ts'

/** A command, as far as it can end a run. */
export interface Fallible {
  error(message: string, options: { exitCode: number }): never
}

export function fail(command: Fallible, message: string): never {
  return command.error(`kycvs: ${message}`, { exitCode: 2 })
}

/** Parses an option: an integer from 0 up, in digits. */
export function count(text: string): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || !isCount(value)) throw new InvalidArgumentError('It must be a whole number, 0 or more.')
  return value
}

/** Parses an option that may be given several times, or with several numbers. */
export function counts(text: string, before: readonly number[] | undefined): readonly number[] {
  return [...(before ?? []), count(text)]
}

/** Parses an option: a URL as the profile has it. */
export function httpsUrl(text: string): string {
  if (!isHttps(text) || !URL.canParse(text))
    throw new InvalidArgumentError('It must be an https: URL (http://localhost… in the demo).')
  return text
}

/** Parses an option: a text that is not empty. */
export function someText(text: string): string {
  if (!isText(text)) throw new InvalidArgumentError('It must not be empty.')
  return text
}

/** Why the system refused a file or a port, by Node's code; `undefined` for anything else. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

const FILE_FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission is denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
}

/** Ends the run for a fault of a file; anything else is a bug, and is thrown on. */
export function failOnFile(command: Fallible, path: string, error: unknown): never {
  const code = systemCode(error)
  if (code === undefined) throw error
  return fail(command, `${path}: ${FILE_FAULTS[code] ?? code}. Check the path.`)
}

export async function readText(command: Fallible, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    return failOnFile(command, path, error)
  }
}

/** A text that may not be there yet. */
export async function readIfThere(command: Fallible, path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? undefined : failOnFile(command, path, error)
  }
}

export async function readKeyFile(command: Fallible, path: string): Promise<PrivateJwk> {
  const key = await readPrivateKey(await readText(command, path))
  return key ?? fail(command, `${path} holds no private key. Make one with: kycvs keygen --out FILE`)
}

/** The time by this machine's clock, in seconds. */
export const clock = (): number => Math.floor(Date.now() / 1000)

export const day = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')

/** Adds the origin of one more URL to those that the option was given before. */
export function origins(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), new URL(httpsUrl(text)).origin]
}
