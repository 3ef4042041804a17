import { seededRandom, type NoiseOptions } from './signals.ts'
import { scaledTo } from './signals-voice.ts'

/** Time constants and weights of first-order filters whose sum falls by 3 dB an octave (Paul Kellet's set at 44.1 kHz). */
const pinkPoles: readonly (readonly [pole: number, gain: number])[] = [
  [0.99886, 0.0555179],
  [0.99332, 0.0750759],
  [0.969, 0.153852],
  [0.8665, 0.3104856],
  [0.55, 0.5329522],
  [-0.7616, -0.016898],
]

/** Noise whose power falls by 3 dB an octave, at the peak `amplitude` (0.5); the same for the same seed. */
export function pinkNoise(options: NoiseOptions): Float32Array {
  const { seed, length, amplitude = 0.5 } = options
  const random = seededRandom(seed)
  const states = pinkPoles.map(() => 0)
  const output = Float32Array.from({ length }, () => {
    const white = 2 * random() - 1
    let sum = white * 0.5362
    for (let k = 0; k < pinkPoles.length; k++) {
      const [pole, gain] = pinkPoles[k] ?? [0, 0]
      states[k] = (states[k] ?? 0) * pole + white * gain
      sum += states[k] ?? 0
    }
    return sum
  })
  return scaledTo(output, amplitude)
}

/** Noise whose power falls by 6 dB an octave above 20 Hz at 16 kHz, at the peak `amplitude` (0.5). */
export function brownNoise(options: NoiseOptions): Float32Array {
  const { seed, length, amplitude = 0.5 } = options
  const random = seededRandom(seed)
  let state = 0
  const output = Float32Array.from({ length }, () => (state = state * 0.992 + (2 * random() - 1)))
  return scaledTo(output, amplitude)
}
