// What src/catalogues.ts makes of a language's file: its messages, parsed and compiled, and parts of them.

/** All of it. */
declare module '*.json?all' {
  import type { CompiledMessage } from 'icu-minify/format'

  const messages: Readonly<Record<string, CompiledMessage>>
  export default messages
}

/** What scanning, the verdicts and a crash need. */
declare module '*.json?start' {
  import type { CompiledMessage } from 'icu-minify/format'

  const messages: Readonly<Record<string, CompiledMessage>>
  export default messages
}

/** What is loaded later: the ids that begin with `page.` */
declare module '*.json?page' {
  import type { CompiledMessage } from 'icu-minify/format'

  const messages: Readonly<Record<string, CompiledMessage>>
  export default messages
}
