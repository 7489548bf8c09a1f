// The readers that are compared, by their packages' names.
export const names = [
  'ours',
  'ours (compatible)',
  'zxing-wasm',
  'qr-scanner-wechat',
  'rxing-wasm',
  'zbar-wasm',
  'qr',
  'qr-scanner',
  'jsqr',
  'html5-qrcode',
] as const
export type Name = (typeof names)[number]

/** Those that are not ours. */
export const isPeer = (name: Name): boolean => !name.startsWith('ours')
