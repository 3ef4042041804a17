export { Base64Error, base64ToBytes, bytesToBase64 } from './base64.ts'
export {
  byteLengthOf,
  bytesPerSample,
  durationMs,
  isSameFormat,
  sampleRateOf,
  type AudioFormat,
} from './format.ts'
export { createFramer } from './framer.ts'
export { aLaw, muLaw, type CompandingLaw } from './g711.ts'
export {
  createLevelMeter,
  peakDbfs,
  rmsDbfs,
  silenceDbfs,
  type LevelMeter,
  type LevelMeterOptions,
} from './level.ts'
export { createPeakMeter, type PeakMeter, type PeakMeterOptions } from './level-peak.ts'
export { float32ToPcm16, pcm16ToFloat32 } from './pcm.ts'
export {
  delayed,
  heardMs,
  nothingPlayed,
  playedTo,
  playoutEnd,
  withSound,
  type Playout,
} from './playout-clock.ts'
export type { Processor } from './processor.ts'
export { createResampler, type Resampler, type ResamplerOptions } from './resampler.ts'
export type { Profile } from './resampler/prototype.ts'
export type { SampleFormat, Samples, SamplesOf } from './resampler/sample-format.ts'
export { createSpectrum, type Spectrum } from './spectrum.ts'
export { sampleToInt16 } from './sample-to-int16.ts'
export { createTranscoder } from './transcoder.ts'
export { createEnergyVad, type EnergyVadOptions } from './vad/energy.ts'
export {
  createSpeechGate,
  type SpeechGate,
  type SpeechGateEvent,
  type SpeechGateOptions,
  type SpeechGateSettings,
} from './vad/speech-gate.ts'
export type { SpeechProbability } from './vad/speech-probability.ts'
export { decodeWav, encodeWav, type WavSound } from './wav.ts'
export type { Engine } from './wasm/shared-instance.ts'
