// Keeps the screen on while the gate is looked at. The browser drops the lock whenever the page is hidden.

export function keepAwake(): () => void {
  let lock: WakeLockSentinel | undefined
  let wanted = true
  const ask = async (): Promise<void> => {
    if (!wanted || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
    try {
      lock = await navigator.wakeLock.request('screen')
    } catch {
      // Low battery, or not allowed here: the screen dims as it always does.
    }
  }
  const onVisible = (): void => void ask()
  document.addEventListener('visibilitychange', onVisible)
  void ask()
  return () => {
    wanted = false
    document.removeEventListener('visibilitychange', onVisible)
    void lock?.release()
  }
}
