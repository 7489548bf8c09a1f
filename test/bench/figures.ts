// What the benchmarks share: medians with their spread, and a table, or JSON, on standard output.

/** The middle of many trials, and the quartiles on both sides of it. */
export interface Spread {
  readonly median: number
  readonly low: number
  readonly high: number
  readonly trials: number
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN
  return { median: at(0.5), low: at(0.25), high: at(0.75), trials: values.length }
}

/** `0.82 (0.80–0.84)`: the median and its quartiles. */
export function withSpread({ median, low, high }: Spread, digits = 0): string {
  return `${fixed(median, digits)} (${fixed(low, digits)}–${fixed(high, digits)})`
}

export function fixed(value: number, digits = 0): string {
  return value.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** Rows of equal length; the first is the head, and the first column is left-aligned. */
export type Table = readonly (readonly string[])[]

/** Prints the figures as JSON when the command line says `--json`, and the tables otherwise. */
export function report(figures: object, tables: readonly Table[], notes: readonly string[] = []): void {
  const text = process.argv.includes('--json')
    ? JSON.stringify(figures, undefined, 2)
    : [...tables.map(layOut), ...notes].join('\n\n')
  process.stdout.write(`${text}\n`)
}

/** Says on standard error what is being done, for the output is for figures. */
export function say(words: string): void {
  process.stderr.write(`${words}\n`)
}

function layOut(table: Table): string {
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
  return table.map(line).join('\n')
}
