// The holder's service worker: it stores the page and answers for it, and for nothing else of its origin, where the
// issuer's interface lives too. It knows nothing of codes.
import { storeApp, type Scope } from '../browser/stored.worker.ts'

declare const self: Scope

// Who asks, and for what, stands in the page's query: it is the same page.
storeApp(self, self.__WB_MANIFEST, { ignoreURLParametersMatching: [/./] })
