// What most would write: zxing-wasm in a worker, on ImageData that the page took from a canvas.
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import zxingUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'

prepareZXingModule({ overrides: { locateFile: () => zxingUrl } })
addEventListener('message', ({ data }: MessageEvent<ImageData>) => {
  void readBarcodes(data, { formats: ['QRCodeModel2'], maxNumberOfSymbols: 1 }).then((found) =>
    postMessage(found[0]?.text),
  )
})
