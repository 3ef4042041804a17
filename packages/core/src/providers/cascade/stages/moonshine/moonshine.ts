import { createEnginePool } from '../../engine/engine-pool.ts'
import { engineModule } from '../../engine/engine-process.ts'
import type { InferenceBackend } from '../../engine/inference.ts'
import { packageFile } from '../../engine/package-file.ts'
import { maxUtteranceSeconds, transcribePieces } from '../transcribe-pieces.ts'
import type { WarmSpeechToText } from '../warm.ts'
import type { MoonshineEngineOptions, MoonshinePart, MoonshineRequest } from './moonshine-engine.ts'

/** Options of the Moonshine recogniser. */
export interface MoonshineSttOptions {
  readonly inference?: InferenceBackend
  /** Child processes, by default 2 or the number of cores if that is less. */
  readonly processes?: number
  /** Mean log-probability under which a result counts as noise and its text is dropped; -2 by default. */
  readonly minConfidence?: number
}

const packageName = '@moonshine-ai/moonshine-js'

/** Moonshine tiny, int8 (MIT), as published in `@moonshine-ai/moonshine-js` 0.1.29. */
const tinyModel = {
  encoder: {
    path: packageFile(packageName, 'dist/model/tiny/quantized/encoder_model.onnx'),
    sha256: 'c6fc4b7bc5af75c0591fd157a1f3829b533d18e9769a888fd95a62e470dd4f4a',
  },
  decoder: {
    path: packageFile(packageName, 'dist/model/tiny/quantized/decoder_model_merged.onnx'),
    sha256: 'eed87831c3a6103534aae7d47a5d485025c659a1323901513961c39fe8a1a367',
  },
  heads: 8,
  headSize: 36,
}

/** English recognition with Moonshine tiny, without any download. Audio over 25 s is cut at its quietest places. */
export function moonshineStt(options: MoonshineSttOptions = {}): WarmSpeechToText {
  const { minConfidence = -2 } = options
  const engineOptions: MoonshineEngineOptions = { ...tinyModel, backend: options.inference ?? 'auto' }
  const pool = createEnginePool<MoonshineRequest, MoonshinePart>({
    name: 'moonshine',
    module: engineModule('moonshine-engine', import.meta.url),
    options: engineOptions,
    ...(options.processes === undefined ? {} : { size: options.processes }),
  })
  return {
    name: 'moonshine-tiny',
    languages: ['en'],
    maxSeconds: maxUtteranceSeconds,
    warm: () => pool.warm(),
    transcribe: (audio, { signal, speculative }) =>
      transcribePieces(audio, minConfidence, async (samples) => {
        const part = await pool.ask({ samples }, { signal, speculative })
        return { ...part, language: 'en' }
      }),
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  }
}
