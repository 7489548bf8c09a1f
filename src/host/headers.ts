// The security headers of everything that a page is made of. The operator's guide quotes this table: what stands here is
// what a static host must send for the gate, and what the tests run it under.

/** What may do what in a page. `'self'` is the origin that served it; nothing else is let in unless named. */
const POLICY = {
  'default-src': "'none'",
  // WebAssembly is compiled from a file of this origin; no text is ever evaluated.
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  // A picture that is dropped on the gate is a blob; the icons of the manifest may be data.
  'img-src': "'self' blob: data:",
  'media-src': "'self' blob:",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'default',
} as const

/** The camera is the gate's own, and so is a scanner on a serial port; it must stay awake. All else that a page could ask a device for is off. */
const PERMISSIONS = [
  'camera=(self)',
  'fullscreen=(self)',
  'screen-wake-lock=(self)',
  'serial=(self)',
  'accelerometer=()',
  'display-capture=()',
  'geolocation=()',
  'gyroscope=()',
  'hid=()',
  'idle-detection=()',
  'local-fonts=()',
  'magnetometer=()',
  'microphone=()',
  'midi=()',
  'payment=()',
  'publickey-credentials-get=()',
  'usb=()',
  'xr-spatial-tracking=()',
].join(', ')

/**
 * The headers of a page and of its parts.
 * @param connect origins besides its own that it may fetch from: those of the trust list and of the status lists
 * @param framedBy origins whose pages may embed it
 */
export function pageHeaders(
  connect: readonly string[] = [],
  framedBy: readonly string[] = [],
): Readonly<Record<string, string>> {
  const policy = {
    ...POLICY,
    'connect-src': [POLICY['connect-src'], ...new Set(connect)].join(' '),
    'frame-ancestors': framedBy.length === 0 ? POLICY['frame-ancestors'] : framedBy.join(' '),
  }
  return {
    'Content-Security-Policy': Object.entries(policy)
      .map(([directive, sources]) => `${directive} ${sources}`)
      .join('; '),
    'Permissions-Policy': PERMISSIONS,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  }
}

/** How long a file may be kept: for ever when its name has its content's hash, and never unasked otherwise. */
export function cacheControl(path: string): string {
  return path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
}

/** Content types that the host's own table lacks. */
export const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.jwt': 'application/jwt',
}
