// npm run licences
import { writeFileSync } from 'node:fs'
import { LICENCES, licences } from './licences.ts'
import { shippedPackages } from './shipped.ts'

const { text, others } = licences(await shippedPackages())
writeFileSync(LICENCES, text)
for (const other of others) process.stderr.write(`Not among the permissive licences: ${other}\n`)
process.exit(others.length === 0 ? 0 : 1)
