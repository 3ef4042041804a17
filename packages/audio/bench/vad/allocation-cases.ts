import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createVoiceDetector, loadSilero } from '../../src/vad/silero/index.ts'
import type { SpeechProbability } from '../../src/vad/speech-probability.ts'
import { noise } from '../../src/testing/index.ts'
import type { AllocationCases } from '../allocation.ts'

const weights = readFileSync(
  createRequire(import.meta.url).resolve('@ricky0123/vad-web/dist/silero_vad_v6.onnx'),
)

const seconds = 3

/**
 * A call takes one step of a quiet room for half of the time, in which a model is left out after a while, and then of noise
 * that swells and fades, at whose rise a detector looks ahead.
 */
function fed(stream: SpeechProbability): () => number {
  const { frameSamples, sampleRate } = stream
  const count = Math.floor((seconds * sampleRate) / frameSamples)
  const frames = Array.from({ length: count }, (_, i) => {
    const second = (i * seconds) / count
    const amplitude = second < seconds / 2 ? 0.0001 : 0.001 + 0.05 * (second % 0.5)
    return noise({ seed: i, length: frameSamples, amplitude })
  })
  const silence = new Float32Array(frameSamples)
  let turn = 0
  return () => stream.process(frames[turn++ % count] ?? silence)
}

/** Steps of Silero and of the voice detector, by both engines. */
export const cases: AllocationCases = Object.fromEntries(
  (['wasm', 'js'] as const).flatMap((engine) => {
    const model = loadSilero(weights, { engine })
    return [
      [`silero, ${engine}`, () => fed(model.open())],
      [`detector, ${engine}`, () => fed(createVoiceDetector(model))],
    ]
  }),
)
