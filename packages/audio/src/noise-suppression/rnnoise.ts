// oxlint-disable-next-line typescript/triple-slash-reference -- packages that import these sources need the declaration too
/// <reference path="./rnnoise-wasm.d.ts" />
import loadModule from '@echogarden/rnnoise-wasm'
import { createFramer } from '../framer.ts'
import { createResampler } from '../resampler.ts'
import type { NoiseSuppressor } from './noise-suppressor.ts'

type RnnoiseModule = Awaited<ReturnType<typeof loadModule>>

/** Options of RNNoise. */
export interface RnnoiseOptions {
  /** Rate in Hz of the stream; other rates than 48000 are resampled to it and back. */
  readonly sampleRate: number
  /** The bytes of `rnnoise.wasm`, where the file beside the library cannot be read; taken at the first call alone. */
  readonly wasm?: Uint8Array
}

const modelRate = 48_000
const frameSamples = 480
/** The network works on samples of 16 bits. */
const scale = 32_768

let loading: Promise<RnnoiseModule> | undefined

/** The library; where it could not be loaded, the next call tries again. */
async function load(wasm: Uint8Array | undefined): Promise<RnnoiseModule> {
  loading ??= loadModule(wasm ? { wasmBinary: wasm } : {})
  try {
    return await loading
  } catch (error) {
    loading = undefined
    throw error
  }
}

/**
 * RNNoise (Valin 2018; BSD-3-Clause, 126 KB of WebAssembly, 104 KB over the wire) in `@echogarden/rnnoise-wasm`. The
 * library is loaded once; each suppressor has a state of its own and gives it back when disposed.
 */
export async function createRnnoise(options: RnnoiseOptions): Promise<NoiseSuppressor> {
  const { sampleRate, wasm } = options
  const input = createResampler({ from: sampleRate, to: modelRate })
  const output = createResampler({ from: modelRate, to: sampleRate })
  const module = await load(wasm)
  const framer = createFramer(frameSamples)
  const buffer = module._malloc(4 * frameSamples)
  let state = module._rnnoise_create(0)
  let probability = 0
  let taken = 0
  let given = 0
  /** Samples of the network's delay that are still to be left out: it answers a frame with the one before. */
  let early = frameSamples
  let isDisposed = false

  function refuseDisposed(): void {
    if (isDisposed) throw new ReferenceError('The noise suppressor is disposed.')
  }

  function suppress(frame: Float32Array): Float32Array {
    // The memory is another one after it grew.
    const memory = module.HEAPF32
    const at = buffer / 4
    for (let i = 0; i < frameSamples; i++) memory[at + i] = scale * (frame[i] ?? 0)
    probability = module._rnnoise_process_frame(state, buffer, buffer)
    const result = module.HEAPF32.slice(at, at + frameSamples)
    for (let i = 0; i < frameSamples; i++) result[i] = (result[i] ?? 0) / scale
    const late = result.subarray(Math.min(early, frameSamples))
    early -= frameSamples - late.length
    return late
  }

  function run(frames: readonly Float32Array[]): readonly Float32Array[] {
    return frames.flatMap((frame) => output.process(suppress(frame)))
  }

  /** As many of the samples as the stream still has. */
  function upTo(total: number, chunks: readonly Float32Array[]): readonly Float32Array[] {
    return chunks.flatMap((chunk) => {
      const kept = chunk.subarray(0, Math.max(0, total - given))
      given += kept.length
      return kept.length === 0 ? [] : [kept]
    })
  }

  function reset(): void {
    refuseDisposed()
    module._rnnoise_destroy(state)
    state = module._rnnoise_create(0)
    input.reset()
    output.reset()
    framer.reset()
    probability = 0
    taken = 0
    given = 0
    early = frameSamples
  }

  return {
    sampleRate,
    delayMs: input.delayMs + output.delayMs + (2 * frameSamples * 1000) / modelRate,
    get speechProbability() {
      return probability
    },
    process(chunk) {
      refuseDisposed()
      taken += chunk.length
      const clean = chunk.map((sample) => (Number.isFinite(sample) ? Math.max(-8, Math.min(8, sample)) : 0))
      return upTo(
        taken,
        input.process(clean).flatMap((part) => run(framer.process(part))),
      )
    },
    flush() {
      refuseDisposed()
      const frames = taken === 0 ? [] : input.flush().flatMap((part) => framer.process(part))
      const last = taken === 0 ? [] : [...framer.flush(), new Float32Array(frameSamples)]
      const rest = upTo(taken, [...run([...frames, ...last]), ...output.flush()])
      reset()
      return rest
    },
    reset,
    [Symbol.dispose]() {
      if (isDisposed) return
      isDisposed = true
      module._rnnoise_destroy(state)
      module._free(buffer)
    },
  }
}
