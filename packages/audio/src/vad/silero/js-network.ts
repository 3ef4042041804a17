import {
  contextSamples,
  frameSamples,
  memoryLength,
  stateLength,
  type SileroNetwork,
} from './silero-network.ts'
import { windowSamples, type Layer, type SileroWeights } from './silero-weights.ts'

const bins = 129
const units = 128

/** The network in plain JavaScript, for where WebAssembly cannot run. */
export function createJsNetwork(weights: SileroWeights): SileroNetwork {
  const { first, second, third, fourth, inputWeights, hiddenWeights, gateBias, output } = weights
  const input = new Float32Array(contextSamples + frameSamples + contextSamples)
  const magnitudes = createSpectrum(weights.window)
  const spectra = Array.from({ length: 4 }, () => new Float32Array(bins))
  const firstOut = Array.from({ length: 4 }, () => new Float32Array(128))
  const secondOut = Array.from({ length: 2 }, () => new Float32Array(64))
  const thirdOut = [new Float32Array(64)]
  const fourthOut = [new Float32Array(128)]
  const encoded = fourthOut[0] ?? new Float32Array(128)
  const gates = new Float32Array(4 * units)
  const layers = [
    { layer: byTaps(first, bins), from: spectra, to: firstOut, stride: 1 },
    { layer: byTaps(second, 128), from: firstOut, to: secondOut, stride: 2 },
    { layer: byTaps(third, 64), from: secondOut, to: thirdOut, stride: 2 },
    { layer: byTaps(fourth, 64), from: thirdOut, to: fourthOut, stride: 1 },
  ]

  const kept = new Float32Array(stateLength)

  function forward(memory: Float32Array): number {
    // The model continues the frame with its mirror image around the last sample.
    for (let i = 0; i < contextSamples; i++) input[576 + i] = input[574 - i] ?? 0
    for (let time = 0; time < 4; time++) magnitudes(input, time * 128, spectra[time] ?? encoded)
    for (const { layer, from, to, stride } of layers) convolve(layer, from, to, stride)
    for (let row = 0; row < gates.length; row++) {
      gates[row] =
        (gateBias[row] ?? 0) +
        dot(inputWeights, row * units, encoded, units) +
        dot(hiddenWeights, row * units, memory, units)
    }
    remember(gates, memory)
    let sum = output.bias[0] ?? 0
    for (let i = 0; i < units; i++) sum += (output.weights[i] ?? 0) * Math.max(0, memory[i] ?? 0)
    return sigmoid(sum)
  }

  return {
    run(frame, state) {
      for (let i = 0; i < contextSamples; i++) {
        input[i] = state[memoryLength + i] ?? 0
        state[memoryLength + i] = frame[frameSamples - contextSamples + i] ?? 0
      }
      input.set(frame, contextSamples)
      return forward(state)
    },
    peek(window, state) {
      input.set(window)
      kept.set(state)
      return forward(kept)
    },
  }
}

function remember(gates: Float32Array, memory: Float32Array): void {
  for (let unit = 0; unit < units; unit++) {
    const kept = sigmoid(gates[units + unit] ?? 0) * (memory[units + unit] ?? 0)
    const cell = kept + sigmoid(gates[unit] ?? 0) * Math.tanh(gates[2 * units + unit] ?? 0)
    memory[units + unit] = cell
    memory[unit] = sigmoid(gates[3 * units + unit] ?? 0) * Math.tanh(cell)
  }
}

interface TapLayer {
  /** A matrix [outputs][inputs] for each of the three taps. */
  readonly taps: readonly Float32Array[]
  readonly bias: Float32Array
}

function byTaps({ weights, bias }: Layer, inputs: number): TapLayer {
  const matrix = (tap: number): Float32Array =>
    Float32Array.from({ length: bias.length * inputs }, (_, i) => weights[3 * i + tap] ?? NaN)
  return { taps: [matrix(0), matrix(1), matrix(2)], bias }
}

/** Three taps over time with a relu; taps that meet nothing but padding are left out. */
function convolve(
  { taps, bias }: TapLayer,
  from: readonly Float32Array[],
  to: readonly Float32Array[],
  stride: number,
): void {
  for (let time = 0; time < to.length; time++) {
    const out = to[time]
    if (!out) continue
    out.set(bias)
    for (let tap = 0; tap < 3; tap++) {
      const input = from[time * stride + tap - 1]
      const matrix = taps[tap]
      if (!input || !matrix) continue
      for (let o = 0; o < out.length; o++) {
        out[o] = (out[o] ?? 0) + dot(matrix, o * input.length, input, input.length)
      }
    }
    for (let o = 0; o < out.length; o++) out[o] = Math.max(0, out[o] ?? 0)
  }
}

function dot(matrix: Float32Array, offset: number, vector: Float32Array, length: number): number {
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  let i = 0
  for (; i + 3 < length; i += 4) {
    const at = offset + i
    a += (matrix[at] ?? 0) * (vector[i] ?? 0)
    b += (matrix[at + 1] ?? 0) * (vector[i + 1] ?? 0)
    c += (matrix[at + 2] ?? 0) * (vector[i + 2] ?? 0)
    d += (matrix[at + 3] ?? 0) * (vector[i + 3] ?? 0)
  }
  for (; i < length; i++) a += (matrix[offset + i] ?? 0) * (vector[i] ?? 0)
  return a + b + (c + d)
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x))
}

/** Writes the magnitudes of a windowed transform of 256 samples from `start` on. */
function createSpectrum(
  window: Float32Array,
): (input: Float32Array, start: number, out: Float32Array) => void {
  const re = new Float64Array(windowSamples)
  const im = new Float64Array(windowSamples)
  const reversed = Uint8Array.from({ length: windowSamples }, (_, i) => {
    let mirror = 0
    for (let bit = 0; bit < 8; bit++) mirror |= ((i >> bit) & 1) << (7 - bit)
    return mirror
  })
  const cos = Float64Array.from({ length: 128 }, (_, k) => Math.cos((2 * Math.PI * k) / windowSamples))
  const sin = Float64Array.from({ length: 128 }, (_, k) => -Math.sin((2 * Math.PI * k) / windowSamples))
  return (input, start, out) => {
    for (let i = 0; i < windowSamples; i++) {
      re[reversed[i] ?? 0] = (input[start + i] ?? 0) * (window[i] ?? 0)
    }
    im.fill(0)
    for (let half = 1; half < windowSamples; half *= 2) {
      const step = 128 / half
      for (let k = 0; k < half; k++) {
        const c = cos[k * step] ?? 0
        const s = sin[k * step] ?? 0
        for (let at = k; at < windowSamples; at += 2 * half) {
          const odd = at + half
          const turnedRe = (re[odd] ?? 0) * c - (im[odd] ?? 0) * s
          const turnedIm = (re[odd] ?? 0) * s + (im[odd] ?? 0) * c
          re[odd] = (re[at] ?? 0) - turnedRe
          im[odd] = (im[at] ?? 0) - turnedIm
          re[at] = (re[at] ?? 0) + turnedRe
          im[at] = (im[at] ?? 0) + turnedIm
        }
      }
    }
    for (let bin = 0; bin < bins; bin++) {
      const real = re[bin] ?? 0
      const imaginary = im[bin] ?? 0
      out[bin] = Math.sqrt(real * real + imaginary * imaginary)
    }
  }
}
