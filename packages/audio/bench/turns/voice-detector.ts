import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { SpeechProbability } from '../../src/vad/speech-probability.ts'
import { createVoiceDetector, loadSilero } from '../../src/vad/silero/index.ts'

const weights = createRequire(import.meta.url).resolve('@ricky0123/vad-web/dist/silero_vad_v6.onnx')

/** Loads Silero; every call of what it returns begins a stream. */
export function loadVoiceDetector(): () => SpeechProbability {
  const model = loadSilero(readFileSync(weights))
  return () => createVoiceDetector(model)
}
