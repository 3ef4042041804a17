import { readOnnxTensors, type FloatTensor } from './onnx-tensors.ts'

/** Weights of the 16 kHz network of Silero v5 and v6, in the order of the file. */
export interface SileroWeights {
  /** 256 factors. */
  readonly window: Float32Array
  /** Weights are [outputs][inputs][taps]. */
  readonly first: Layer
  readonly second: Layer
  readonly third: Layer
  readonly fourth: Layer
  /** [512][128], gates in the order input, forget, cell, output. */
  readonly inputWeights: Float32Array
  readonly hiddenWeights: Float32Array
  /** Sum of both biases. */
  readonly gateBias: Float32Array
  readonly output: Layer
}

/** A layer's weights and one bias an output. */
export interface Layer {
  readonly weights: Float32Array
  readonly bias: Float32Array
}

/** Samples of one spectrum. */
export const windowSamples = 256

/**
 * Finds the weights by name and checks their shapes. Throws `RangeError` when the file holds no Silero v5 or v6, or one
 * whose transform is not a windowed Fourier transform.
 */
export function readSileroWeights(file: Uint8Array): SileroWeights {
  const tensors = readOnnxTensors(file)
  const prefix = prefixOf(tensors)
  const take = (name: string, shape: readonly number[]): Float32Array => {
    const tensor = tensors.get(prefix + name)
    const length = shape.reduce((product, size) => product * size, 1)
    if (!tensor) throw notSilero(`${prefix + name} is missing`)
    if (tensor.shape.join() !== shape.join() || tensor.values.length !== length) {
      throw notSilero(`${name} has ${tensor.shape.join(' x ')} values instead of ${shape.join(' x ')}`)
    }
    return tensor.values
  }
  const layer = (name: string, shape: readonly [number, number, number]): Layer => ({
    weights: take(`${name}.weight`, shape),
    bias: take(`${name}.bias`, [shape[0]]),
  })
  const hiddenBias = take('decoder.rnn.bias_hh', [512])
  return {
    window: windowOf(take('stft.forward_basis_buffer', [258, 1, windowSamples])),
    first: layer('encoder.0.reparam_conv', [128, 129, 3]),
    second: layer('encoder.1.reparam_conv', [64, 128, 3]),
    third: layer('encoder.2.reparam_conv', [64, 64, 3]),
    fourth: layer('encoder.3.reparam_conv', [128, 64, 3]),
    inputWeights: take('decoder.rnn.weight_ih', [512, 128]),
    hiddenWeights: take('decoder.rnn.weight_hh', [512, 128]),
    gateBias: take('decoder.rnn.bias_ih', [512]).map((bias, i) => bias + (hiddenBias[i] ?? NaN)),
    output: layer('decoder.decoder.2', [1, 128, 1]),
  }
}

/** Names stand behind a prefix of their branch: the file holds a network for 8 kHz too, with the same names. */
function prefixOf(tensors: ReadonlyMap<string, FloatTensor>): string {
  const name = 'encoder.0.reparam_conv.weight'
  for (const [key, { shape }] of tensors) {
    // 129 bins: those of 16 kHz.
    if (key.endsWith(name) && shape[1] === 129) return key.slice(0, -name.length)
  }
  throw notSilero(`it has no ${name} for 16 kHz, of the shape 128 x 129 x 3`)
}

/** The cosine of frequency 0 is the window; the other rows must follow from it. */
function windowOf(basis: Float32Array): Float32Array {
  const window = basis.slice(0, windowSamples)
  for (let row = 0; row < 258; row++) {
    const bin = row % 129
    for (let i = 0; i < windowSamples; i++) {
      const angle = (2 * Math.PI * ((bin * i) % windowSamples)) / windowSamples
      // The sign of the sines is of no matter for magnitudes.
      const expected = (window[i] ?? NaN) * (row < 129 ? Math.cos(angle) : Math.sin(angle))
      const actual = basis[row * windowSamples + i] ?? NaN
      const difference =
        row < 129 ? Math.abs(actual - expected) : Math.abs(Math.abs(actual) - Math.abs(expected))
      if (!(difference < 1e-5))
        throw notSilero('its stft.forward_basis_buffer is no windowed Fourier transform')
    }
  }
  return window
}

function notSilero(reason: string): RangeError {
  return new RangeError(`The file is not Silero VAD v5 or v6: ${reason}.`)
}
