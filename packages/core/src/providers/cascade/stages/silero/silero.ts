import { createEnginePool } from '../../engine/engine-pool.ts'
import { engineModule } from '../../engine/engine-process.ts'
import type { InferenceBackend } from '../../engine/inference.ts'
import { packageFile } from '../../engine/package-file.ts'
import type { VoiceActivityDetector } from '../../stages.ts'
import { frameSamples, type SileroEngineOptions, type SileroRequest } from './silero-engine.ts'

/** Options of the Silero detector. */
export interface SileroVadOptions {
  readonly inference?: InferenceBackend
}

/** A Silero detector that can be started ahead of the first call. */
export interface SileroVad extends VoiceActivityDetector {
  /** Resolves when the model is loaded and has run once. */
  warm(): Promise<void>
}

/** Silero v6 weights (MIT) as published in `@ricky0123/vad-web` 0.0.31. */
const model = {
  path: packageFile('@ricky0123/vad-web', 'dist/silero_vad_v6.onnx'),
  sha256: '1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3',
}

/**
 * Silero v6 voice activity: all streams share one child process. If it crashes, streams go on with an empty past
 * and the frame in flight is asked again.
 */
export function sileroVad(options: SileroVadOptions = {}): SileroVad {
  const engineOptions: SileroEngineOptions = { model, backend: options.inference ?? 'auto' }
  const pool = createEnginePool<SileroRequest, number>({
    name: 'silero',
    module: engineModule('silero-engine', import.meta.url),
    options: engineOptions,
    size: 1,
    concurrency: Number.POSITIVE_INFINITY,
    requestTimeoutMs: 10_000,
  })
  let streams = 0
  return {
    name: 'silero',
    frameSamples,
    warm: () => pool.warm(),
    open() {
      streams += 1
      const stream = streams
      const closed = new AbortController()
      let reset = true
      return {
        push(frame) {
          const request = { stream, frame, reset }
          reset = false
          return pool.ask(request, { signal: closed.signal })
        },
        reset() {
          reset = true
        },
        async [Symbol.asyncDispose]() {
          closed.abort()
          const forget = { stream, frame: undefined, reset: false }
          // A dead engine has forgotten the stream already.
          await pool.ask(forget, { signal: new AbortController().signal }).catch(() => undefined)
        },
      }
    },
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  }
}
