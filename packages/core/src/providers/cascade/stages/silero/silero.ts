import { createVoiceDetector, loadSilero, type SileroModel } from '@parley/audio/silero'

import { RealtimeError } from '../../../../errors.ts'
import { readModelFile } from '../../engine/model-file.ts'
import { packageFile } from '../../engine/package-file.ts'
import type { VoiceActivityDetector } from '../../stages.ts'

/** A Silero detector that can be started ahead of the first call. */
export interface SileroVad extends VoiceActivityDetector {
  /** Resolves when the model is loaded. */
  warm(): Promise<void>
}

/** Silero v6 weights (MIT) as published in `@ricky0123/vad-web` 0.0.31. */
const weights = {
  path: packageFile('@ricky0123/vad-web', 'dist/silero_vad_v6.onnx'),
  sha256: '1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3',
}

/** 8 ms at 16 kHz. */
const frameSamples = 128

/**
 * Silero v6 voice activity in this process: a frame of 32 ms costs some 25 us, less than a message to another process.
 * All streams share the weights.
 */
export function sileroVad(): SileroVad {
  let loaded: Promise<SileroModel> | undefined

  /** A failure is not kept: the next call tries again. */
  function load(): Promise<SileroModel> {
    const loading = (loaded ??= loadModel())
    loading.catch(() => {
      if (loaded === loading) loaded = undefined
    })
    return loading
  }

  return {
    name: 'silero',
    frameSamples,
    async warm() {
      await load()
    },
    open() {
      const detector = load().then((model) => createVoiceDetector(model))
      // Told to whoever pushes a frame.
      detector.catch(() => undefined)
      return {
        async push(frame) {
          return (await detector).process(frame)
        },
        reset() {
          // In order with the frames; a detector that failed has nothing to forget.
          void detector.then((opened) => opened.reset()).catch(() => undefined)
        },
        async [Symbol.asyncDispose]() {},
      }
    },
    async [Symbol.asyncDispose]() {},
  }
}

async function loadModel(): Promise<SileroModel> {
  try {
    return loadSilero(await readModelFile(weights))
  } catch (cause) {
    throw new RealtimeError('engine_failed', 'The voice activity model could not be loaded.', { cause })
  }
}
