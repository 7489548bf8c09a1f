// What a verdict sounds and feels like, by Web Audio and the vibration motor. Silent where the device has neither.
import type { Policy, PolicySound } from '../../core/policies.ts'
import type { Outcome, Settings } from '../session/settings.ts'
import { looks, type Beep } from '../ui/looks.ts'

/** What a place may choose from for its statuses: core/policies.ts. */
const sounds = {
  rise: looks.full.sound,
  double: looks.partly.sound,
  long: looks.none.sound,
  short: [[1100, 0, 120]],
  gallop: [
    [620, 0, 60],
    [620, 100, 60],
    [930, 200, 260],
  ],
  silent: [],
} as const satisfies Record<PolicySound, readonly Beep[]>

/** An outcome is heard and felt as the place and the settings of this device have it. */
export function respond(outcome: Outcome, policy: Policy | undefined, settings: Settings): void {
  // Hours and minutes on the device's own clock.
  const isSilent = isQuiet(settings, new Date().toTimeString().slice(0, 5))
  if (settings.sound[outcome] && !isSilent) void playOutcome(outcome, policy)
  if (settings.vibration[outcome]) vibrate(looks[outcome].pulse)
}

/** Whether a time of day is among the quiet hours, which may go past midnight. */
export const isQuiet = ({ quietFrom: from, quietTo: to }: Settings, time: string): boolean =>
  from !== '' && to !== '' && (from <= to ? from <= time && time < to : from <= time || time < to)

export const playOutcome = (outcome: Outcome, policy: Policy | undefined): Promise<void> =>
  play(policy?.sound ? sounds[policy.sound] : looks[outcome].sound)

let audio: AudioContext | undefined

/** Browsers let a page sound or shake only after it was touched once, and complain of one that tries before. */
const wasTouched = (): boolean => !('userActivation' in navigator) || navigator.userActivation.hasBeenActive

/** Call it on each touch or key: the first one makes sound possible. */
export function unlockSound(): void {
  if (!wasTouched()) return
  audio ??= typeof AudioContext === 'function' ? new AudioContext() : undefined
  if (audio?.state === 'suspended') void audio.resume().catch(() => undefined)
}

/** How late a sound may be, in milliseconds: after that it would belong to no verdict. */
const LATE = 500

/** The audio device once it runs: after the first touch it takes a moment to wake. */
async function runningAudio(): Promise<AudioContext | undefined> {
  unlockSound()
  if (!wasTouched() || audio?.state !== 'suspended') return audio
  const asked = performance.now()
  await audio.resume().catch(() => undefined)
  return performance.now() - asked < LATE ? audio : undefined
}

export async function play(beeps: readonly Beep[]): Promise<void> {
  const running = await runningAudio()
  if (running?.state !== 'running') return
  for (const [pitch, start, length] of beeps) {
    const from = running.currentTime + start / 1000
    const until = from + length / 1000
    const tone = new OscillatorNode(running, { type: 'triangle', frequency: pitch })
    const volume = new GainNode(running, { gain: 0 })
    // A ramp at both ends: a tone that starts at full volume clicks.
    volume.gain.setValueAtTime(0, from)
    volume.gain.linearRampToValueAtTime(0.6, from + 0.01)
    volume.gain.setValueAtTime(0.6, until - 0.02)
    volume.gain.linearRampToValueAtTime(0, until)
    tone.connect(volume).connect(running.destination)
    tone.start(from)
    tone.stop(until)
  }
}

export function vibrate(pulse: readonly number[]): void {
  if (wasTouched() && 'vibrate' in navigator) navigator.vibrate([...pulse])
}
