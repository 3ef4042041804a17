import { createResampler } from '../../src/index.ts'
import { concatFloat32, seededRandom } from '../../src/testing/signals.ts'
import { convolve, roomResponse } from './rooms.ts'
import { talk } from './speech.ts'

/** One call: who talks when, through which room. */
export interface SceneOptions {
  readonly seed: number
  readonly sampleRate: number
  readonly seconds: number
  readonly rt60: number
  readonly kind: 'image' | 'noise'
  /** Bulk delay before the room's response. */
  readonly delayMs: number
  /** Level of the echo and of the room's noise against -20 dBFS speech. */
  readonly echoDb?: number
  readonly noiseDb?: number
  /** Level of the near end against -20 dBFS, and when it talks, in seconds. */
  readonly nearDb?: number
  readonly near?: readonly (readonly [from: number, to: number])[]
  /** Drive into the loudspeaker's soft clipping (a tanh); 0 is a linear one. */
  readonly drive?: number
  /** Second from which on another room is heard, with the same delay. */
  readonly changeAt?: number
  /** Clock of the microphone against the loudspeaker's. */
  readonly driftPpm?: number
}

/** The signals of a scene at its rate; the microphone hears the sum of echo, near end and noise. */
export interface Scene {
  readonly far: Float32Array
  readonly echo: Float64Array
  readonly near: Float64Array
  readonly noise: Float64Array
  readonly microphone: Float32Array
}

/** Makes a scene; all but the seed's choices is given. */
export async function echoScene(options: SceneOptions): Promise<Scene> {
  const { seed, sampleRate, seconds, delayMs, drive = 0, changeAt, driftPpm = 0 } = options
  const { echoDb = 0, noiseDb = -50, nearDb = 0, near: nearTimes = [] } = options
  const voices = (['slt', 'rms', 'awb'] as const).map((_, i, all) => all[(i + seed) % 3] ?? 'slt')
  const far = atRate(await talk(voices[0] ?? 'slt', seconds, seed), sampleRate)
  const other = atRate(await talk(voices[1] ?? 'rms', seconds, seed + 1000), sampleRate)
  const played = drive > 0 ? far.map((sample) => Math.tanh(drive * sample) / drive) : far
  const late = new Float64Array(far.length)
  const delay = (delayMs / 1000) * sampleRate
  for (let i = 0; i < late.length; i++) late[i] = at(played, i - delay - i * driftPpm * 1e-6)
  const rooms = [seed, seed + 500].map((room) => convolve(late, roomResponse({ ...options, seed: room })))
  const random = seededRandom(seed + 77)
  const length = far.length
  const scene = {
    far,
    echo: new Float64Array(length),
    near: new Float64Array(length),
    noise: new Float64Array(length),
    microphone: new Float32Array(length),
  }
  const change = (changeAt ?? Infinity) * sampleRate
  for (let i = 0; i < length; i++) {
    const echo = (rooms[i < change ? 0 : 1]?.[i] ?? 0) * 10 ** (echoDb / 20)
    const talks = nearTimes.some(([from, to]) => i >= from * sampleRate && i < to * sampleRate)
    const near = talks ? (other[i] ?? 0) * 10 ** (nearDb / 20) : 0
    const gaussian = Math.sqrt(3) * (random() + random() + random() + random() - 2)
    const noise = 0.1 * 10 ** (noiseDb / 20) * gaussian
    scene.echo[i] = echo
    scene.near[i] = near
    scene.noise[i] = noise
    scene.microphone[i] = echo + near + noise
  }
  return scene
}

/** Value between samples: cubic interpolation, and the sample itself on a whole place. */
function at(samples: Float32Array, place: number): number {
  const whole = Math.floor(place)
  const part = place - whole
  const [a, b, c, d] = [-1, 0, 1, 2].map((offset) => samples[whole + offset] ?? 0) as [
    number,
    number,
    number,
    number,
  ]
  if (part === 0) return b
  return b + 0.5 * part * (c - a + part * (2 * a - 5 * b + 4 * c - d + part * (3 * (b - c) + d - a)))
}

function atRate(samples: Float32Array, sampleRate: number): Float32Array {
  const resampler = createResampler({ from: 16_000, to: sampleRate })
  return concatFloat32([...resampler.process(samples), ...resampler.flush()])
}
