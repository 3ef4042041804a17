export { duet, type DuetBackend, type DuetOptions, type DuetVoice } from './duet.ts'
export type { VoiceSettings } from './voice-leg.ts'
export type { Pcm, SynthesizeOptions, TextToSpeech } from '../speech/text-to-speech.ts'
