// npm run sbom
import { mkdirSync, writeFileSync } from 'node:fs'
import { billOfMaterials } from './sbom.ts'
import { shippedPackages } from './shipped.ts'

mkdirSync('dist', { recursive: true })
writeFileSync('dist/sbom.cdx.json', `${JSON.stringify(billOfMaterials(await shippedPackages()), undefined, 2)}\n`)
