// The OTP out of the text message, where the phone offers it. https://wicg.github.io/web-otp/

declare global {
  interface CredentialRequestOptions {
    otp?: { readonly transport: readonly 'sms'[] }
  }
}

/** Waits for the message, and gives its own stop. Silent where there is no such thing, or the person says no. */
export function awaitMessage(onOtp: (otp: string) => void): () => void {
  const waiting = new AbortController()
  const listen = async (): Promise<void> => {
    try {
      const credential = await navigator.credentials.get({ otp: { transport: ['sms'] }, signal: waiting.signal })
      if (credential && 'code' in credential) onOtp(String(credential.code))
    } catch {
      // Told to stop, or the person said no: the OTP is typed.
    }
  }
  if ('OTPCredential' in window) void listen()
  return () => waiting.abort()
}
