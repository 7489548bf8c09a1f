// What a page says to its service worker.

/** Gives way to the version that waits: workbox-window's own message. */
export const SKIP_WAITING = 'SKIP_WAITING'
/** Asks whether every file of the app is still stored; answered with true or false. */
export const IS_WHOLE = 'IS_WHOLE'
