import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** The gate from the same source, built as if a day earlier: another build time, so other bytes. */
export async function buildNewer(outDir: string): Promise<void> {
  const env = { ...process.env, SOURCE_DATE_EPOCH: `${Math.floor(Date.now() / 1000) - 86_400}` }
  await promisify(execFile)('npx', ['vite', 'build', '--logLevel', 'error', '--outDir', outDir], { env })
}
