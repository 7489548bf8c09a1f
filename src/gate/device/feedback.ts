// What a verdict sounds and feels like, by Web Audio and the vibration motor. Silent where the device has neither.
import type { Beep } from '../ui/looks.ts'

let audio: AudioContext | undefined

/** Browsers let a page sound or shake only after it was touched once, and complain of one that tries before. */
const wasTouched = (): boolean => !('userActivation' in navigator) || navigator.userActivation.hasBeenActive

/** Call it on each touch or key: the first one makes sound possible. */
export function unlockSound(): void {
  if (!wasTouched()) return
  audio ??= typeof AudioContext === 'function' ? new AudioContext() : undefined
  if (audio?.state === 'suspended') void audio.resume().catch(() => undefined)
}

export function play(beeps: readonly Beep[]): void {
  unlockSound()
  if (audio?.state !== 'running') return
  for (const [pitch, start, length] of beeps) {
    const from = audio.currentTime + start / 1000
    const until = from + length / 1000
    const tone = new OscillatorNode(audio, { type: 'triangle', frequency: pitch })
    const volume = new GainNode(audio, { gain: 0 })
    // A ramp at both ends: a tone that starts at full volume clicks.
    volume.gain.setValueAtTime(0, from)
    volume.gain.linearRampToValueAtTime(0.6, from + 0.01)
    volume.gain.setValueAtTime(0.6, until - 0.02)
    volume.gain.linearRampToValueAtTime(0, until)
    tone.connect(volume).connect(audio.destination)
    tone.start(from)
    tone.stop(until)
  }
}

export function vibrate(pulse: readonly number[]): void {
  if (wasTouched() && 'vibrate' in navigator) navigator.vibrate([...pulse])
}
