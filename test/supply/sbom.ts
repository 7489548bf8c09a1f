// The bill of materials: npm's own (CycloneDX 1.5), with what reaches a phone told apart from the rest.
// https://cyclonedx.org/docs/1.5/json/
import { execFileSync } from 'node:child_process'
import { isFields, isText, type Fields } from '../../src/core/compact.ts'
import { lockedPackages } from './lock.ts'
import { shippedIn, type Shipped } from './shipped.ts'

/** The property of a component that says where its code goes: pages by name, `server`, or `development` alone. */
export const SHIPS_IN = 'kycvs:ships-in'

export function billOfMaterials(shipped: Shipped): Fields {
  const options = ['--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only']
  const bill: unknown = JSON.parse(
    execFileSync('npm', ['sbom', ...options], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  )
  if (!isFields(bill) || !Array.isArray(bill['components'])) throw new Error('npm sbom gave no components')
  const placesOf = new Map<string, Set<string>>()
  for (const { path, name, version, dev } of lockedPackages()) {
    const places = placesOf.get(`${name}@${version}`) ?? new Set()
    placesOf.set(`${name}@${version}`, places)
    for (const page of shippedIn) if (shipped[page].has(path)) places.add(page)
    if (!dev) places.add('server')
  }
  const components = bill['components'].filter(isFields).map((component) => {
    const { name, version, properties } = component
    const places = placesOf.get(`${String(name)}@${String(version)}`) ?? new Set()
    const value = places.size === 0 ? 'development' : [...places].join(' ')
    return {
      ...component,
      properties: [...(Array.isArray(properties) ? properties : []), { name: SHIPS_IN, value }],
    }
  })
  return { ...bill, metadata: named(bill['metadata']), components }
}

/** npm calls the project by the name of the folder that it is in. */
function named(metadata: unknown): unknown {
  if (!isFields(metadata) || !isFields(metadata['component'])) return metadata
  const { component } = metadata
  const reference = component['bom-ref']
  const name = isText(reference) ? reference.replace(/@.*$/, '') : component['name']
  return { ...metadata, component: { ...component, name } }
}
