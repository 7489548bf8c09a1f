// A list that others fetch while it is being renewed.
import { rename, writeFile } from 'node:fs/promises'

/** Writes a text beside its place and moves it there, so that nobody ever reads half of it. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.new`
  await writeFile(draft, text)
  await rename(draft, path)
}
