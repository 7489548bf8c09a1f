// What is left when the gate itself fails: a code for support, and two ways to start again.
import { dropFiles } from '../../browser/app.ts'

export type CrashPlace = 'start' | 'screen'

/**
 * Where it crashed, the kind of error, the place in the built files, and the build (its time, in base 36). Nothing of the
 * error's message, which may quote what was scanned.
 */
export function crashCode(place: CrashPlace, error: unknown, buildTime: number): string {
  const kind = error instanceof Error ? error.name : typeof error
  const stack = error instanceof Error ? (error.stack ?? '').split('\n').slice(1).join('\n') : ''
  const [, file, line, column] = /([\w.-]+\.js):(\d+):(\d+)/.exec(stack) ?? []
  return [place, kind, file ? `${file}:${line}:${column}` : 'nowhere', buildTime.toString(36)].join(' ')
}

/** Takes away everything that this app stored on the device, its own files included. */
export async function clearDevice(): Promise<void> {
  await Promise.allSettled([
    dropFiles(),
    new Promise((resolve) => {
      const deleting = indexedDB.deleteDatabase('kycvs-gate')
      for (const end of ['success', 'error', 'blocked']) deleting.addEventListener(end, resolve)
    }),
  ])
}
