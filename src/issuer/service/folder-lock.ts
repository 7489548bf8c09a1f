// PGlite does not notice when two processes open one folder, and both would ruin it. So the one that has it says so.
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Somebody else has the database's folder open. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse'
}

/** Takes a folder for this process, and gives back what lets it go. Rejects with `FolderInUse` while another has it. */
export async function holdFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'in-use')
  const holder = await holderOf(path)
  if (holder !== undefined && holder !== process.pid && isAlive(holder)) throw new FolderInUse(folder)
  // What a process left that was killed, maybe one of this process's number in an earlier life of a container.
  if (holder !== undefined) await rm(path, { force: true })
  try {
    await writeFile(path, String(process.pid), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    throw error instanceof Error && 'code' in error && error.code === 'EEXIST' ? new FolderInUse(folder) : error
  }
  return () => rm(path, { force: true })
}

async function holderOf(path: string): Promise<number | undefined> {
  try {
    return Number(await readFile(path, 'utf8'))
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It is there, and belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
