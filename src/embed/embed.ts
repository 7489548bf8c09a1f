// <kyc-vs verifier="…" purpose="…">: asks a person for their vaccination status, on the issuer's page in a frame, and
// gives the signed answer to the page around it as an event. docs/embed.md
//
// It is a script of the issuer's origin that runs in somebody else's page: it needs nothing, and leaves nothing there.

export interface AnswerDetail {
  /** The signed answer, with the verifying entity as its `aud`. It is for the entity's server to check. */
  readonly token: string
  readonly status: 0 | 1 | 2
  /** The one that this element made when it asked. */
  readonly nonce: string
}

declare global {
  interface HTMLElementTagNameMap {
    'kyc-vs': KycVs
  }
  interface HTMLElementEventMap {
    'kyc-vs': CustomEvent<AnswerDetail>
  }
}

/** Where this script came from is who may answer. */
const page = new URL(/* @vite-ignore */ 'embed/', import.meta.url)

/** What the frame may do: run its scripts on its own origin, and submit its forms to them. Nothing to the page around it. */
const SANDBOX = 'allow-scripts allow-same-origin allow-forms'

class KycVs extends HTMLElement {
  #close = (): void => {}

  connectedCallback(): void {
    const nonce = crypto.randomUUID()
    const frame = this.#frame(nonce)
    const onMessage = ({ origin, source, data }: MessageEvent<unknown>): void => {
      if (origin !== page.origin || source !== frame.contentWindow) return
      const answer = readAnswer(data, nonce)
      if (!answer) return
      // One question, one answer.
      window.removeEventListener('message', onMessage)
      this.dispatchEvent(new CustomEvent('kyc-vs', { bubbles: true, composed: true, detail: answer }))
    }
    window.addEventListener('message', onMessage)
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' })
    root.replaceChildren(frame)
    this.#close = () => {
      window.removeEventListener('message', onMessage)
      frame.remove()
    }
  }

  disconnectedCallback(): void {
    this.#close()
  }

  #frame(nonce: string): HTMLIFrameElement {
    const address = new URL(page)
    address.search = String(
      new URLSearchParams({
        embed: nonce,
        verifier: this.getAttribute('verifier') ?? '',
        purpose: this.getAttribute('purpose') ?? '',
      }),
    )
    const frame = document.createElement('iframe')
    frame.title = 'Vaccination status'
    frame.setAttribute('sandbox', SANDBOX)
    // The phone may fill in the OTP of a message that names the issuer (https://wicg.github.io/sms-one-time-codes/).
    frame.allow = 'otp-credentials'
    frame.referrerPolicy = 'no-referrer'
    frame.width = '100%'
    frame.height = '100%'
    frame.style.border = '0'
    frame.src = address.href
    return frame
  }
}

function readAnswer(data: unknown, expected: string): AnswerDetail | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  if (!('nonce' in data && 'token' in data && 'status' in data)) return undefined
  const { nonce, token, status } = data
  if (nonce !== expected || typeof token !== 'string') return undefined
  return status === 0 || status === 1 || status === 2 ? { token, status, nonce: expected } : undefined
}

// A page may hold the script twice.
if (!customElements.get('kyc-vs')) customElements.define('kyc-vs', KycVs)
