// Scanners that send lines over USB ("USB-COM", CDC-ACM) instead of typing. https://wicg.github.io/serial/
// Chromium on computers alone has it. A port is opened because somebody chose it, and by itself from then on.
import { createStore, type Readable } from '../../browser/store.ts'
import { collectLines, LINE_PAUSE } from './lines.ts'

/** As far as it is used here: the DOM's types do not know it yet. */
interface SerialPort {
  open(options: { readonly baudRate: number }): Promise<void>
  readonly readable: ReadableStream<Uint8Array> | null
}
interface Serial extends EventTarget {
  requestPort(): Promise<SerialPort>
  getPorts(): Promise<readonly SerialPort[]>
}
const isSerial = (value: unknown): value is Serial => value instanceof EventTarget && 'requestPort' in value

/** What most scanners are set to; over USB it has no meaning. */
const BAUD = 9600

export type SerialState = 'unsupported' | 'closed' | 'open' | 'failed'

export interface SerialScanner extends Readable<SerialState> {
  /** Lets somebody choose a port, in a window of the browser's. Only right after a touch or a key. */
  choose(): Promise<void>
}

export function listenToSerial(onLine: (line: string) => void): SerialScanner {
  const serial: unknown = 'serial' in navigator ? navigator.serial : undefined
  const state = createStore<SerialState>(isSerial(serial) ? 'closed' : 'unsupported')
  const opened = new Set<SerialPort>()

  async function read(port: SerialPort): Promise<void> {
    if (opened.has(port)) return
    opened.add(port)
    try {
      await port.open({ baudRate: BAUD })
      state.write('open')
      await readLines(port, onLine)
      state.write('closed')
    } catch {
      // Another tab or program has it.
      state.write('failed')
    }
    opened.delete(port)
  }
  async function readGranted(): Promise<void> {
    if (!isSerial(serial)) return
    for (const port of await serial.getPorts().catch(() => [])) void read(port)
  }
  if (isSerial(serial)) serial.addEventListener('connect', () => void readGranted())
  void readGranted()

  return {
    read: state.read,
    subscribe: state.subscribe,
    async choose() {
      // Nothing chosen is no fault.
      const port = isSerial(serial) ? await serial.requestPort().catch(() => undefined) : undefined
      if (port) void read(port)
    },
  }
}

/** Until the scanner is unplugged. Bytes that get lost on the way end a stream, and the port gives another. */
async function readLines(port: SerialPort, onLine: (line: string) => void): Promise<void> {
  const lines = collectLines()
  const decoder = new TextDecoder()
  let timer: ReturnType<typeof setTimeout> | undefined
  while (port.readable) {
    const reader = port.readable.getReader()
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        for (const line of lines.take(decoder.decode(next.value, { stream: true }))) onLine(line)
        clearTimeout(timer)
        timer = setTimeout(() => {
          for (const line of lines.end()) onLine(line)
        }, LINE_PAUSE)
      }
      return
    } catch {
      if (!port.readable) return
    } finally {
      reader.releaseLock()
    }
  }
}
