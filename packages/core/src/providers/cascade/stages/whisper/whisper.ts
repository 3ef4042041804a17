import { createEnginePool, type EnginePool } from '../../engine/engine-pool.ts'
import { engineModule } from '../../engine/engine-process.ts'
import type { InferenceBackend } from '../../engine/inference.ts'
import type { ModelStore } from '../../models/model-store.ts'
import { maxUtteranceSeconds, transcribePieces } from '../transcribe-pieces.ts'
import type { WarmSpeechToText } from '../warm.ts'
import type { WhisperEngineOptions, WhisperPart, WhisperRequest } from './whisper-engine.ts'

/** Sizes that can be had, with the attention heads of each. */
const sizes = { base: { heads: 8 }, small: { heads: 12 } } as const

/** Options of the Whisper recogniser. */
export interface WhisperSttOptions {
  readonly models: ModelStore
  readonly size?: keyof typeof sizes
  readonly inference?: InferenceBackend
  /** Child processes, 1 by default: each holds the whole model. */
  readonly processes?: number
  /** Mean log-probability under which a result counts as noise and its text is dropped; -1.5 by default. */
  readonly minConfidence?: number
}

/**
 * Multilingual recognition with Whisper, once its model was downloaded; until then `transcribe` rejects with
 * `model_not_downloaded`.
 */
export function whisperStt(options: WhisperSttOptions): WarmSpeechToText {
  const { models, size = 'base', processes = 1, minConfidence = -1.5 } = options
  const id = `whisper-${size}`
  let pool: EnginePool<WhisperRequest, WhisperPart> | undefined

  function enginePool(): EnginePool<WhisperRequest, WhisperPart> {
    if (pool !== undefined) return pool
    const engineOptions: WhisperEngineOptions = {
      encoder: models.file(id, 'encoder.onnx'),
      decoder: models.file(id, 'decoder.onnx'),
      vocabulary: models.file(id, 'vocab.json'),
      generationConfig: models.file(id, 'generation_config.json'),
      heads: sizes[size].heads,
      backend: options.inference ?? 'auto',
    }
    pool = createEnginePool({
      name: id,
      module: engineModule('whisper-engine', import.meta.url),
      options: engineOptions,
      size: processes,
    })
    return pool
  }

  return {
    name: id,
    languages: models.state(id).entry.languages,
    maxSeconds: maxUtteranceSeconds,
    async warm() {
      if (models.path(id) !== undefined) await enginePool().warm()
    },
    async transcribe(audio, transcribeOptions) {
      const { signal, speculative } = transcribeOptions
      const language = transcribeOptions.language?.split('-')[0]
      const engines = enginePool()
      return transcribePieces(audio, minConfidence, (samples) =>
        engines.ask({ samples, language }, { signal, speculative }),
      )
    },
    async [Symbol.asyncDispose]() {
      await pool?.[Symbol.asyncDispose]()
    },
  }
}
