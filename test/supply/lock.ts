// package-lock.json, the only list of what is installed (npm, lockfileVersion 3).
// https://docs.npmjs.com/cli/configuring-npm/package-lock-json
import { readFileSync } from 'node:fs'
import { isFields } from '../../src/core/compact.ts'

export interface Locked {
  /** Where it is installed: `node_modules/jose`. */
  readonly path: string
  readonly name: string
  readonly version: string
  /** SPDX, as the package states it. */
  readonly license: string
  /** Where it was found; nothing for "in the registry that npm is set to". */
  readonly resolved: string | undefined
  readonly integrity: string | undefined
  /** A folder of this machine, or a package under another's name. */
  readonly isAlias: boolean
  readonly hasInstallScript: boolean
  /** Wanted for building and testing only. */
  readonly dev: boolean
}

const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** Every package of the lock, in its order. */
export function lockedPackages(): readonly Locked[] {
  const lock: unknown = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  const packages = isFields(lock) && isFields(lock['packages']) ? lock['packages'] : {}
  return Object.entries(packages).flatMap(([path, entry]) => {
    // The project itself.
    if (path === '' || !isFields(entry)) return []
    const { version, license, resolved, integrity } = entry
    return {
      path,
      name: path.replace(/^.*node_modules\//, ''),
      version: asText(version) ?? '',
      license: asText(license) ?? '',
      resolved: asText(resolved),
      integrity: asText(integrity),
      isAlias: 'link' in entry || 'name' in entry,
      hasInstallScript: entry['hasInstallScript'] === true,
      dev: entry['dev'] === true,
    }
  })
}
