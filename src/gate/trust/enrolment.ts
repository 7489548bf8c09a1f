// Enrolment: a link to the gate's own address with the fingerprint of a root, https://gate.example/?root=<RFC 7638 thumbprint>.
// It grants nothing: a page that is opened by it believes nothing until somebody has compared (enrolling.ts), and then what its
// own config.json says. So no link can make a gate believe anybody, whoever made it and wherever it is opened.

/** As `kycvs enrol` prints it. The fingerprint of a public key is no secret, and may stand in a server's log. */
export function enrolmentLink(gate: string, root: string): string {
  const link = new URL(gate)
  link.searchParams.set('root', root)
  return link.href
}

/** For people, who compare it with paper: groups of four. */
export const GROUPS = /.{1,4}/g
export const inGroups = (root: string): string => root.match(GROUPS)?.join(' ') ?? ''
