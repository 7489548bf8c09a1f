// `npm run languages [tag …]`: what is wrong in the files of these languages, or of all, and what they do not say yet.
import { catalogue, english, faultsIn, isStart, missingIn, tags } from './catalogues.ts'

const asked = process.argv.slice(2)
for (const tag of asked.length > 0 ? asked : tags) {
  const messages = catalogue(tag)
  const [faults, missing] = [faultsIn(tag, messages), missingIn(messages)]
  const untold = missing.filter(isStart)
  process.stdout.write(`${tag}: ${messages.size} of ${english.size} messages, ${faults.length} faults\n`)
  for (const fault of faults) process.stdout.write(`  ${fault}\n`)
  for (const id of missing) process.stdout.write(`  missing${isStart(id) ? ', and must not be' : ''}: ${id}\n`)
  if (faults.length > 0 || untold.length > 0) process.exitCode = 1
}
