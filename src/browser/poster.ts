// A gate's own poster: a QR that holds "kycvs-gate:<id>". A live code can be made for that gate alone, and is then worth
// nothing at any other (docs/profile.md, section 2: `aud`).

const PREFIX = 'kycvs-gate:'
const poster = new RegExp(`^${PREFIX}(.+)$`)
const ID_LENGTH = 64

/** The text of a gate's poster; none for an id that no holder's page would take. */
export const posterOf = (id: string): string | undefined => (gateId(id) === id ? PREFIX + id : undefined)

/** The id on a poster, from the text of its QR. */
export function gateOnPoster(text: string): string | undefined {
  const id = poster.exec(text.trim())?.[1]
  return id === undefined ? undefined : gateId(id)
}

/** An id as typed from below a poster, or the poster's whole text. */
export function gateTyped(text: string): string | undefined {
  return gateOnPoster(text) ?? (poster.test(text.trim()) ? undefined : gateId(text))
}

function gateId(text: string): string | undefined {
  const id = text.trim()
  return id === '' || id.length > ID_LENGTH || /[\p{Cc}\p{Cs}]/u.test(id) ? undefined : id
}
