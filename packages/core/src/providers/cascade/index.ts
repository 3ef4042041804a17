export { cascade, type CascadeOptions } from './cascade.ts'
export type { Speculation } from './realtime-server.ts'
export type {
  FunctionTool,
  LanguageModel,
  LanguageModelPart,
  LanguageModelRequest,
  Pcm,
  SpeechProbabilityStream,
  SpeechToText,
  Stages,
  SynthesizeOptions,
  TextToSpeech,
  TranscribeOptions,
  Transcript,
  VoiceActivityDetector,
} from './stages.ts'
export {
  embeddedAnswerer,
  embeddedAnswererTitle,
  type EmbeddedAnswererOptions,
} from './stages/embedded-answerer/embedded-answerer.ts'
export { openaiChat, type OpenAIChatOptions } from './stages/openai-chat/openai-chat.ts'
export { listChatModels, type ListChatModelsOptions } from './stages/openai-chat/list-chat-models.ts'
export {
  openaiSpeechToText,
  type OpenAISpeechToTextOptions,
} from './stages/openai-speech-to-text/openai-speech-to-text.ts'
export {
  openaiTextToSpeech,
  type OpenAITextToSpeechOptions,
} from './stages/openai-text-to-speech/openai-text-to-speech.ts'
export {
  azureSpeechToText,
  type AzureSpeechToTextOptions,
} from './stages/azure-speech/azure-speech-to-text.ts'
export {
  azureTextToSpeech,
  type AzureTextToSpeech,
  type AzureTextToSpeechOptions,
} from './stages/azure-speech/azure-text-to-speech.ts'
export type { AzureSpeechOptions } from './stages/azure-speech/azure-speech-endpoint.ts'
export { sileroVad, type SileroVad } from './stages/silero/silero.ts'
export { moonshineStt, type MoonshineSttOptions } from './stages/moonshine/moonshine.ts'
export { whisperStt, type WhisperSttOptions } from './stages/whisper/whisper.ts'
export { fliteTts, type FliteTtsOptions } from './stages/flite/flite.ts'
export { picoTts, type PicoTtsOptions } from './stages/pico/pico.ts'
export { systemVoiceTts, type SystemVoiceTtsOptions } from './stages/system-voice/system-voice.ts'
export {
  speechToTextRouter,
  type SpeechToTextRoute,
  type SpeechToTextRouter,
} from './stages/speech-to-text-router.ts'
export { textToSpeechRouter, type TextToSpeechRouter } from './stages/text-to-speech-router.ts'
export type { WarmSpeechToText, WarmTextToSpeech } from './stages/warm.ts'
export {
  createModelStore,
  knownModels,
  type DownloadOptions,
  type ModelState,
  type ModelStore,
  type ModelStoreOptions,
} from './models/model-store.ts'
export type { ModelEntry } from './models/manifest.ts'
