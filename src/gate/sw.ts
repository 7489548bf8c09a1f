// The service worker: it stores the app and answers for it. It knows nothing of tokens, lists or verdicts.
import { createHandlerBoundToURL } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { storeApp, type Scope } from '../browser/stored.worker.ts'

declare const self: Scope

// `no-store` is how the page asks for a config.json that an operator may have edited since this one was stored.
registerRoute(
  ({ url, request }) => request.cache === 'no-store' && url.pathname.endsWith('/config.json'),
  ({ request }) => fetch(request),
)
storeApp(self, self.__WB_MANIFEST)
registerRoute(new NavigationRoute(createHandlerBoundToURL('index.html')))
