// A certificate for trying the demo on a phone: signed by itself, for this machine's names only, and no authority that
// could vouch for another. Kept with the demo's state, so that a browser has to be told once.
import { X509Certificate } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const DAY_MS = 86_400_000

export interface Certificate {
  readonly key: string
  readonly cert: string
}

/** Opens the kept certificate, or makes one when there is none for this address, or it ends within a week. */
export async function openCertificate(dir: string, address: string): Promise<Certificate> {
  const keyPath = join(dir, 'tls-key.pem')
  const certPath = join(dir, 'tls-cert.pem')
  try {
    const held = { key: await readFile(keyPath, 'utf8'), cert: await readFile(certPath, 'utf8') }
    if (fits(held.cert, address)) return held
  } catch {
    // The first start, or a file that is none: a new one is made below.
  }
  const made = await make(address)
  await mkdir(dir, { recursive: true, mode: 0o700 })
  await writeFile(keyPath, made.key, { mode: 0o600 })
  await writeFile(certPath, made.cert)
  return made
}

function fits(pem: string, address: string): boolean {
  const certificate = new X509Certificate(pem)
  const lasts = Date.parse(certificate.validTo) > Date.now() + 7 * DAY_MS
  return lasts && certificate.checkIP(address) !== undefined
}

async function make(address: string): Promise<Certificate> {
  // Slow to load, and wanted here alone: no other command waits for it.
  const { generate } = await import('selfsigned')
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'KYC-VS Gate demo' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + 90 * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: address },
        ],
      },
    ],
  })
  return { key, cert }
}
