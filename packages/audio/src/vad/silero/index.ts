export type { AsyncSpeechProbability, SpeechProbability } from '../speech-probability.ts'
export { createOnnxSilero, type OnnxRuntime, type OnnxTensor } from './onnx-silero.ts'
export { loadSilero, type SileroModel, type SileroOptions, type SileroStream } from './silero.ts'
export { createVoiceDetector, voiceDetectorLagMs, type VoiceDetectorOptions } from './voice-detector.ts'
