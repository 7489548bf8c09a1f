// What both service workers do: store the app whole, answer with what is stored, and give way to a new version when asked.
import { matchPrecache, precacheAndRoute, type PrecacheEntry, type PrecacheRouteOptions } from 'workbox-precaching'
import { IS_WHOLE, SKIP_WAITING } from './messages.ts'

/** A service worker's scope after `injectManifest` wrote the app's files into it. */
export type Scope = ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: Manifest }
type Manifest = (PrecacheEntry | string)[]

export function storeApp(scope: ServiceWorkerGlobalScope, manifest: Manifest, options?: PrecacheRouteOptions): void {
  precacheAndRoute(manifest, options)
  scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()))
  scope.addEventListener('message', (event) => {
    const asked: unknown = event.data?.type
    // A new version waits until somebody says so.
    if (asked === SKIP_WAITING) void scope.skipWaiting()
    if (asked === IS_WHOLE) event.waitUntil(isWhole(manifest).then((answer) => event.ports[0]?.postMessage(answer)))
  })
}

/** Browsers clear what they store, and people too: is every file still there? */
async function isWhole(manifest: Manifest): Promise<boolean> {
  const files = manifest.map((entry) => matchPrecache(typeof entry === 'string' ? entry : entry.url))
  return (await Promise.all(files)).every((file) => file !== undefined)
}
