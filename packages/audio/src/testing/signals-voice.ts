import { seededRandom } from './signals.ts'

/** A made voice: `length` samples at `sampleRate` Hz, another speaker for another seed. */
export interface VoiceOptions {
  readonly seed: number
  readonly sampleRate: number
  readonly length: number
  /** Mean pitch in Hz; 90 to 230 by the seed unless given. */
  readonly pitch?: number
}

/** First three formants in Hz of a few vowels. */
const vowels: readonly (readonly [number, number, number])[] = [
  [730, 1090, 2440],
  [270, 2290, 3010],
  [300, 870, 2240],
  [530, 1840, 2480],
  [570, 840, 2410],
]
const bandwidths = [80, 100, 140]

/**
 * Sound with the marks of speech: pulses of a gliding pitch through the formants of changing vowels, hissed consonants,
 * syllables of 120 to 260 ms and pauses. Peaks near 0.5; the same for the same seed.
 */
export function voice(options: VoiceOptions): Float32Array {
  const { seed, sampleRate, length } = options
  const random = seededRandom(seed)
  const basePitch = options.pitch ?? 90 + 140 * random()
  const output = new Float32Array(length)
  const filters = bandwidths.map(() => ({ one: 0, two: 0 }))
  let phase = 0
  for (let at = 0; at < length;) {
    const syllable = Math.floor((0.12 + 0.14 * random()) * sampleRate)
    const hiss = random() < 0.6 ? Math.floor(0.05 * sampleRate) : 0
    const formants = vowels[Math.floor(random() * vowels.length)] ?? [500, 1500, 2500]
    const from = basePitch * (0.85 + 0.3 * random())
    const to = basePitch * (0.85 + 0.3 * random())
    for (let i = 0; i < syllable + hiss && at + i < length; i++) {
      const voiced = i - hiss
      const progress = Math.max(0, voiced) / syllable
      const loudness = voiced < 0 ? 0.03 : Math.sin(Math.PI * Math.min(1, progress)) ** 0.5
      phase += (from + (to - from) * progress) / sampleRate
      const pulse = phase >= 1 ? 1 : 0
      phase -= pulse
      const breath = (random() - 0.5) * 0.02
      let sound = voiced < 0 ? 0 : pulse + breath
      for (let k = 0; k < filters.length; k++) {
        sound = resonate(filters[k], sound, formants[k] ?? 500, bandwidths[k] ?? 100, sampleRate)
      }
      output[at + i] = loudness * (sound + (voiced < 0 ? random() - 0.5 : 0))
    }
    at += syllable + hiss
    if (random() < 0.25) at += Math.floor((0.1 + 0.4 * random()) * sampleRate)
  }
  return scaledTo(output, 0.5)
}

/** Many made voices at once, as in a full room; peaks near 0.5. */
export function babble(options: VoiceOptions & { readonly voices?: number }): Float32Array {
  const { voices = 8, ...each } = options
  const sum = new Float32Array(options.length)
  for (let speaker = 0; speaker < voices; speaker++) {
    const one = voice({ ...each, seed: options.seed * 101 + speaker })
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (one[i] ?? 0)
  }
  return scaledTo(sum, 0.5)
}

interface Resonance {
  one: number
  two: number
}

/** Two-pole resonance of unit gain at 0 Hz. */
function resonate(
  state: Resonance | undefined,
  input: number,
  frequency: number,
  bandwidth: number,
  sampleRate: number,
): number {
  if (state === undefined || frequency > sampleRate * 0.45) return input
  const radius = Math.exp((-Math.PI * bandwidth) / sampleRate)
  const back = 2 * radius * Math.cos((2 * Math.PI * frequency) / sampleRate)
  const output = (1 - back + radius * radius) * input + back * state.one - radius * radius * state.two
  state.two = state.one
  state.one = output
  return output
}

/** The sound at another peak. */
export function scaledTo(samples: Float32Array, peak: number): Float32Array {
  let loudest = 0
  for (const sample of samples) loudest = Math.max(loudest, Math.abs(sample))
  return loudest === 0 ? samples : samples.map((sample) => (sample * peak) / loudest)
}
