export { brokenLaws, describeLaws, type Law } from './laws.ts'
export { arrivals, type Arrival, type LineOptions } from './line.ts'
export { fitTone, loudestLineDb, snrDb, thdPlusNoiseDb, type ToneFit } from './measure.ts'
export { processorLaws } from './processor-laws.ts'
export { measureResampler, type ResamplerQuality, type ResamplerUnderTest } from './resampler-quality.ts'
export {
  concatFloat32,
  noise,
  randomlyCut,
  seededRandom,
  tone,
  type NoiseOptions,
  type ToneOptions,
} from './signals.ts'
export { brownNoise, pinkNoise } from './signals-noise.ts'
export {
  convolved,
  impulses,
  logSweep,
  multiTone,
  roomResponse,
  type MultiToneOptions,
  type RoomOptions,
  type SweepOptions,
} from './signals-probe.ts'
export { babble, voice, type VoiceOptions } from './signals-voice.ts'
export { webAssemblyRuns } from './web-assembly.ts'
