// The service worker: it stores the app and answers for it. It knows nothing of tokens, lists or verdicts.
import { createHandlerBoundToURL, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: (PrecacheEntry | string)[] }

// `no-store` is how the page asks for a config.json that an operator may have edited since this one was stored.
registerRoute(
  ({ url, request }) => request.cache === 'no-store' && url.pathname.endsWith('/config.json'),
  ({ request }) => fetch(request),
)
precacheAndRoute(self.__WB_MANIFEST)
registerRoute(new NavigationRoute(createHandlerBoundToURL('index.html')))

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

// A new version waits until somebody at the gate says so (workbox-window's messageSkipWaiting).
self.addEventListener('message', ({ data }) => {
  if (typeof data === 'object' && data !== null && 'type' in data && data.type === 'SKIP_WAITING')
    void self.skipWaiting()
})
