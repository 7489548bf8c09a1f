// A verifying entity, and the forms of what it is known by.

export interface Entity {
  readonly id: string
  readonly name: string
  readonly origins: readonly string[]
}

export const isEntityId = (text: string): boolean => /^[a-z0-9][a-z0-9-]{0,62}$/.test(text)

/** A name, as people read it when they are asked: one line. */
export const isEntityName = (text: string): boolean => text.trim() !== '' && /^\P{C}{1,100}$/u.test(text)

/** An origin, as a browser sends it. Nothing when the text is none, or not a secure one. */
export function originOf(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const { origin, protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && hostname === 'localhost') ? origin : undefined
}
