import { seededRandom } from '../../src/testing/signals.ts'
import { activeRms, type LabelRule } from './labels.ts'
import { createNoise, noiseKinds, type NoiseKind } from './noises.ts'
import { createTalk, sampleRate, type Speaker } from './talk.ts'

/** Speech in a room with noise, and where the speech is. */
export interface Scene {
  readonly noise: NoiseKind | 'clean'
  /** Speech over noise, `Infinity` for clean. */
  readonly snrDb: number
  readonly samples: Float32Array
  /** One a 10 ms frame. */
  readonly labels: Uint8Array
}

/** What scenes are made of. */
export interface SceneOptions {
  readonly speaker: Speaker
  /** What of the speaker's words is speech. */
  readonly rule: LabelRule
  readonly seed: number
  /** Of each scene. */
  readonly seconds: number
}

/** Ratios that every noise comes with. */
export const snrsDb = [20, 15, 10, 5, 0] as const

/** All scenes of a seed: other talk, room, level and noise for each; clean, and every noise at every ratio. */
export function createScenes({ speaker, rule, seed, seconds }: SceneOptions): readonly Scene[] {
  const conditions: readonly (readonly [Scene['noise'], number])[] = [
    ['clean', Infinity],
    ...noiseKinds.flatMap((kind) => snrsDb.map((snr) => [kind, snr] as const)),
  ]
  return conditions.map(([noise, snrDb], index) => {
    const random = seededRandom(seed * 1000 + index)
    const { samples, labels } = createTalk(speaker, random, seconds, rule)
    const heard = inRoom(samples, random)
    const source = { speaker, seed: seed * 1000 + 500 + index, length: samples.length }
    const sound = createNoise(noise === 'clean' ? 'white' : noise, source)
    // Clean is a quiet room: -75 dBFS.
    const noiseRms = noise === 'clean' ? 1.8e-4 : activeRms(heard) / 10 ** (snrDb / 20)
    const gain = noiseRms / rms(sound)
    const level = 10 ** ((random() * 18 - 12) / 20)
    const mixed = heard.map((sample, i) => clipped(level * (sample + gain * (sound[i] ?? 0))))
    return { noise, snrDb, labels, samples: mixed }
  })
}

function clipped(sample: number): number {
  return Math.max(-1, Math.min(1, sample))
}

/** The direct sound and 150 echoes that decay by 60 dB in 0.1 to 0.5 s. */
function inRoom(samples: Float32Array, random: () => number): Float32Array {
  const seconds = 0.1 + 0.4 * random()
  const wet = 10 ** (-(6 + 10 * random()) / 20)
  const out = samples.slice()
  const echoes = 150
  for (let echo = 0; echo < echoes; echo++) {
    const delay = Math.round(sampleRate * (0.003 + random() * seconds * 0.7))
    const sign = random() < 0.5 ? -1 : 1
    const gain = (sign * wet * 10 ** ((-3 * delay) / sampleRate / seconds)) / Math.sqrt(echoes / 8)
    for (let i = delay; i < out.length; i++) out[i] = (out[i] ?? 0) + gain * (samples[i - delay] ?? 0)
  }
  return out
}

function rms(samples: Float32Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  return Math.sqrt(sum / samples.length)
}
