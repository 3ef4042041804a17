export type { InferenceBackend } from '../engine/inference.ts'
export type { ModelEntry, ModelFileEntry } from '../models/manifest.ts'
export {
  createModelStore,
  knownModels,
  type DownloadOptions,
  type ModelState,
  type ModelStore,
  type ModelStoreOptions,
} from '../models/model-store.ts'
export { fliteTts, type FliteTtsOptions } from './flite/flite.ts'
export { moonshineStt, type MoonshineSttOptions } from './moonshine/moonshine.ts'
export { picoTts, type PicoTtsOptions } from './pico/pico.ts'
export { sileroVad, type SileroVad, type SileroVadOptions } from './silero/silero.ts'
export {
  speechToTextRouter,
  type SpeechToTextRoute,
  type SpeechToTextRouter,
} from './speech-to-text-router.ts'
export { systemVoiceTts, type SystemVoiceTtsOptions } from './system-voice/system-voice.ts'
export { textToSpeechRouter, type TextToSpeechRouter } from './text-to-speech-router.ts'
export type { WarmSpeechToText, WarmTextToSpeech } from './warm.ts'
export { whisperStt, type WhisperSttOptions } from './whisper/whisper.ts'
