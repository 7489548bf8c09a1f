// The holder's service worker: it stores the page and answers for it, and for nothing else of its origin, where the
// issuer's interface lives too. It knows nothing of codes.
import { precacheAndRoute, type PrecacheEntry } from 'workbox-precaching'

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: (PrecacheEntry | string)[] }

// Who asks, and for what, stands in the page's query: it is the same page.
precacheAndRoute(self.__WB_MANIFEST, { ignoreURLParametersMatching: [/./] })

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

// A new version waits until somebody says so (workbox-window's messageSkipWaiting).
self.addEventListener('message', ({ data }) => {
  if (typeof data === 'object' && data !== null && 'type' in data && data.type === 'SKIP_WAITING')
    void self.skipWaiting()
})
