// The page's one Trusted Types policy (CSP require-trusted-types-for 'script'). No HTML is ever made from text, and the
// only scripts started by address are the app's own workers. https://www.w3.org/TR/trusted-types/

export interface PolicyRules {
  createHTML(html: string): string
  createScriptURL(url: string): string
}
declare global {
  interface Window {
    readonly trustedTypes?: { createPolicy(name: 'default', rules: PolicyRules): unknown }
  }
}

const forbid = (what: string): never => {
  throw new TypeError(`Trusted Types: ${what} is not made from text here`)
}

window.trustedTypes?.createPolicy('default', {
  // html5-qrcode empties an element with ''.
  createHTML: (html) => (html === '' ? '' : forbid('HTML')),
  createScriptURL: (url) => {
    const own = new URL('.', document.baseURI).href
    const { href } = new URL(url, own)
    return href.startsWith(own) && href.endsWith('.js') ? href : forbid('a script address')
  },
})
