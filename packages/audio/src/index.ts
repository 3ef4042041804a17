export { Base64Error, base64ToBytes, bytesToBase64 } from './base64.ts'
export { concatBytes, concatFloat32, concatInt16 } from './concat.ts'
export { cutAtQuiet } from './cut-at-quiet.ts'
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
export { createGrowingPeaks, type GrowingPeaks } from './growing-peaks.ts'
export { float32ToInt16, int16ToFloat32, int16ToPcm16, pcm16ToInt16 } from './int16.ts'
export {
  createLevelMeter,
  peakDbfs,
  rmsDbfs,
  silenceDbfs,
  type LevelMeter,
  type LevelMeterOptions,
} from './level.ts'
export { createPeakMeter, type PeakMeter, type PeakMeterOptions } from './level-peak.ts'
export {
  createLoudBands,
  createLoudWindows,
  meanSquareIn,
  reachesLevel,
  type Band,
  type LoudBands,
  type LoudnessOptions,
  type LoudWindows,
} from './loud-bands.ts'
export { mixDown, mixInto } from './mix.ts'
export { float32ToPcm16, pcm16ToFloat32 } from './pcm.ts'
export { createPcm16Decoder } from './pcm16-decoder.ts'
export { createPeaks, peaksOfBins, type Peaks, type PlacedSound } from './peaks.ts'
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
export { resample } from './resample.ts'
export { createResampler, type Resampler, type ResamplerOptions } from './resampler.ts'
export type { Profile } from './resampler/prototype.ts'
export type { SampleFormat, Samples, SamplesOf } from './resampler/sample-format.ts'
export { createSpectrogram, type SpectrogramOptions } from './spectrogram.ts'
export { createSpectrum, type Spectrum } from './spectrum.ts'
export { sampleToInt16 } from './sample-to-int16.ts'
export { transcodePieces, type SoundPiece } from './transcode-pieces.ts'
export { createTranscoder, type Transcoder } from './transcoder.ts'
export { createStartTrimmer, trimQuiet, trimQuietWindows, type QuietOptions } from './trim.ts'
export { createEnergyVad, type EnergyVadOptions } from './vad/energy.ts'
export {
  createSpeechGate,
  type SpeechGate,
  type SpeechGateEvent,
  type SpeechGateOptions,
  type SpeechGateSettings,
} from './vad/speech-gate.ts'
export type { SpeechProbability } from './vad/speech-probability.ts'
export { decodeWav, encodeWav, wavOfPcm16, type WavSound } from './wav.ts'
export { createWaveform } from './waveform.ts'
export type { Engine } from './wasm/shared-instance.ts'
