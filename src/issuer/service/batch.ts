// Batching: what many requests ask of the database at one moment goes there as one statement.

export interface BatchOptions {
  /** The most items of one statement. */
  readonly most: number
  /** The most statements under way. */
  readonly lanes: number
}

/**
 * Makes a function of one item from one of many. An item that comes while a lane is free goes at once; the others wait for
 * the next free one, and go together.
 * @param run answers in the order of its items
 */
export function batched<Item, Answer>(
  run: (items: readonly Item[]) => Promise<readonly Answer[]>,
  { most, lanes }: BatchOptions,
): (item: Item) => Promise<Answer> {
  interface Waiting {
    readonly item: Item
    readonly resolve: (answer: Answer) => void
    readonly reject: (reason: unknown) => void
  }
  let waiting: Waiting[] = []
  let busy = 0

  async function lane(): Promise<void> {
    busy += 1
    // The requests of one turn of the event loop go together, even when nothing is under way.
    await new Promise(setImmediate)
    while (waiting.length > 0) {
      const now = waiting.slice(0, most)
      waiting = waiting.slice(most)
      try {
        const answers = await run(now.map(({ item }) => item))
        if (answers.length !== now.length) throw new Error('a batch must answer each of its items')
        for (const [at, answer] of answers.entries()) now[at]?.resolve(answer)
      } catch (error) {
        for (const { reject } of now) reject(error)
      }
    }
    busy -= 1
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (busy < lanes) void lane()
    })
}
